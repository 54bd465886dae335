"""Writing .xlsx files in which no text can become a formula, not even after somebody saves them as CSV."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill

from spreadsheets.reading import FORMULA_SIGNS

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADING_FONT = Font(bold=True)
HEADING_FILL = PatternFill("solid", start_color="E7EDF6")
DATE_FORMAT = "yyyy. m. d."
WIDTHS = (10, 48)
MAX_CELL = 32_767  # Excel's own limit


def workbook(*sheets: tuple[str, Sequence[str], Iterable[Sequence[Any]]]) -> bytes:
    """A file of sheets, each a title, its headings and its rows."""
    book = Workbook(write_only=True)
    for title, headings, rows in sheets:
        _add_sheet(book, title, headings, [list(row) for row in rows])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def safe_text(value: str) -> str:
    """The text with an apostrophe before a sign that a spreadsheet would take for the start of a formula."""
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[: MAX_CELL - 1]
    return f"'{text}" if text.lstrip(" \u3000\n")[:1] in tuple(FORMULA_SIGNS) else text


def _add_sheet(book: Workbook, title: str, headings: Sequence[str], rows: list[list[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings):
        longest = max([len(str(row[place] or "")) for row in rows] + [len(heading)], default=0)
        letter = sheet.column_dimensions[_letter(place)]
        letter.width = min(max(longest * 1.8, WIDTHS[0]), WIDTHS[1])
    sheet.append([_heading(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else f"A{chr(ord('A') + place - 26)}"


def _heading(sheet: Any, text: str) -> WriteOnlyCell:
    cell = _cell(sheet, text)
    cell.font, cell.fill = HEADING_FONT, HEADING_FILL
    return cell


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=safe_text(value))
        cell.data_type = "s"  # openpyxl takes a leading = for a formula
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell
    cell = WriteOnlyCell(sheet, value=value)
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, dt.date):
        cell.number_format = DATE_FORMAT
    return cell
