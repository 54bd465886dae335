"""Reading an uploaded .xlsx without trusting it: bombs, entities, macros get one Korean sentence."""

import datetime as dt
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook

MEBIBYTE = 1024 * 1024
MAX_BYTES = 20 * MEBIBYTE
MAX_UNPACKED_BYTES = 60 * MEBIBYTE
MAX_MEMBERS = 1_000
MAX_ROWS = 5_000
MAX_COLUMNS = 100
MAX_CELL = 10_000

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"  # an old .xls, or an .xlsx with a password
ENTITIES = tuple(
    mark.encode(coding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for coding in ("utf-8", "utf-16-le", "utf-16-be")
)
FORMULA_SIGNS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"  # the last four: the same in full width
ERROR_VALUE = "e"


class SheetError(Exception):
    """The file cannot be used. The message is for the user."""


@dataclass(frozen=True)
class Row:
    number: int  # as Excel counts it
    values: dict[str, Any]


@dataclass(frozen=True)
class Table:
    rows: list[Row]
    ignored: list[str]  # headings nobody asked for


def read(file: IO[bytes], *, headings: Iterable[str], required: Iterable[str]) -> Table:
    """The first sheet of the file by its headings. Empty rows are left out."""
    check(file)
    known = list(headings)
    lines = _lines(file)
    first = [clean(value) for value in next(lines, (0, []))[1]]
    found = [str(heading or "") for heading in first]
    _check_headings(found, known, list(required))
    places = {heading: found.index(heading) for heading in known if heading in found}
    rows = [Row(number, _values(cells, places, number)) for number, cells in lines]
    rows = [row for row in rows if any(value is not None for value in row.values.values())]
    if not rows:
        raise SheetError("제목 줄 아래에 내용이 없습니다. 둘째 줄부터 적어 주세요.")
    return Table(rows, [heading for heading in found if heading and heading not in known])


def check(file: IO[bytes]) -> None:
    """Refuse what is not a plain workbook before anything parses it."""
    if file.seek(0, 2) > MAX_BYTES:
        raise SheetError("파일이 20MB보다 큽니다. 나누어 올려 주세요.")
    file.seek(0)
    start = file.read(4)
    if start == OLE:
        raise SheetError("암호가 걸렸거나 옛 형식(.xls)인 파일입니다. 암호 없는 .xlsx로 저장해 올려 주세요.")
    if start != ZIP:
        raise SheetError(
            "엑셀 파일(.xlsx)이 아닙니다. 엑셀에서 ‘Excel 통합 문서(.xlsx)’로 저장해 올려 주세요."
        )
    try:
        with zipfile.ZipFile(file) as archive:
            _check_members(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise SheetError("파일이 손상되어 읽을 수 없습니다. 엑셀에서 다시 저장해 올려 주세요.") from error


def clean(value: Any) -> Any:
    """Text composed and without invisible characters; a whole number as int; a midnight as a date."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return value


def clean_text(value: str) -> str | None:
    text = unicodedata.normalize("NFC", value).replace("\u00a0", " ").replace("\r\n", "\n").strip()
    text = "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
    )
    written = text[1:].strip()
    if text[:1] == "'" and written[:1] in FORMULA_SIGNS:
        text = written  # without the apostrophe that writing put there
    return text or None


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    # zipfile never unpacks more of a member than its header declares, so the declared sizes can be trusted.
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise SheetError("풀었을 때 너무 큰 파일입니다. 필요한 시트만 새 파일로 저장해 올려 주세요.")
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise SheetError(
            "엑셀 파일(.xlsx)이 아닙니다. 엑셀에서 ‘Excel 통합 문서(.xlsx)’로 저장해 올려 주세요."
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise SheetError("매크로가 들어 있는 파일은 받지 않습니다. 매크로 없는 .xlsx로 저장해 올려 주세요.")
    for member in members:
        if member.filename.lower().endswith((".xml", ".rels")) and _declares_entities(archive.read(member)):
            raise SheetError(
                "문서 형식 선언(DTD)이 들어 있는 파일은 받지 않습니다. 엑셀에서 다시 저장해 올려 주세요."
            )


def _declares_entities(content: bytes) -> bool:
    return any(mark in content for mark in ENTITIES)


def _lines(file: IO[bytes]) -> Iterator[tuple[int, list[Any]]]:
    file.seek(0)
    try:
        with catch_warnings():
            simplefilter("ignore")  # of openpyxl, about styles and validations it does not keep
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            yield from _cells(workbook)
            workbook.close()
    except SheetError:
        raise
    except Exception as error:  # openpyxl lets every kind of error out of a malformed part
        raise SheetError("파일이 손상되어 읽을 수 없습니다. 엑셀에서 다시 저장해 올려 주세요.") from error


def _cells(workbook: Any) -> Iterator[tuple[int, list[Any]]]:
    sheet = workbook.worksheets[0]
    sheet.reset_dimensions()  # what the file declares as its size may be a lie
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > MAX_ROWS + 1:
            raise SheetError(f"한 번에 {MAX_ROWS:,}줄까지 올릴 수 있습니다. 나누어 올려 주세요.")
        yield number, [_value(cell, number) for cell in cells]


def _value(cell: Any, number: int) -> Any:
    if cell.value is not None and cell.data_type == ERROR_VALUE:
        raise SheetError(f"{number}행에 엑셀 오류값({cell.value})이 있습니다. 고쳐서 다시 올려 주세요.")
    return cell.value


def _values(cells: list[Any], places: dict[str, int], number: int) -> dict[str, Any]:
    values = {
        heading: clean(cells[place]) if place < len(cells) else None for heading, place in places.items()
    }
    for heading, value in values.items():
        if isinstance(value, str) and len(value) > MAX_CELL:
            raise SheetError(f"{number}행의 ‘{heading}’이 너무 깁니다. {MAX_CELL:,}자까지 적을 수 있습니다.")
    return values


def _check_headings(found: list[str], known: list[str], required: list[str]) -> None:
    if missing := [heading for heading in required if heading not in found]:
        raise SheetError(
            f"첫째 줄에 있어야 할 제목이 없습니다: {', '.join(missing)}. "
            "양식을 내려받아 그 제목을 그대로 써 주세요."
        )
    if doubled := sorted({heading for heading in known if found.count(heading) > 1}):
        raise SheetError(f"같은 제목이 두 번 있습니다: {', '.join(doubled)}")
