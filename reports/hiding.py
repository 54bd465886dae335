"""Which stretches of a tree are hidden from the public: marks (a quote and a clause) laid on its nodes. Pure.

A mark without a quote hides the whole node. A quote hides each of its occurrences in the line and the cells,
a caption and a photograph whose words hold it; what is hidden already keeps its clause. A mark of the whole
paper does so in every node, and goes with the paper to hide the words in its title and letterhead, too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from reports.tree import Node, Paper, Photo, Run, Table, changed, walk, with_cells


@dataclass(frozen=True)
class Mark:
    quote: str
    clause: str


def hidden(node: Node, marks: Sequence[Mark]) -> Node:
    """The node with the clause on every stretch that a mark names; its children are left as they are."""
    for mark in _longest_first(marks):
        node = replace(
            node,
            runs=_runs(node.runs, mark),
            table=_table(node.table, mark) if node.table else None,
            photo=_photo(node.photo, mark) if node.photo else None,
        )
    return node


def stands_in(papers: Iterable[Paper], quote: str) -> bool:
    """Whether any text of these papers, or of their letterheads, holds the quote."""
    return any(quote in text for paper in papers for text in _texts(paper))


def hidden_everywhere(paper: Paper, marks: Sequence[Mark]) -> Paper:
    """The paper with these quotes hidden wherever they stand."""
    if not marks:
        return paper
    lead = paper.lead
    for mark in _longest_first(marks):
        lead = _runs(lead, mark)
    known = tuple(Run(mark.quote, mark.clause) for mark in marks)
    body = changed(paper.body, lambda node: _hidden_in_text(node, marks))
    return replace(paper, lead=lead, body=body, hidden=paper.hidden + known)


def laid(paper: Paper, marks: Mapping[str | None, Sequence[Mark]]) -> Paper:
    """Marks by the id of their node, of the whole paper under None. Laid on twice they change nothing."""
    held = {(run.text, run.clause) for run in paper.hidden}
    new = [mark for mark in marks.get(None, ()) if (mark.quote, mark.clause) not in held]
    body = changed(paper.body, lambda node: hidden(node, marks.get(node.id, ())))
    body = changed(body, lambda node: _hidden_in_text(node, marks.get(None, ())))
    return hidden_everywhere(replace(paper, body=body), new)


def _hidden_in_text(node: Node, marks: Sequence[Mark]) -> Node:
    """Of a caption the words alone go, as from all plain texts: what a mark of one line cannot do."""
    found = hidden(node, marks)
    if node.table is None or found.table is None:
        return found
    return replace(found, table=replace(found.table, clause=node.table.clause))


def opened(paper: Paper, mark: Mark, node_id: str = "") -> Paper:
    """The paper without this mark, on one node or (no id) on the whole paper; other marks stay."""

    def open_runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return _joined(Run(run.text) if _is_hidden_by(run, mark) else run for run in runs)

    def open_node(node: Node) -> Node:
        if node_id and node.id != node_id:
            return node
        photo, table = node.photo, node.table
        if photo and photo.clause == mark.clause and _is_in(mark, photo.caption, photo.alt):
            photo = replace(photo, clause="")
        if table and table.clause == mark.clause and _is_in(mark, table.caption, table.unit):
            table = replace(table, clause="")
        table = table and with_cells(table, lambda cell: replace(cell, runs=open_runs(cell.runs)))
        return replace(node, runs=open_runs(node.runs), table=table, photo=photo)

    body = changed(paper.body, open_node)
    if node_id:
        return replace(paper, body=body)
    known = tuple(run for run in paper.hidden if run != Run(mark.quote, mark.clause))
    return replace(paper, body=body, lead=open_runs(paper.lead), hidden=known)


def clauses(value: Any) -> set[str]:
    """1–8, all that anything in this part of a tree is hidden by."""
    if isinstance(value, tuple):
        return {clause for each in value for clause in clauses(each)}
    if not is_dataclass(value):
        return set()
    own = set(filter(None, str(getattr(value, "clause", "")).split(",")))
    return own | {clause for field in fields(value) for clause in clauses(getattr(value, field.name))}


def hidden_texts(paper: Paper) -> set[str]:
    """The words that marks hide, as they stand in the paper."""
    return {run.text for run in _all_runs(paper) if run.clause} | {run.text for run in paper.hidden}


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Open neighbours as one, so that a mark finds its words in them."""
    found: list[Run] = []
    for run in runs:
        if found and not run.clause and not found[-1].clause:
            found[-1] = Run(found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)


def _is_hidden_by(run: Run, mark: Mark) -> bool:
    return run.clause == mark.clause and mark.quote in ("", run.text)


def _all_runs(paper: Paper) -> Iterator[Run]:
    yield from paper.lead
    for _, node in walk(paper.body):
        yield from node.runs
        for cell in node.table.cells if node.table else ():
            yield from cell.runs


def _longest_first(marks: Iterable[Mark]) -> list[Mark]:
    """김가나 팀장 before 김가나: the shorter one would leave half of the longer one standing."""
    return sorted(marks, key=lambda mark: -len(mark.quote))


def occurs(node: Node, quote: str) -> bool:
    """Whether a mark with this quote hides anything here."""
    return hidden(node, [Mark(quote, "6")]) != node


def _is_in(mark: Mark, *texts: str) -> bool:
    """Whether the mark hides what these texts belong to: one without a quote hides anything."""
    return not mark.quote or any(mark.quote in text for text in texts)


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
    clause = table.clause or (mark.clause if _is_in(mark, table.caption, table.unit) else "")
    table = with_cells(table, lambda cell: replace(cell, runs=_runs(cell.runs, mark)))
    return replace(table, clause=clause)


def _photo(photo: Photo, mark: Mark) -> Photo:
    return replace(photo, clause=mark.clause) if _is_in(mark, photo.caption, photo.alt) else photo


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
