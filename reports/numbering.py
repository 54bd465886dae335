"""The text of every mark: □, 1), ○ … Text in each rendering, never CSS, so that no rendering can disagree."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.tree import FORMS_WITH_END, MARKED_KINDS, Attachment, Cell, Node, Paper, Run, Table, walk

NOTE_MARK = "※"
END = "끝."
BLANK_BELOW = "이하 빈칸"  # in the first blank row of a table that ends the paper: then there is no 끝.
CONTENTS = "목차"
CONTENTS_LEVELS = 2
ATTACHED = "붙임"
GAP = "  "  # two spaces, before 끝. and after 붙임

HANGUL_ORDER = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"
ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"  # as far as the fonts go
CIRCLED_HANGUL = "㉮㉯㉰㉱㉲㉳㉴㉵㉶㉷㉸㉹㉺㉻"


def arabic(number: int) -> str:
    return str(number)


def hangul(number: int) -> str:
    """가 … 하, then 거 … 허, 고 … 호."""
    return HANGUL_ORDER[(number - 1) % len(HANGUL_ORDER)]


def roman(number: int) -> str:
    return ROMAN[number - 1] if number <= len(ROMAN) else str(number)


def circled(number: int) -> str:
    """① … ⑳ ㉑ … ㊿"""
    for first, last, glyph in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(glyph) + number - first)
    return f"({number})"


def circled_hangul(number: int) -> str:
    if number <= len(CIRCLED_HANGUL):
        return CIRCLED_HANGUL[number - 1]
    return f"({hangul(number)})"


@dataclass(frozen=True, slots=True)
class Mark:
    """A fixed sign, or a counted one: `1)` is Mark(counter=arabic, after=")")."""

    sign: str = ""
    counter: Callable[[int], str] | None = None
    before: str = ""
    after: str = ""

    def text(self, number: int) -> str:
        if self.counter is None:
            return self.sign
        return f"{self.before}{self.counter(number)}{self.after}"


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """`levels[0]` is the mark of level 1; in letters a single item takes none (`single_unmarked`)."""

    name: str
    levels: tuple[Mark, ...]
    single_unmarked: bool = False

    def of(self, level: int) -> Mark:
        return self.levels[min(level, len(self.levels)) - 1]


def _report(name: str, *, first: Mark | None = None, circle: str = "○") -> MarkStyle:
    counted = Mark(counter=arabic, after=")")
    return MarkStyle(name, (first or Mark("□"), counted, Mark(circle), Mark("-"), Mark("·")))


LETTER = MarkStyle(
    "letter",
    (
        Mark(counter=arabic, after="."),
        Mark(counter=hangul, after="."),
        Mark(counter=arabic, after=")"),
        Mark(counter=hangul, after=")"),
        Mark(counter=arabic, before="(", after=")"),
        Mark(counter=hangul, before="(", after=")"),
        Mark(counter=circled),
        Mark(counter=circled_hangul),
    ),
    single_unmarked=True,
)
STYLES: Mapping[str, MarkStyle] = {
    style.name: style
    for style in (
        _report("report"),
        _report("report-ieung", circle="ㅇ"),
        _report("report-shadowed", circle="❍"),
        _report("report-roman", first=Mark(counter=roman, after=".")),
        LETTER,
    )
}


def marks(paper: Paper) -> dict[str, str]:
    """Node id → mark. A node without a mark (table, photo, box, plain text) is not in it."""
    found: dict[str, str] = {}
    _number(paper.body, STYLES[paper.mark_style], found)
    return found


def _number(siblings: Sequence[Node], style: MarkStyle, found: dict[str, str]) -> None:
    """Counters belong to one set of brothers: each parent, and each return to a higher level, starts at 1."""
    counts: dict[int, int] = {}
    single = style.single_unmarked and sum(node.kind in MARKED_KINDS for node in siblings) == 1
    for node in siblings:
        if node.kind == "note":
            found[node.id] = NOTE_MARK
        elif node.kind in MARKED_KINDS:
            counts = {level: count for level, count in counts.items() if level <= node.level}
            counts[node.level] = counts.get(node.level, 0) + 1
            if not single:
                found[node.id] = style.of(node.level).text(counts[node.level])
        _number(node.children, style, found)


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """One line of 붙임: `label` in the first line only, `mark` if there are several, `end` in the last."""

    label: str
    mark: str
    text: str
    end: str

    @property
    def plain(self) -> str:
        label = self.label + GAP if self.label else ""
        mark = f"{self.mark} " if self.mark else ""
        return f"{label}{mark}{self.text}{GAP + self.end if self.end else ''}"


def attachment_lines(attachments: Sequence[Attachment]) -> list[AttachmentLine]:
    """`붙임  ○○ 1부.  끝.`; several are numbered and aligned below each other."""
    several = len(attachments) > 1
    return [
        AttachmentLine(
            label=ATTACHED if number == 1 else "",
            mark=f"{number}." if several else "",
            text=f"{attachment.title} {attachment.copies}부.",
            end=END if number == len(attachments) else "",
        )
        for number, attachment in enumerate(attachments, 1)
    ]


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One heading in the 목차; `node` is its id, `level` how deep it stands."""

    node: str
    level: int
    text: str


def contents(paper: Paper) -> list[ContentsLine]:
    """The headings of the first two levels with their marks, if the paper wants a 목차."""
    if not paper.contents:
        return []
    found = marks(paper)
    return [
        ContentsLine(node.id, node.level, f"{found.get(node.id, '')} {node.text}".strip())
        for _, node in walk(paper.body)
        if node.kind == "heading" and node.level <= CONTENTS_LEVELS
    ]


def end_after(paper: Paper) -> str:
    """The id of the node that carries 끝.; empty if it stands with 붙임 or alone after a table."""
    if paper.form not in FORMS_WITH_END or paper.attachments:
        return ""
    last = _last(paper.body)
    return last.id if last and last.kind not in ("table", "photo") else ""


def ends_alone(paper: Paper) -> bool:
    if paper.form not in FORMS_WITH_END or paper.attachments or end_after(paper):
        return False
    last = _last(paper.body)
    return last is not None and not _says_blank_below(last)


def with_blank_below(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The same tree; where it ends in a table with blank rows, the first of them says 이하 빈칸."""
    if not nodes:
        return nodes
    last = nodes[-1]
    if last.children:
        last = replace(last, children=with_blank_below(last.children))
    elif last.table and not _says_blank_below(last):
        last = replace(last, table=_blank_below(last.table))
    return (*nodes[:-1], last)


def _blank_below(table: Table) -> Table:
    first = len(table.rows)
    while first > 1 and not any(cell.text for cell in table.rows[first - 1]):
        first -= 1
    if first == len(table.rows):
        return table
    told = Cell((Run(BLANK_BELOW),), colspan=table.columns, align="center")
    return replace(table, rows=(*table.rows[:first], (told,), *table.rows[first + 1 :]))


def _says_blank_below(node: Node) -> bool:
    rows = node.table.rows if node.table else ()
    return any(cell.text == BLANK_BELOW for row in rows for cell in row)


def _last(nodes: Iterable[Node]) -> Node | None:
    last = None
    for _, node in walk(nodes):
        last = node
    return last
