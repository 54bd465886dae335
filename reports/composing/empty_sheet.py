"""The sheet to be taken along on paper: boxes to tick, room to write, and what was found the time before."""

from itertools import groupby

from inspections import answer_texts
from inspections.answer_rules import ANSWER_FIELD, Type, options_of, rows_of
from notation.figures import figure
from reports.composing.results import NOT_APPLICABLE
from reports.composing.sheet import cell, facts, question
from reports.tree import Node, Paper, Run, Table

WIDTHS = (8, 32, 20, 24, 16)
HEAD = ("코드", "점검항목", "답", "의견", "지난 결과")
BOX, ROOM = "□", "________"
SIGNED = ("점검자", "확인자(수탁기관)")
SIGNATURE = ("구분", "직위", "성명", "서명", "일시")


def paper(inspection, groups):
    """Of the filled groups of a sheet (sheets.fill), whatever has been answered so far."""
    body = [
        Node(f"area-{area}", "heading", 1, (Run(area),), tuple(_nodes(list(found))))
        for area, found in groupby(groups, key=lambda group: group.indicator.area)
    ]
    title = f"{inspection} 점검표"
    return Paper(title=title, form="empty", facts=tuple(facts(inspection)), body=(*body, _signatures()))


def _nodes(groups):
    for group in groups:
        yield _indicator(group)
        for line in group.lines:
            if line.item.answer_type == Type.TABLE:
                yield _grid(line)


def _indicator(group):
    rows = tuple(_line(line) for line in group.lines)
    table = Table(caption=str(group.indicator), widths=WIDTHS, head=(_head(HEAD),), rows=rows)
    return Node(f"indicator-{group.indicator.pk}", "table", table=table)


def _line(line):
    asked = question(line.item)
    if line.item.guidance:
        asked += f" ※ {line.item.guidance}"
    return (
        cell(line.item.code, align="center"),
        cell(f"[{line.site}] {asked}" if line.site else asked),
        cell(boxes(line.item)),
        cell(""),
        cell(_before(line)),
    )


def boxes(item):
    """What is to be ticked or written in: □적정 □부적정 □해당사항 없음. No box is parted from its word."""
    return " ".join([*_answer(item), f"{BOX}{NOT_APPLICABLE}"])


def _answer(item):
    field = ANSWER_FIELD[item.answer_type]
    if field == "choice":
        return [f"{BOX}{name}" for name, _ in options_of(item)]
    if item.answer_type == Type.SCORE:
        return [f"{ROOM} / {figure(item.max_score)}점"]
    if field == "number":
        return [f"{ROOM} {'원' if item.answer_type == Type.MONEY else item.unit}".strip()]
    if field == "dated_on":
        return ["______. ____. ____."]
    if item.answer_type == Type.TABLE:
        return ["아래 표에 표시"]
    if field == "cells":
        return [" / ".join(f"{part}: {_ticks(item)}" for part in item.parts) + " /"]
    return ["의견 칸에 적음"]


def _ticks(item):
    return " ".join(f"{BOX}{name}" for name, _ in options_of(item))


def _grid(line):
    """The table of an item, with its boxes, below the indicator."""
    head = _head(["구분", *line.item.parts])
    rows = tuple(
        (cell(row, head=True), *(cell(_ticks(line.item)) for _ in line.item.parts))
        for row in rows_of(line.item)
    )
    return Node(
        f"grid-{line.key}",
        "table",
        table=Table(caption=f"{line.code} {line.item.text}", head=(head,), rows=rows),
    )


def _before(line):
    """Last year's answer, its opinion, and what was written of it in the results."""
    told = []
    if line.last:
        told += [answer_texts.answer_text(line.last), line.last.opinion]
    told += [f"{finding.get_kind_display() or '결과'}: {finding.text}" for finding in line.last_findings]
    told += [f"반복 {repeat.count}회({repeat.name})" for repeat in line.repeats]
    return " · ".join(filter(None, told)) or "-"


def _signatures():
    rows = tuple((cell(who, head=True), *(cell("") for _ in SIGNATURE[1:])) for who in SIGNED)
    table = Table(caption="서명", widths=(22, 18, 20, 20, 20), head=(_head(SIGNATURE),), rows=rows)
    return Node("signatures", "table", table=table)


def _head(texts):
    return tuple(cell(text, head=True, align="center") for text in texts)
