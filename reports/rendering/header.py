"""What the two boxes of 별지 제2호서식 print; every rendering asks here, so that none disagrees."""

from notation import dates

MOST_SIGNERS = 6  # the sheet has a width for each number up to here
BOX_WIDTH = 107  # of the right box at most, in mm
# Size of the letters in tenths of a point → what a cell needs beside them, in mm.
LETTERS = {95: 3.2, 88: 3.2, 80: 1.4, 72: 1.4}
MM_PER_LETTER = 0.94 * 0.03528  # an em of NanumGothic, per tenth of a point


def header_values(header):
    """The four label and value pairs of the left box."""
    approved_on = dates.long_date(header.approved_on) if header.approved_on else ""
    values = (header.number, approved_on, header.disclosure, header.policy_number)
    return list(zip(header.labels[:4], values, strict=True))


def header_view(header):
    """Both boxes, for the template."""
    signers = len(header.approvals)
    return {
        "facts": header_values(header),
        "blank_column": header.blank_column,
        "cells": approval_cells(header.approvals),
        "signers": min(max(signers, 1), MOST_SIGNERS),
        "letters": letters_that_fit(approval_cells(header.approvals)),
        "concurrence_label": header.labels[4],
        "concurrence_span": max(signers - (0 if header.blank_column else 1), 1),
        "concurrences": concurrences(header.concurrences),
    }


def approval_cells(approvals):
    """Position above; the date over the last name; 전결 and 대결 as they are printed."""
    last = max((number for number, cell in enumerate(approvals) if cell.signed_on), default=None)
    delegated = any(cell.mode == "전결" for cell in approvals)
    return [
        _approval_cell(cell, dated=number == last, delegated=delegated)
        for number, cell in enumerate(approvals)
    ]


def _approval_cell(cell, *, dated, delegated):
    """A deputy's name follows 代; in a matter of 전결 the cell says 대결 as well."""
    shown = {"전결": "전결", "대결": "대결" if delegated else ""}.get(cell.mode, "")
    above = [shown, dates.month_day(cell.signed_on) if dated else ""]
    acting = " 직무대리" if cell.mode == "직무대리" and "직무대리" not in cell.position else ""
    return {
        "position": f"{cell.mark}{cell.position}{acting}",
        "above": " ".join(filter(None, above)),
        "name": f"代 {cell.name}" if cell.mode == "대결" and cell.name else cell.name,
    }


def concurrences(cells):
    """감사담당관 정하늘, 재무과장 조바다"""
    printed = (_approval_cell(cell, dated=False, delegated=False) for cell in cells)
    return ", ".join(f"{cell['position']} {cell['name']}".strip() for cell in printed)


def letters_that_fit(cells):
    """The largest letters in which no position has to be broken, down to the smallest that can be read."""
    longest = [max(map(len, f"{cell['position']} {cell['name']}".split()), default=0) for cell in cells]
    for size, padding in LETTERS.items():
        labels = 2 * size * MM_PER_LETTER + padding
        needed = labels + sum(length * size * MM_PER_LETTER + padding for length in longest)
        if needed <= BOX_WIDTH:
            return size
    return min(LETTERS)
