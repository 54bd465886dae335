import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation import marks
from notation.marks import clean_pasted, split_mark
from reports.rendering import fonts


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("\U000f03c5 점검개요", "□ 점검개요"),
        ("\U000f02b1 회계", "① 회계"),
        ("\U000f02cf 회계", "② 회계"),
        ("\uf06f 점검", "□ 점검"),
        ("\uf0a7 위탁금", "■ 위탁금"),
        ("\uf0e8 지급", "→ 지급"),
        ("\ue123 모름", "· 모름"),
        ("ㅇ 공통지표", "○ 공통지표"),
        ("❍ 공통지표", "○ 공통지표"),
        ("  – 위탁금", "  - 위탁금"),
        ("ㆍ 연차", "· 연차"),
        ("가\u3000나\u00a0다\t라", "가 나 다 라"),
        ("가\u200b나\ufeff", "가나"),
        ("첫 줄\r\n둘째 줄", "첫 줄\n둘째 줄"),
        ("지도ㆍ점검 – 결과", "지도ㆍ점검 – 결과"),  # within a line they are letters, not marks
    ],
)
def test_pasted_marks_become_ours(pasted, expected):
    assert clean_pasted(pasted) == expected


def test_decomposed_hangul_is_composed():
    assert clean_pasted(unicodedata.normalize("NFD", "점검")) == "점검"


@pytest.mark.parametrize(
    ("line", "mark", "text"),
    [
        ("□ 점검개요", "□", "점검개요"),
        ("  1) 점검일시", "1)", "점검일시"),
        ("가. 위탁 개요", "가.", "위탁 개요"),
        ("(1) 예산", "(1)", "예산"),
        ("① 예산", "①", "예산"),
        ("※ 연기", "※", "연기"),
        ("점검개요", "", "점검개요"),
        ("다함. 그리고", "", "다함. 그리고"),
        ("-함", "", "-함"),
    ],
)
def test_a_line_is_split_into_mark_and_text(line, mark, text):
    assert split_mark(line) == (mark, text)


@given(st.text())
def test_nothing_private_survives_and_cleaning_twice_changes_nothing(text):
    cleaned = clean_pasted(text)

    assert not marks.PRIVATE_USE.search(cleaned)
    assert clean_pasted(cleaned) == cleaned


def test_every_mark_we_map_to_can_be_printed():
    printed = "".join([*marks.HANGUL_MARKS.values(), *marks.SYMBOL_FONT.values(), *marks.LOOKALIKES.values()])
    assert fonts.not_covered(printed) == ""
