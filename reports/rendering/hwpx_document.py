"""Writing HWPX with python-hwpx: paragraphs, tables and pictures with the formats of a paper, and its bytes.

Every number in the file that the library draws by chance is counted instead, and no clock is read: the same
calls give the same bytes.
"""

import io
import re
import zipfile
from itertools import count

from hwpx import HwpxDocument
from PIL import Image

from reports.rendering.blocks import width_of
from reports.tree import Cell, Run, laid_out

SERIF, SANS = "함초롬바탕", "함초롬돋움"  # of 한글 itself
HEAD_FILL, BAR_FILL = "#EDEDED", "#44546A"
BAR_NAME = "막대"  # of a cell that is nothing but a bar of a chart
LINE_COLOR = "#333333"
HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
MOMENT = (2020, 1, 1, 0, 0, 0)  # of every file in the package
TEXT_WIDTH_MM = 170
UNIT = 283.46  # of HWPX in a millimetre
POINT_MM = 0.3528
CELL_PADDING_MM = (3.6, 1.6)  # left and right, above and below
CELL_SPACING = 130  # of its lines, in %
TAG = re.compile(r"<[^>]+>")
CHANCE = re.compile(r'\b((?:inst)?id|idref)="(\d{4,})"', re.IGNORECASE)  # drawn by the library, always large


class Writer:
    """One document, written from top to bottom."""

    def __init__(self, *, title, author, moment):
        self.document = HwpxDocument.new()
        when = {"created_date": moment, "modified_date": moment}
        self.document.parts.set_document_metadata(title=title, creator=author or "살핌", **when)
        margins = {"left": 20, "right": 20, "top": 20, "bottom": 15, "header": 10, "footer": 10}
        self.document.page.setup(paper_size="A4", margins_mm=margins)
        self.document.page.set_page_number(prefix="- ", suffix=" -")
        self._formats = {}
        self._is_fresh = True

    def paragraph(self, text, *, size=12, bold=False, font=SERIF, align="JUSTIFY", **format_):
        """`format_`: left, first (mm), before, after (pt), level (of the outline), keep (with the next)."""
        made = self._first_paragraph() or self.document.add_paragraph("", style="본문")
        made.text = text
        self._dress(made, size=size, bold=bold, font=font, align=align, **format_)
        return made

    def table(self, rows, widths, *, heads=0, size=10):
        """`rows`: lists of reports.tree.Cell as in HTML, covered cells left out; `heads` of them repeat."""
        grid = laid_out(rows)
        columns = max((column + cell.colspan for _, column, cell in grid), default=1)
        holder = self.document.add_paragraph("", style="본문")
        table = holder.add_table(len(rows), columns)
        table.set_column_widths(self._shares(widths, columns))
        table.element.set("repeatHeader", "1" if heads else "0")
        table.element.set("pageBreak", "CELL")
        table.set_treat_as_char(False)  # else it could not go on on the next page
        heights = row_heights(grid, len(rows), self._shares(widths, columns), size)
        table.element.find(f"{HP}sz").set("height", str(sum(heights)))
        made = [list(row.cells) for row in table.rows]
        for row, column, cell in grid:
            self._fill(made[row][column], cell, is_head=row < heads or cell.head, size=size)
            made[row][column].set_size(height=heights[row])
        for row, column, cell in grid:
            if cell.colspan > 1 or cell.rowspan > 1:
                table.merge_cells(row, column, row + cell.rowspan - 1, column + cell.colspan - 1)
        return table

    def picture(self, content, kind, *, width, height):
        """As large as it fits into so many millimetres."""
        with Image.open(io.BytesIO(content)) as image:
            scale = min(width / image.width, height / image.height)
            size = {"width_mm": image.width * scale, "height_mm": image.height * scale}
        self.document.add_picture(content, kind, align="CENTER", style="본문", **size)

    def pictures(self, pictures, captions, *, size):
        """Side by side in a table, each with its caption below; one takes at most `size`, in millimetres."""
        holder = self.document.add_paragraph("", style="본문")
        table = holder.add_table(2, len(pictures))
        table.set_column_widths([1] * len(pictures))
        for column, ((content, kind), caption) in enumerate(zip(pictures, captions, strict=True)):
            self.picture(content, kind, width=size[0], height=size[1])
            self._move_into(table.rows[0].cells[column], self.document.paragraphs[-1])
            self._fill(
                table.rows[1].cells[column], Cell((Run(caption),), align="center"), is_head=False, size=10
            )
        heights = [round((size[1] + CELL_PADDING_MM[1]) * UNIT), round(8 * UNIT)]
        for row, height in zip(table.rows, heights, strict=True):
            for cell in row.cells:
                cell.set_size(height=height)
        table.element.find(f"{HP}sz").set("height", str(sum(heights)))

    def _move_into(self, cell, paragraph):
        """The library puts a picture at the end of the paper only."""
        inside = cell.element.find(f"{HP}subList")
        for old in inside.findall(f"{HP}p"):
            inside.remove(old)
        paragraph.section.element.remove(paragraph.element)
        inside.append(paragraph.element)

    def to_bytes(self):
        return _steady(self.document.to_bytes())

    @staticmethod
    def _shares(widths, columns):
        return list(widths) if len(widths) == columns else [1] * columns

    def _first_paragraph(self):
        """A new document has one empty paragraph, which holds the settings of the section."""
        if not self._is_fresh:
            return None
        self._is_fresh = False
        return self.document.paragraphs[0]

    def _fill(self, made, cell, *, is_head, size):
        made.set_text(cell.text)
        align = "CENTER" if is_head else cell.align.upper()
        for paragraph in made.paragraphs:
            self._dress(paragraph, size=size, bold=is_head, font=SANS, align=align, spacing=CELL_SPACING)
        fill = HEAD_FILL if is_head else BAR_FILL if cell.bar else None
        made.element.set("borderFillIDRef", self._once("border", fill, lambda: self._border(fill)))
        if cell.bar:
            made.element.set("name", BAR_NAME)
        made.element.set("header", "1" if is_head else "0")

    def _border(self, fill):
        return self.document.styles.ensure_border_fill(border_color=LINE_COLOR, fill_color=fill)

    def _dress(self, made, *, size, bold=False, font=SERIF, align="LEFT", **format_):
        """A format is made once and then pointed at: the library would compare it with all others."""
        key = (size, bold, font)
        run = self._once("run", key, lambda: self.document.styles.ensure_run(font=font, size=size, bold=bold))
        made.char_pr_id_ref = run
        for each in made.runs:
            each.char_pr_id_ref = run
        look = (align, *sorted(format_.items()))
        if ("paragraph", look) in self._formats:
            made.para_pr_id_ref = self._formats["paragraph", look]
            return
        self._apply(made, align, **format_)
        self._formats["paragraph", look] = made.para_pr_id_ref

    def _apply(self, made, align, *, left=0, first=0, before=0, after=0, level=None, keep=False, spacing=160):
        self.document.styles.apply_paragraph_format(
            paragraphs=[made],
            alignment=align,
            line_spacing_percent=spacing,
            indent_left_mm=left,
            first_line_indent_mm=first,
            spacing_before_pt=before,
            spacing_after_pt=after,
            outline_level=level,
            keep_with_next=keep,
        )

    def _once(self, kind, key, make):
        if (kind, key) not in self._formats:
            self._formats[kind, key] = make()
        return self._formats[kind, key]


def row_heights(grid, rows, shares, size):
    """In units of HWPX, by the lines that the text of each cell is going to take."""
    letter = size * POINT_MM  # a Hangul letter is a square
    heights = [letter * CELL_SPACING / 100 + CELL_PADDING_MM[1]] * rows
    for row, column, cell in grid:
        if cell.rowspan > 1:
            continue
        share = sum(shares[column : column + cell.colspan]) / sum(shares)
        room = max(share * TEXT_WIDTH_MM - CELL_PADDING_MM[0], letter)
        lines = -(-width_of(cell.text) * letter / 1000 // room) or 1
        heights[row] = max(heights[row], lines * letter * CELL_SPACING / 100 + CELL_PADDING_MM[1])
    return [round(height * UNIT) for height in heights]


def _steady(package):
    """The same package with its ids counted, its files dated alike, its outline without own numbers."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("Contents/section"):
                content = _counted(content.decode()).encode()
            if name == "Contents/header.xml":
                content = _korean(content.decode()).encode()
            info = zipfile.ZipInfo(name, MOMENT)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()


def _counted(xml):
    """Only inside of tags: a text may hold what looks like an id."""
    numbers, known = count(1000), {}

    def number(found):
        return f'{found[1]}="{known.setdefault(found[2], next(numbers))}"'

    return TAG.sub(lambda tag: CHANCE.sub(number, tag[0]), xml)


def _korean(xml):
    """Marks are text: 한글 would print its own 1. before each outline level. No word is broken inside."""
    xml = xml.replace('breakNonLatinWord="BREAK_WORD"', 'breakNonLatinWord="KEEP_WORD"')
    return re.sub(r"(<hh:paraHead\b[^>]*?)>[^<]*</hh:paraHead>", r"\1/>", xml)
