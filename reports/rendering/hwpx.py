"""A Paper as HWPX: an editable document of 한글 with real paragraphs, outline levels, tables and pictures.

It says line by line what the other renderings say. Marks are text: 한글 would count on its own otherwise.
"""

from itertools import groupby

from reports import numbering
from reports.rendering import letter
from reports.rendering.blocks import boxed, hang
from reports.rendering.header import approval_cells, concurrences, header_values
from reports.rendering.html import image_of, image_type
from reports.rendering.hwpx_bars import with_bars
from reports.rendering.hwpx_document import POINT_MM, SANS, Writer
from reports.tree import Cell, Run, walk

LABEL_MM = 12  # the values of 수신 and 제목 hang from here
STEP_MM = 5  # an item stands so much right of the one it belongs to
HEADING_SIZES = {1: 15, 2: 13}
BOXES, TABLE = 9.5, 10.5  # letters of the header, and of the other tables
PHOTO_MM, SIGNATURE_MM = (78, 58), (50, 20)


def render_hwpx(paper, *, images):
    """The bytes of the document; the same paper gives the same bytes. `images` maps sha256 to bytes."""
    author = " ".join(filter(None, (paper.office, paper.department)))
    day = paper.header.approved_on if paper.header else None
    moment = f"{day:%Y-%m-%d}T00:00:00Z" if day else "2020-01-01T00:00:00Z"
    writer = Writer(title=paper.title, author=author, moment=moment)
    _front(writer, paper)
    _body(writer, paper, images)
    _end(writer, paper)
    return writer.to_bytes()


def _front(writer, paper):
    if paper.letter:
        _letter_head(writer, paper)
        return
    if paper.header:
        _header(writer, paper.header)
    before = 12 if paper.header else 0
    writer.paragraph(paper.title, size=18, bold=True, font=SANS, align="CENTER", before=before, after=6)
    if paper.date_line:
        writer.paragraph(paper.date_line, size=13, align="CENTER")
    if office := " ".join(filter(None, (paper.office, paper.department and f"({paper.department})"))):
        writer.paragraph(office, size=13, bold=True, font=SANS, align="CENTER", after=8)
    _contents(writer, numbering.contents(paper))
    if paper.facts:
        rows = [[_cell(label, head=True), _cell(value)] for label, value in paper.facts]
        writer.table(rows, (18, 82), size=TABLE)
    if lead := "".join(run.text for run in paper.lead):
        writer.paragraph(lead, before=6, after=6)


def _contents(writer, lines):
    """Without page numbers: 한글 breaks the pages anew."""
    if lines:
        writer.paragraph(
            numbering.CONTENTS, size=15, bold=True, font=SANS, align="CENTER", before=12, after=6
        )
    for line in lines:
        writer.paragraph(line.text, left=STEP_MM * line.level, before=2)


def _letter_head(writer, paper):
    sans = {"font": SANS, "bold": True}
    writer.paragraph(paper.letter.organisation, size=20, align="CENTER", after=14, **sans)
    for label, value in letter.head_rows(paper):
        writer.paragraph(f"{label}{numbering.GAP}{value}", left=LABEL_MM, first=-LABEL_MM)
    title = f"제목{numbering.GAP}{paper.title}"
    writer.paragraph(title, left=LABEL_MM, first=-LABEL_MM, after=10, **sans)


def _letter_foot(writer, paper):
    sender = " ".join(letter.sender(paper))
    writer.paragraph(sender, size=18, bold=True, font=SANS, align="CENTER", before=24, after=16)
    if receivers := letter.receivers(paper):
        writer.paragraph(
            f"수신자{numbering.GAP}{receivers}", size=11, left=LABEL_MM, first=-LABEL_MM, after=6
        )
    for line in letter.foot_lines(paper):
        writer.paragraph(line, size=10)


def _header(writer, header):
    """The number box, then the line of approval, each a table of its own."""
    writer.paragraph("", size=6)
    rows = [[_cell(label, head=True), _cell(value)] for label, value in header_values(header)]
    writer.table(rows, (25, 75), size=BOXES)
    cells = approval_cells(header.approvals)
    blank = [_cell(header.blank_column, head=True)] if header.blank_column else []
    positions = [*blank, *(_cell(cell["position"], head=True) for cell in cells)]
    names = [_cell(" ".join(filter(None, (cell["above"], cell["name"]))), align="center") for cell in cells]
    names = [*([_cell("")] if blank else []), *names]
    label = _cell(header.labels[4], head=True)
    others = Cell((Run(concurrences(header.concurrences)),), colspan=max(len(positions) - 1, 1))
    rows = [positions, names, [label, others]] if len(positions) > 1 else [positions, names]
    if cells:
        writer.table(rows, (1,) * len(positions), size=BOXES)


def _body(writer, paper, images):
    marks, end_after = numbering.marks(paper), numbering.end_after(paper)
    for (depth, is_photo), rows in groupby(walk(paper.body), lambda row: (row[0], _is_in_grid(row[1]))):
        if is_photo:
            _photos(writer, [node.photo for _, node in rows], images)
            continue
        for _, node in rows:
            end = numbering.GAP + numbering.END if node.id == end_after else ""
            left = STEP_MM * (depth - 1)
            WRITERS.get(node.kind, _line)(writer, node, marks.get(node.id, ""), left, end, images)


def _is_in_grid(node):
    return node.kind == "photo" and not node.photo.small


def _line(writer, node, mark, left, end, _images):
    size = {"heading": HEADING_SIZES.get(node.level, 12.5), "note": 11}.get(node.kind, 12)
    is_heading = node.kind == "heading"
    first = -hang(mark) / 100 * size * POINT_MM if mark else 0
    look = {"bold": True, "font": SANS, "keep": True} if is_heading else {}
    writer.paragraph(
        f"{mark} {node.text}{end}" if mark else f"{node.text}{end}",
        size=size,
        left=round(left - first, 1),
        first=round(first, 1),
        before=8 if is_heading else 2,
        level=min(node.level, 7) if is_heading else None,
        **look,
    )


def _box(writer, node, _mark, left, end, _images):
    look = {"size": 12.5, "bold": True, "font": SANS, "keep": True}
    writer.paragraph(f"{boxed(node.text)}{end}", left=left, before=4, **look)


def _text(writer, node, _mark, left, end, _images):
    writer.paragraph(f"{node.text}{end}", left=left, before=3)


def _table(writer, node, _mark, _left, _end, _images):
    table = node.table
    if told := " ".join(filter(None, (table.caption, table.unit))):
        writer.paragraph(told, size=11.5, bold=True, font=SANS, align="LEFT", before=6, keep=True)
    widths = table.widths or (1,) * table.columns
    rows, widths = with_bars([*table.head, *table.rows], widths)
    writer.table(rows, widths, heads=len(table.head), size=TABLE)


def _signature(writer, node, _mark, _left, _end, images):
    content, kind = _picture(node.photo, images)
    width, height = SIGNATURE_MM
    writer.picture(content, kind, width=width, height=height)
    writer.paragraph(_told(node.photo), size=10, font=SANS, align="CENTER", after=6)


def _photos(writer, photos, images):
    """Two in a row, what is said about each below it."""
    for first in range(0, len(photos), 2):
        pair = photos[first : first + 2]
        pictures = [_picture(photo, images) for photo in pair]
        writer.pictures(pictures, [_told(photo) for photo in pair], size=PHOTO_MM)


def _picture(photo, images):
    content = image_of(images, photo.sha256)
    return content, image_type(content).removeprefix("image/").replace("jpeg", "jpg")


def _told(photo):
    return photo.caption or photo.alt


def _end(writer, paper):
    for number, line in enumerate(numbering.attachment_lines(paper.attachments)):
        left, first = (16, -16) if line.label else (16, 0)
        writer.paragraph(line.plain, left=left, first=first, before=0 if number else 16)
    if numbering.ends_alone(paper):
        writer.paragraph(numbering.END, before=6)
    if paper.letter:
        _letter_foot(writer, paper)


def _cell(text, *, head=False, align="left"):
    return Cell((Run(text),), head=head, align=align)


WRITERS = {"box": _box, "text": _text, "table": _table, "photo": _signature}
