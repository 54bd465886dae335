"""Nodes as the templates print them: brothers grouped into lists and rows of photographs."""

from dataclasses import dataclass
from itertools import pairwise

from reports import numbering

# Advance widths of NanumMyeongjo and of the bold NanumGothic of headings, in thousandths of an em: the second
# line of an item must start exactly below its text.
MYEONGJO = {"가": 950, "1": 537, " ": 300, ".": 273, ")": 365, "(": 365, "-": 639, "·": 289}
GOTHIC = {"가": 940, "1": 606, " ": 280, ".": 303, ")": 363, "(": 363, "-": 363, "·": 290}
LEAST_HANG, MOST_HANG, HANG_STEP = 50, 260, 5
GROUPS = {"line": "list", "note": "list", "photo": "photos"}
TOGETHER = {"list", "photos"}


@dataclass(slots=True)
class Block:
    """One node as the template prints it."""

    kind: str
    text: str = ""
    mark: str = ""
    tag: str = "p"
    style: str = ""
    end: str = ""
    anchor: str = ""
    target: str = ""  # of a line of the 목차
    groups: tuple = ()
    photo: object = None
    source: str = ""
    caption: str = ""
    unit: str = ""
    widths: tuple = ()
    head: tuple = ()
    rows: tuple = ()
    is_chart: bool = False


@dataclass(slots=True)
class Group:
    """Brothers that belong together: the items of a list, photographs side by side, or one thing alone."""

    kind: str
    blocks: list


class Blocks:
    """Turns nodes into groups of blocks; headings count their depth, for h2 … h6."""

    def __init__(self, paper, source, anchors):
        self.marks = numbering.marks(paper)
        self.end_after = numbering.end_after(paper)
        self.source = source
        self.anchors = anchors
        self.targets = {line.node for line in numbering.contents(paper)}

    def groups(self, nodes, headings=0):
        groups = []
        for node in nodes:
            kind = GROUPS.get(node.kind, node.kind)
            if not groups or groups[-1].kind != kind or kind not in TOGETHER:
                groups.append(Group(kind, []))
            groups[-1].blocks.append(self.block(node, headings))
        return groups

    def block(self, node, headings):
        block = Block(node.kind, anchor=node.id if self.anchors else "")
        getattr(self, f"_{node.kind}")(node, block, headings)
        if node.id == self.end_after:
            block.end = numbering.END
        if node.children:
            block.groups = self.groups(node.children, headings + (node.kind == "heading"))
            if block.groups[0].kind != "list":
                block.style += " leads"
        return block

    def _line(self, node, block, headings):
        block.style = f"l{node.level}"
        self._marked(node, block)

    def _note(self, node, block, headings):
        block.style = "note"
        self._marked(node, block)

    def _heading(self, node, block, headings):
        block.tag = f"h{min(headings + 2, 6)}"
        block.style = f"line l{node.level}"
        block.target = node.id if node.id in self.targets else ""
        self._marked(node, block)

    def _box(self, node, block, headings):
        block.text = boxed(node.text)
        block.style = "box"

    def _text(self, node, block, headings):
        block.text = node.text
        block.style = "text"

    def _photo(self, node, block, headings):
        block.photo = node.photo
        block.source = self.source(node.photo)

    def _table(self, node, block, headings):
        table = node.table
        block.caption, block.head, block.rows = table.caption, table.head, table.rows
        block.unit = table.unit
        block.is_chart = any(cell.bar for row in table.rows for cell in row)
        block.widths = percentages(table.widths or (1,) * table.columns)

    def _marked(self, node, block):
        block.text = node.text
        block.mark = self.marks.get(node.id, "")
        if block.mark:
            widths = GOTHIC if node.kind == "heading" else MYEONGJO
            block.style += f" h{hang(block.mark, widths)}"


def boxed(text):
    """〈점검결과〉, however the label was typed."""
    return f"〈{text.strip().removeprefix('〈').removesuffix('〉').strip()}〉"


def hang(mark, widths=MYEONGJO):
    """How far an item's text stands from its edge, in hundredths of an em (class h50 … h260)."""
    hundredths = (width_of(f"{mark} ", widths) + 5 * HANG_STEP) // (10 * HANG_STEP) * HANG_STEP
    return min(max(hundredths, LEAST_HANG), MOST_HANG)


def percentages(widths):
    """Whole percentages that add up to 100, as `<col width>` wants them."""
    total = sum(widths) or 1
    edges = [sum(widths[:column]) * 100 // total for column in range(len(widths) + 1)]
    return tuple(end - start for start, end in pairwise(edges))


def balanced(title, letters):
    """The title in lines of about equal length, broken between words: a long and a short line look torn."""
    words = title.split()
    lines = -(-width_of(title) // (letters * 1000)) or 1
    best = [title]
    if lines > 1:
        best = min(
            _splits(words, min(lines, len(words))), key=lambda split: max(width_of(line) for line in split)
        )
    return best


def _splits(words, lines):
    if lines <= 1:
        yield [" ".join(words)]
        return
    for first in range(1, len(words) - lines + 2):
        for rest in _splits(words[first:], lines - 1):
            yield [" ".join(words[:first]), *rest]


def width_of(text, widths=GOTHIC):
    return sum(_letter_width(letter, widths) for letter in text)


def _letter_width(letter, widths):
    return widths.get(letter) or widths["1" if letter.isascii() else "가"]
