"""The public edition of a tree: a label stands for what the law hides before anything is rendered. Pure.

A hidden stretch becomes `[비공개: 정보공개법 제9조제1항제6호]`. Neighbours of one clause become one label,
for their number would tell something. A table with a hidden cell loses widths and bars: both were measured
from the hidden text. A hidden photograph becomes a line with the label, a hidden attachment one in its list.
"""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from itertools import count
from typing import Any

from reports.tree import Attachment, Cell, Node, Paper, Run, Table, changed, with_cells

LAW = "정보공개법 제9조제1항"


def label(clause: str) -> str:
    """What stands in place of a text hidden by this clause (1–8, several with commas)."""
    numbers = ", ".join(f"제{number.strip()}호" for number in clause.split(","))
    return f"[비공개: {LAW}{numbers}]"


def public(paper: Paper) -> Paper:
    """The same paper without what is hidden, and without a trace of its length."""
    paper = _masked(replace(paper, hidden=()), mask(paper.hidden))
    return replace(
        paper,
        lead=_runs(paper.lead),
        body=changed(paper.body, _node),
        attachments=tuple(_attachment(each) for each in paper.attachments),
    )


def mask(hidden: tuple[Run, ...]) -> Callable[[str], str]:
    """A function that puts the label of its clause in place of every hidden word of a text."""
    if not hidden:
        return lambda text: text
    clauses = {run.text: run.clause for run in reversed(hidden)}
    words = sorted(clauses, key=len, reverse=True)  # the longer one first: 김가나 팀장 before 김가나
    pattern = re.compile("|".join(map(re.escape, words)))
    return lambda text: pattern.sub(lambda match: label(clauses[match[0]]), text)


def anchored(paper: Paper) -> Paper:
    """The paper with nodes numbered in reading order: the keys of our rows say nothing to a reader."""
    numbers = count(1)
    return replace(paper, body=changed(paper.body, lambda node: replace(node, id=f"n{next(numbers)}")))


def is_touched(paper: Paper) -> bool:
    """Whether anything in it is hidden."""
    return public(paper) != paper


def _node(node: Node) -> Node:
    if node.photo is not None and node.photo.clause:
        return Node(node.id, "text", node.level, (Run(label(node.photo.clause)),))
    return replace(node, runs=_runs(node.runs), table=_table(node.table) if node.table else None)


def _table(table: Table) -> Table:
    if table.clause:
        table = replace(table, caption=label(table.clause), unit="", clause="")
    if not any(run.clause for cell in table.cells for run in cell.runs):
        return table
    return replace(with_cells(table, _cell), widths=())


def _cell(cell: Cell) -> Cell:
    return replace(cell, runs=_runs(cell.runs), bar=0)


def _runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    shown: list[Run] = []
    hidden = ""  # the clause of the label that stands last, if one does
    for run in runs:
        if not run.clause:
            shown.append(run)
            hidden = ""
        elif run.clause != hidden:
            shown.append(Run(label(run.clause)))
            hidden = run.clause
    return tuple(shown)


def _attachment(each: Attachment) -> Attachment:
    return Attachment(label(each.clause)) if each.clause else each


# What is not text for a reader: names of kinds and forms, hashes, keys.
UNREAD = {
    "id", "kind", "form", "template", "mark_style", "language", "align", "seal", "mode", "mark", "sha256",
    "clause",
}  # fmt: skip


def _masked(value: Any, hide: Callable[[str], str]) -> Any:
    """Every text of a part of the tree through `hide`; a run that has a clause becomes a label anyway."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, tuple):
        return tuple(_masked(each, hide) for each in value)
    if not is_dataclass(value) or (isinstance(value, Run) and value.clause):
        return value
    read = [each.name for each in fields(value) if each.name not in UNREAD]
    return replace(value, **{name: _masked(getattr(value, name), hide) for name in read})  # type: ignore[type-var]
