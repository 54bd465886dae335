"""What somebody pasted or composing counted, as a table of the tree. Pure; no query is made here.

A payload is {"caption", "unit", "rows"} of plain texts, the head first, and what was asked for beside them:

heads   how many rows are head (1–3). Blank cells of a head belong to the cell at their left or above, as a
        spreadsheet leaves them when its cells were merged
merge   a blank cell of the first column belongs to the one above
total   a last row 계, summed: figures, and counts with their share, 12(34.5%)
dash    a zero is printed as -
widths  of the columns, in any measure; else each is as wide as its texts want it
"""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from reports.tree import Cell, Run, Table

FIGURE = re.compile(r"^[△+-]?[\d,]+(\.\d+)?%?$")
NUMBER = re.compile(r"^(△|-)?([\d,]+(?:\.\d+)?)$")
SHARED = re.compile(r"^([\d,]+)\s*\((\d+(?:\.\d+)?)%\)$")
ZERO = re.compile(r"^0(\.0+)?(\s*\(0(\.0+)?%\))?$")
DATE = re.compile(r"\d+\. \d+\. \d+\.")
SHORT = 6  # letters of a cell that may stand in the middle
# In halves of a Korean letter: a column, what stands beside its text, a whole line.
NARROWEST, WIDEST, PADDING, LINE = 6, 40, 3, 88
COUNTERS = {"연번", "순번", "번호"}  # a column of mere counting stands in the middle
TOTAL = "계"
TOTALS = {"계", "합계", "총계", "소계", "합 계", "총 계"}  # what a row or a column that sums is called
MOST_HEADS = 3


def table_of(payload):
    rows = [list(row) for row in zip(*zip_longest(*(payload["rows"] or [[""]]), fillvalue=""), strict=True)]
    heads = min(payload.get("heads", 1), len(rows) - 1 or 1)
    head, body = rows[:heads], rows[heads:]
    if payload.get("total"):
        body = [*body, total_of(body)]
    if payload.get("dash"):
        body = [["-" if ZERO.match(text) else text for text in row] for row in body]
    columns = [list(column) for column in zip(*head, *body, strict=True)]
    counted = bool(payload.get("unit"))
    aligns = [_align(column[heads - 1], *column[heads:], counted=counted) for column in columns]
    return Table(
        caption=payload.get("caption", ""),
        unit=_unit(payload.get("unit", "")),
        widths=tuple(payload.get("widths", ())) or _widths(columns),
        head=tuple(_head_row(cells) for cells in _merged(head)),
        rows=tuple(_rows(body, aligns, merge=payload.get("merge", False))),
    )


def total_of(body):
    """The row 계: the sum of each column that holds nothing but figures; else blank."""
    columns = list(zip(*body, strict=True))
    return [TOTAL, *(_sum(column) for column in columns[1:])]


def _sum(texts):
    said = [text for text in texts if text not in ("", "-")]
    if said and all(SHARED.match(text) for text in said):
        counts = [int(SHARED.match(text)[1].replace(",", "")) for text in said]
        return f"{sum(counts):,}(100.0%)"
    if not said or not all(NUMBER.match(text) for text in said):
        return ""
    value = sum(map(_number, said))
    return f"{'△' if value < 0 else ''}{abs(value):,}" if value else "-"


def _number(text):
    sign, digits = NUMBER.match(text).groups()
    return Decimal(digits.replace(",", "")) * (-1 if sign else 1)


def _head_row(cells):
    return tuple(
        Cell((Run(text),), head=True, align="center", colspan=width, rowspan=height)
        for text, width, height in cells
    )


def _merged(head):
    """Each head row as [(text, colspan, rowspan)], the cells that were merged left out."""
    taken, rows = set(), []
    for y, texts in enumerate(head):
        row = []
        for x, text in enumerate(texts):
            if (y, x) in taken:
                continue
            width = _reach_right(head, y, x, taken) if text else 1
            height = _reach_down(head, y, x, width) if text else 1
            taken |= {(y + down, x + right) for down in range(height) for right in range(width)}
            row.append((text, width, height))
        rows.append(row)
    return rows


def _reach_right(head, y, x, taken):
    width = 1
    if y < len(head) - 1:  # a blank in the last row stands above a column of its own
        while x + width < len(head[y]) and not head[y][x + width] and (y, x + width) not in taken:
            width += 1
    return width


def _reach_down(head, y, x, width):
    height = 1
    while y + height < len(head) and not any(head[y + height][x : x + width]):
        height += 1
    return height


def _rows(body, aligns, *, merge):
    """The cells of the body; with `merge`, those of the first column reach down over the blanks below."""
    for y, row in enumerate(body):
        cells = [_cell(text, align) for text, align in zip(row, aligns, strict=True)]
        if not merge:
            yield tuple(cells)
            continue
        height = _blanks_below(body, y) + 1
        first = replace(cells[0], rowspan=height, head=True, align="left")
        yield (first, *cells[1:]) if row[0] or y == 0 else tuple(cells[1:])


def _cell(text, align):
    return Cell((Run(text),) if text else (), align=align)


def _blanks_below(body, y):
    count = 0
    while y + count + 1 < len(body) and not body[y + count + 1][0]:
        count += 1
    return count


def _unit(text):
    """(단위: 건), as it stands above a table; what was typed in full stays."""
    return text if not text or "단위" in text else f"(단위: {text})"


def _align(head, *texts, counted=False):
    """A column of figures stands at the right with the - of its zeros, one of short words in the middle.

    In a table that counts something, with a unit, a column of zeros alone is one of figures.
    """
    if head in COUNTERS:
        return "center"
    said = [text for text in texts if text not in ("", "-")]
    is_figures = all(FIGURE.match(text) or SHARED.match(text) for text in said)
    if is_figures and (said or (counted and "-" in texts)):
        return "right"
    return "left" if any(len(text) > SHORT for text in said) else "center"


def _widths(columns):
    """As wide as the longest text of each wants it; where not all fit, no word or date is broken."""
    wanted = [min(max(map(_halves, column)), WIDEST) for column in columns]
    wanted = [max(width, NARROWEST) + PADDING for width in wanted]
    excess = sum(wanted) - LINE
    if excess <= 0:
        return tuple(wanted)
    least = [
        min(max(_halves(word) for text in column for word in _words(text)), WIDEST) + PADDING
        for column in columns
    ]
    spare = [max(width - need, 0) for width, need in zip(wanted, least, strict=True)]
    given_up = min(excess / sum(spare), 1) if any(spare) else 0
    return tuple(round(width - over * given_up) for width, over in zip(wanted, spare, strict=True))


def _words(text):
    """What should not be broken: words, and a date as a whole."""
    return DATE.sub(lambda date: date[0].replace(" ", "_"), text).split() or [""]


def _halves(text):
    """The width of a text in halves of a Korean letter."""
    return sum(1 if letter.isascii() else 2 for letter in text)
