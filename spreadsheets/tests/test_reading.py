"""Files that somebody uploads: the good ones are read, all others get one Korean sentence."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from spreadsheets import reading, values, writing

HEADINGS = ["이름", "날짜", "수"]
MIDNIGHT = dt.datetime(2021, 1, 14)  # noqa: DTZ001 - as Excel hands out a date


def workbook(*rows, headings=HEADINGS):
    book = Workbook()
    for row in [headings, *rows]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(content, change):
    """The file with its members changed: {name: bytes or None}."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        members = {member: old.read(member) for member in old.namelist()} | change
        for name, data in members.items():
            if data is not None:
                new.writestr(name, data)
    return stream.getvalue()


def read(content):
    return reading.read(io.BytesIO(content), headings=HEADINGS, required=["이름"])


def test_rows_are_read_by_their_headings_and_cleaned():
    decomposed = "\u1112\u1161\u11ab\u1107\u1175\u11be"  # 한빛 as a Mac writes it
    content = workbook([f" {decomposed}\u200b ", MIDNIGHT, 3.0], [None, None, None], ["'=1+1", None, None])

    table = read(content)

    assert table.rows == [
        reading.Row(2, {"이름": "한빛", "날짜": dt.date(2021, 1, 14), "수": 3}),
        reading.Row(4, {"이름": "=1+1", "날짜": None, "수": None}),
    ]


def test_headings_nobody_asked_for_are_named():
    assert read(workbook(["가", None, None, "x"], headings=[*HEADINGS, "비고"])).ignored == ["비고"]


GOOD = workbook(["가", None, None])
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "엑셀 파일(.xlsx)이 아닙니다."),
        (b"\xed\x95\x9c", "엑셀 파일(.xlsx)이 아닙니다."),
        (b"<html><script>", "엑셀 파일(.xlsx)이 아닙니다."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "암호가 걸렸거나 옛 형식"),
        (b"PK\x03\x04" + b"\0" * 50, "파일이 손상되어"),
        (GOOD[: len(GOOD) // 2], "파일이 손상되어"),
        (repacked(GOOD, {"xl/workbook.xml": None}), "엑셀 파일(.xlsx)이 아닙니다."),
        (repacked(GOOD, {"xl/worksheets/sheet1.xml": b"<worksheet"}), "파일이 손상되어"),
        (repacked(GOOD, {"xl/worksheets/sheet1.xml": DTD}), "문서 형식 선언(DTD)"),
        (repacked(GOOD, {"xl/workbook.xml": DTD.decode().encode("utf-16")}), "문서 형식 선언(DTD)"),
        (repacked(GOOD, {"xl/vbaProject.bin": b"x"}), "매크로가 들어 있는 파일"),
        (repacked(GOOD, {"xl/media/bomb.xml": b"0" * (reading.MAX_UNPACKED_BYTES + 1)}), "너무 큰 파일"),
        (repacked(GOOD, {f"xl/{number}": b"" for number in range(reading.MAX_MEMBERS)}), "너무 큰 파일"),
        (b"PK\x03\x04" + b"\0" * reading.MAX_BYTES, "20MB보다 큽니다"),
        (workbook(["가"], headings=["성명"]), "있어야 할 제목이 없습니다: 이름"),
        (workbook(["가", "나"], headings=["이름", "이름"]), "같은 제목이 두 번 있습니다: 이름"),
        (workbook(), "제목 줄 아래에 내용이 없습니다."),
        (workbook(["#REF!", None, None]), "2행에 엑셀 오류값(#REF!)이 있습니다."),
        (workbook(["가" * 10_001, None, None]), "2행의 ‘이름’이 너무 깁니다."),
    ],
)
def test_a_bad_file_gets_one_sentence(content, sentence):
    with pytest.raises(reading.SheetError) as refused:
        read(content)

    assert sentence in str(refused.value)


def test_too_many_rows_are_refused():
    with pytest.raises(reading.SheetError, match="한 번에 5,000줄까지"):
        read(workbook(*[["가", None, None]] * (reading.MAX_ROWS + 1)))


@pytest.mark.parametrize(
    "sign",
    ["=", "+", "-", "@", "\t=", "\r=", "\uff1d", "\uff0b", "\uff0d", "\uff20", " =", "=cmd|' /C calc'!A0"],
)
def test_no_text_becomes_a_formula(sign):
    content = writing.workbook(("자료", ["이름"], [[f"{sign}1+1"]]))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "'" in sheet
    assert read_back(content) == f"{sign}1+1".strip()


def read_back(content):
    return reading.read(io.BytesIO(content), headings=["이름"], required=["이름"]).rows[0].values["이름"]


def test_what_excel_cannot_hold_is_left_out():
    assert read_back(writing.workbook(("자료", ["이름"], [["가\x00나"]]))) == "가나"


@pytest.mark.parametrize(
    "written", ["2021. 1. 14.", "2021.1.14", "2021-01-14", "2021/1/14", "2021년 1월 14일", "20210114"]
)
def test_a_date_is_read_as_officials_write_it(written):
    assert values.date(written) == dt.date(2021, 1, 14)


@pytest.mark.parametrize(
    ("read_value", "value"),
    [
        (values.date, "2021. 13. 1."),
        (values.date, "내일"),
        (values.date, 44210),
        (values.integer, "1.5"),
        (values.integer, "1e400"),
        (values.decimal, "NaN"),
        (values.decimal, "열"),
        (values.yes_or_no, "글쎄"),
        (values.yes_or_no, None),
        (values.choice({"가": 1}), "나"),
        (values.text, dt.date(2021, 1, 3)),
    ],
)
def test_a_value_that_cannot_be_read_is_said_in_korean(read_value, value):
    with pytest.raises(ValueError, match=r"[가-힣]"):
        read_value(value)
