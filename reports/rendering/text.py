"""A Paper as plain text: for search, comparison and pasting; the header first, then as it is read."""

from reports import numbering
from reports.rendering import letter
from reports.rendering.blocks import boxed
from reports.rendering.header import approval_cells, concurrences, header_values
from reports.tree import walk

INDENT = "  "
WITHOUT_LABEL = " " * 6  # two Hangul letters and two spaces


def render_text(paper):
    return "\n".join(line.rstrip() for line in _lines(paper)) + "\n"


def _lines(paper):
    if paper.letter:
        yield from _letter(paper)
        return
    if paper.header:
        yield from _header(paper.header)
        yield ""
    yield paper.title
    if paper.date_line:
        yield paper.date_line
    if paper.office or paper.department:
        yield " ".join(filter(None, (paper.office, paper.department and f"({paper.department})")))
    for label, value in paper.facts:
        yield f"{label}: {value}"
    if lines := numbering.contents(paper):
        yield from ("", numbering.CONTENTS)
        yield from (INDENT * (line.level - 1) + line.text for line in lines)
    if paper.lead:
        yield ""
        yield "".join(run.text for run in paper.lead)
    yield ""
    yield from _body(paper)
    yield from _end(paper)


def _letter(paper):
    yield paper.letter.organisation
    yield ""
    for label, value in letter.head_rows(paper):
        yield f"{label}{numbering.GAP}{value}"
    yield f"제목{numbering.GAP}{paper.title}"
    yield ""
    yield from _body(paper)
    yield from _end(paper)
    yield ""
    yield " ".join(letter.sender(paper))
    if receivers := letter.receivers(paper):
        yield f"수신자{numbering.GAP}{receivers}"
    yield from letter.foot_lines(paper)


def _end(paper):
    if paper.attachments:
        yield ""
        for line in numbering.attachment_lines(paper.attachments):
            yield line.plain if line.label else WITHOUT_LABEL + line.plain
    elif numbering.ends_alone(paper):
        yield numbering.END


def _header(header):
    for label, value in header_values(header):
        yield f"{label} {value}"
    for cell in approval_cells(header.approvals):
        yield " ".join(filter(None, (cell["position"], cell["name"], cell["above"])))
    yield f"{header.labels[4]} {concurrences(header.concurrences)}"


def _body(paper):
    marks, end_after = numbering.marks(paper), numbering.end_after(paper)
    for depth, node in walk(paper.body):
        indent = INDENT * (depth - 1)
        for line in PRINTERS.get(node.kind, _line)(node, marks.get(node.id, "")):
            yield indent + line + (numbering.GAP + numbering.END if node.id == end_after else "")


def _line(node, mark):
    yield f"{mark} {node.text}" if mark else node.text


def _box(node, mark):
    yield boxed(node.text)


def _table(node, mark):
    """A row a line, cells between bars: what a screen reader and a search can use."""
    table = node.table
    yield " ".join(filter(None, (table.caption, table.unit)))
    for row in table.head + table.rows:
        yield " | ".join(cell.text for cell in row)


def _photo(node, mark):
    yield f"[사진] {node.photo.caption or node.photo.alt}"


PRINTERS = {"box": _box, "table": _table, "photo": _photo}
