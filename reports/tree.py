"""The document as a tree. Pure: renderers, hashes and the public edition read nothing but this.

A Paper is header + content. Its canonical JSON (sorted keys, no floats, no spaces) is the same everywhere;
signatures are bound to `content_sha256`, which leaves the header out: number, date and names come later.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

KINDS = ("heading", "line", "note", "box", "text", "table", "photo")
MARKED_KINDS = ("heading", "line")  # only these take a mark of their level; a note takes ※
FORMS = ("result", "letter", "checklist", "empty")
FORMS_WITH_END = ("result", "letter")  # an official paper says where it ends: 끝.
SEALS = ("", "place", "omitted")  # no seal, its place, or 직인생략; a seal itself is never drawn
MODES = ("", "전결", "대결", "직무대리")
ALIGNMENTS = ("left", "center", "right")
ALWAYS_WRITTEN = ("form", "template", "mark_style", "language")  # their defaults may move with the years
LEVELS = 8
DEEPEST = 20

# Control characters (tab and line feed become a space), lone surrogates and non-characters: XML, PDF and
# PostgreSQL each refuse some of them.
BLANKS = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def clean_text(text: str) -> str:
    """One line of text that every format can hold."""
    return UNPRINTABLE.sub("", BLANKS.sub(" ", text))


class CleanText:
    """Whatever text enters the tree is printable in every format."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for each in fields(self):  # type: ignore[arg-type]
            value = getattr(self, each.name)
            if isinstance(value, str):
                object.__setattr__(self, each.name, clean_text(value))
            elif isinstance(value, tuple) and value and all(isinstance(one, str) for one in value):
                object.__setattr__(self, each.name, tuple(map(clean_text, value)))


@dataclass(frozen=True, slots=True)
class Run(CleanText):
    """A stretch of text; `clause` (1–8 of 정보공개법 제9조제1항) hides it in the public edition."""

    text: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Cell(CleanText):
    runs: tuple[Run, ...] = ()
    head: bool = False
    colspan: int = 1
    rowspan: int = 1
    align: str = "left"
    bar: int = 0  # of a chart: how long a bar stands before the text, in hundredths of the longest

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table(CleanText):
    """`widths` are shares of the text width, one per column; empty means equal columns.

    `clause` hides caption and unit in the public edition; cells have clauses of their own.
    """

    caption: str = ""
    unit: str = ""
    widths: tuple[int, ...] = ()
    head: tuple[tuple[Cell, ...], ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    clause: str = ""

    @property
    def cells(self) -> Iterator[Cell]:
        """All of them in reading order, those of the head first."""
        return (cell for row in (*self.head, *self.rows) for cell in row)

    @property
    def columns(self) -> int:
        first = next(iter(self.head + self.rows), ())
        return len(self.widths) or sum(cell.colspan for cell in first)


@dataclass(frozen=True, slots=True)
class Photo(CleanText):
    """A picture by the sha256 of its served copy; `alt` says what is seen, `caption` is printed below.

    A `small` one, a signature, stays with what stands above it.
    """

    sha256: str
    alt: str
    caption: str = ""
    small: bool = False
    clause: str = ""  # hides it in the public edition, as that of a Run does


@dataclass(frozen=True, slots=True)
class Node(CleanText):
    id: str
    kind: str
    level: int = 0
    runs: tuple[Run, ...] = ()
    children: "tuple[Node, ...]" = ()
    table: Table | None = None
    photo: Photo | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class ApprovalCell(CleanText):
    """One cell of the approval line. `mark` is ★ (initiator) or ◉ (reporter), before the position."""

    position: str
    name: str = ""
    signed_on: dt.date | None = None
    mode: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Header(CleanText):
    """The two boxes of 별지 제2호서식; labels and blank column are local practice, so they are data."""

    number: str = ""
    approved_on: dt.date | None = None
    disclosure: str = ""
    policy_number: str = ""
    blank_column: str = ""
    approvals: tuple[ApprovalCell, ...] = ()
    concurrences: tuple[ApprovalCell, ...] = ()
    labels: tuple[str, str, str, str, str] = ("문서번호", "결재일자", "공개여부", "방침번호", "협조")


@dataclass(frozen=True, slots=True)
class Attachment(CleanText):
    title: str
    copies: int = 1
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Letter(CleanText):
    """What 별지 제1호서식 says beside the body: who writes to whom, and where the writer is reached."""

    organisation: str = ""
    receivers: tuple[str, ...] = ()
    via: str = ""
    sender: str = ""
    seal: str = ""
    address: str = ""
    homepage: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Paper(CleanText):
    """`hidden` names words that the public edition holds nowhere, not even in its title or its letterhead."""

    title: str
    header: Header | None = None
    form: str = "result"
    template: str = "2026-11"
    cover: bool = False
    contents: bool = False  # 목차, made of the headings
    date_line: str = ""
    office: str = ""
    department: str = ""
    lead: tuple[Run, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    body: tuple[Node, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    mark_style: str = "report"
    letter: Letter | None = None
    language: str = "ko"
    hidden: tuple[Run, ...] = ()

    def to_json(self) -> str:
        return canonical(_plain(self))

    @classmethod
    def from_json(cls, text: str) -> "Paper":
        return paper_from(json.loads(text))

    @property
    def content_sha256(self) -> str:
        """What a signature is bound to: all but the header."""
        return hashlib.sha256(replace(self, header=None).to_json().encode()).hexdigest()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


# Reading ---------------------------------------------------------------------------------------------------


def paper_from(data: dict[str, Any]) -> Paper:
    """A Paper from parsed JSON; ValueError if it is not one."""
    try:
        return Paper(
            **{
                **data,
                "header": header_from(data["header"]) if data.get("header") else None,
                "lead": _many(Run, data.get("lead")),
                "facts": tuple((str(label), str(value)) for label, value in data.get("facts", ())),
                "body": tuple(node_from(each) for each in data.get("body", ())),
                "attachments": _many(Attachment, data.get("attachments")),
                "letter": letter_from(data["letter"]) if data.get("letter") else None,
                "hidden": _many(Run, data.get("hidden")),
            }
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a paper: {error}") from error


def header_from(data: dict[str, Any]) -> Header:
    return Header(
        **{
            **data,
            "approved_on": _day(data.get("approved_on")),
            "approvals": tuple(_approval(each) for each in data.get("approvals", ())),
            "concurrences": tuple(_approval(each) for each in data.get("concurrences", ())),
            "labels": tuple(data["labels"]) if "labels" in data else Header().labels,
        }
    )


def letter_from(data: dict[str, Any]) -> Letter:
    return Letter(**{**data, "receivers": tuple(data.get("receivers", ()))})


def node_from(data: dict[str, Any]) -> Node:
    return Node(
        **{
            **data,
            "runs": _many(Run, data.get("runs")),
            "children": tuple(node_from(each) for each in data.get("children", ())),
            "table": table_from(data["table"]) if data.get("table") else None,
            "photo": Photo(**data["photo"]) if data.get("photo") else None,
        }
    )


def table_from(data: dict[str, Any]) -> Table:
    return Table(
        **{
            **data,
            "widths": tuple(data.get("widths", ())),
            "head": tuple(_row(row) for row in data.get("head", ())),
            "rows": tuple(_row(row) for row in data.get("rows", ())),
        }
    )


def to_plain(value: Any) -> Any:
    """A node, table or header as JSON-ready dicts and lists: what a JSONField stores."""
    return _plain(value)


def _row(row: Iterable[dict[str, Any]]) -> tuple[Cell, ...]:
    return tuple(Cell(**{**cell, "runs": _many(Run, cell.get("runs"))}) for cell in row)


def _approval(data: dict[str, Any]) -> ApprovalCell:
    return ApprovalCell(**{**data, "signed_on": _day(data.get("signed_on"))})


def _many(cls: Callable[..., Any], items: Iterable[dict[str, Any]] | None) -> tuple[Any, ...]:
    return tuple(cls(**item) for item in items or ())


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    """Only what differs from the default is written, so that a field added later changes no old hash."""
    if is_dataclass(value):
        return {
            each.name: _plain(getattr(value, each.name))
            for each in fields(value)
            if each.name in ALWAYS_WRITTEN or getattr(value, each.name) != each.default
        }
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        raise TypeError("a paper holds no floats: write the figure as text")
    return value


# Walking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the flat outline: what a database row or a line of the editor is."""

    depth: int
    node: Node


def walk(nodes: Iterable[Node], depth: int = 1) -> Iterator[tuple[int, Node]]:
    """Every node with its nesting depth (1 = top), in reading order."""
    for node in nodes:
        yield depth, node
        yield from walk(node.children, depth + 1)


def changed(nodes: Iterable[Node], change: Callable[[Node], Node]) -> tuple[Node, ...]:
    """Every node through `change`, in reading order; what it says of the children does not count."""
    return tuple(replace(change(node), children=changed(node.children, change)) for node in nodes)


def with_cells(table: Table, change: Callable[[Cell], Cell]) -> Table:
    """The table with every cell through `change`."""
    head, rows = (tuple(tuple(map(change, row)) for row in part) for part in (table.head, table.rows))
    return replace(table, head=head, rows=rows)


def flatten(nodes: Iterable[Node]) -> list[Row]:
    """The tree as rows; `nest` makes the same tree of them again."""
    return [Row(depth, replace(node, children=())) for depth, node in walk(nodes)]


def nest(rows: Iterable[Row]) -> tuple[Node, ...]:
    """Rows as a tree. A row that jumps too deep hangs below the row before it, as an outline shows it."""
    levels: list[list[tuple[Node, list[Any]]]] = [[]]
    for row in rows:
        depth = max(1, min(row.depth, len(levels), DEEPEST))
        del levels[depth:]
        children: list[tuple[Node, list[Any]]] = []
        levels[depth - 1].append((row.node, children))
        levels.append(children)
    return _built(levels[0])


def _built(pairs: list[tuple[Node, list[Any]]]) -> tuple[Node, ...]:
    return tuple(replace(node, children=_built(children)) for node, children in pairs)


def laid_out(rows: Iterable[Iterable[Cell]]) -> list[tuple[int, int, Cell]]:
    """(row, column, cell): where each cell of a table begins, the spans of earlier ones left free."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            found.append((row, column, cell))
            taken |= {(row + y, column + x) for y in range(cell.rowspan) for x in range(cell.colspan)}
            column += cell.colspan
    return found


def problems(paper: Paper) -> list[str]:
    """What a renderer could not print; empty for every tree that our services build."""
    found = []
    if paper.form not in FORMS:
        found.append(f"unknown form: {paper.form}")
    if (paper.form == "letter") != (paper.letter is not None):
        found.append(f"form {paper.form} and its letter do not fit")
    if paper.letter and paper.letter.seal not in SEALS:
        found.append(f"unknown seal: {paper.letter.seal}")
    seen: set[str] = set()
    for depth, node in walk(paper.body):
        if node.id in seen:
            found.append(f"id twice: {node.id}")
        seen.add(node.id)
        found += _node_problems(depth, node)
    return found


def _node_problems(depth: int, node: Node) -> Iterator[str]:
    if node.kind not in KINDS:
        yield f"unknown kind: {node.kind}"
    if depth > DEEPEST:
        yield f"too deep: {node.id}"
    if node.kind in MARKED_KINDS and not 1 <= node.level <= LEVELS:
        yield f"no such level: {node.level}"
    if (node.kind == "table") != (node.table is not None) or (node.kind == "photo") != (
        node.photo is not None
    ):
        yield f"{node.kind} and its content do not fit: {node.id}"
