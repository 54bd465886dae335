"""Which stretches of a tree are hidden from the public: marks (a quote and a clause) laid on its nodes. Pure.

A mark without a quote hides the whole node. A quote hides each of its occurrences in the line and the cells,
and a photograph whose words hold it; what is hidden already keeps its clause.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reports.checking import MAIL, PHONE, RESIDENT
from reports.tree import Cell, Node, Run, Table, walk

ACCOUNT = re.compile(r"(?<![\d-])\d{2,6}-\d{2,6}-\d{4,8}(?![\d-])")
BUSINESS = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{5}(?![\d-])")
SUGGESTED = (("주민등록번호", RESIDENT, "6"), ("휴대전화 번호", PHONE, "6"), ("전자우편 주소", MAIL, "6"),
             ("사업자등록번호", BUSINESS, "7"), ("계좌번호", ACCOUNT, "7"))  # fmt: skip

Pattern = tuple[str, re.Pattern[str], str]  # why, what, clause


@dataclass(frozen=True)
class Mark:
    quote: str
    clause: str


@dataclass(frozen=True)
class Suggestion:
    """A stretch that looks as if the law hides it; a person decides."""

    node: str
    quote: str
    clause: str
    why: str


def hidden(node: Node, marks: Sequence[Mark]) -> Node:
    """The node with the clause on every stretch that a mark names; its children are left as they are."""
    for mark in marks:
        node = replace(
            node,
            runs=_runs(node.runs, mark),
            table=_table(node.table, mark) if node.table else None,
            photo=replace(node.photo, clause=mark.clause)
            if node.photo and _names(node, mark)
            else node.photo,
        )
    return node


def occurs(node: Node, quote: str) -> bool:
    """Whether a mark with this quote hides anything here."""
    return hidden(node, [Mark(quote, "6")]) != node


def suggestions(nodes: Iterable[Node], names: Iterable[str] = ()) -> list[Suggestion]:
    """Numbers, addresses and known names of private persons that no mark hides yet, each once a node."""
    patterns = [*SUGGESTED, *(("이름", re.compile(re.escape(name)), "6") for name in names if name)]
    texts = ((node, text) for _, node in walk(nodes) for text in _open_texts(node))
    found = [each for node, text in texts for each in _suggested(node, text, patterns)]
    return list({(each.node, each.quote): each for each in found}.values())


def _suggested(node: Node, text: str, patterns: Iterable[Pattern]) -> Iterator[Suggestion]:
    """Of stretches that lie in each other the one that the earlier pattern found."""
    taken: list[str] = []
    for why, pattern, clause in patterns:
        for match in pattern.finditer(text):
            if not any(match[0] in other for other in taken):
                taken.append(match[0])
                yield Suggestion(node.id, match[0], clause, why)


def _names(node: Node, mark: Mark) -> bool:
    return not mark.quote or mark.quote in (node.photo.caption + node.photo.alt if node.photo else "")


def _runs(runs: tuple[Run, ...], mark: Mark) -> tuple[Run, ...]:
    return tuple(piece for run in runs for piece in _pieces(run, mark))


def _pieces(run: Run, mark: Mark) -> list[Run]:
    if run.clause or not run.text:
        return [run]
    if not mark.quote:
        return [Run(run.text, mark.clause)]
    pieces: list[Run] = []
    for number, text in enumerate(run.text.split(mark.quote)):
        if number:
            pieces.append(Run(mark.quote, mark.clause))
        if text:
            pieces.append(Run(text))
    return pieces


def _table(table: Table, mark: Mark) -> Table:
    head, rows = (
        tuple(tuple(_cell(cell, mark) for cell in row) for row in part) for part in (table.head, table.rows)
    )
    return replace(table, head=head, rows=rows)


def _cell(cell: Cell, mark: Mark) -> Cell:
    return replace(cell, runs=_runs(cell.runs, mark))


def _open_texts(node: Node) -> list[str]:
    rows = (*node.table.head, *node.table.rows) if node.table else ()
    found = [node.runs, *(cell.runs for row in rows for cell in row)]
    return ["\x00".join(run.text for run in runs if not run.clause) for runs in found]
