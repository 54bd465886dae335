import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation import dates
from notation.weekdays import weekday_mismatches

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "’20. 12. 30.(수)",
        "2021. 1. 14.(목) 14:00",
        "2021.1.14(목)",
        "2020년 12월 30일(수요일)",
        "2020-12-30(수)",
        "’20. 12. 30.(수) ~ 12. 31.(목)",
        "’20. 12. 30.(수) ~ ’21. 1. 4.(월)",
        "(금)액과 2. 3.(일)부 계획",
        "3. 1.(화) 연도를 모르면 판단하지 않음",
        "날짜 없음",
    ],
)
def test_a_right_weekday_is_left_alone(text):
    assert weekday_mismatches(text) == []


@pytest.mark.parametrize(
    ("text", "wrong", "actual"),
    [
        ("점검일시: ’20. 12. 30.(목)", "’20. 12. 30.(목)", "수"),
        ("2021. 1. 14.(금) 결재", "2021. 1. 14.(금)", "목"),
        ("2021.1.14(금)", "2021.1.14(금)", "목"),
        ("2020년 12월 30일(목요일)", "2020년 12월 30일(목요일)", "수"),
        ("’20. 12. 30.(수) ~ 12. 31.(금)", "12. 31.(금)", "목"),
        ("2021. 2. 30.(화)", "2021. 2. 30.(화)", ""),
    ],
)
def test_a_wrong_weekday_is_shown_with_the_true_one(text, wrong, actual):
    (mismatch,) = weekday_mismatches(text)

    assert (mismatch.text, mismatch.actual) == (wrong, actual)
    assert text[mismatch.start : mismatch.end] == wrong


def test_the_message_names_the_true_weekday():
    (mismatch,) = weekday_mismatches("’20. 12. 30.(목)")
    assert mismatch.message == "‘’20. 12. 30.(목)’의 요일이 실제와 다릅니다. (수요일)"


def test_the_message_names_a_day_that_never_was():
    (mismatch,) = weekday_mismatches("2021. 2. 30.(화)")
    assert mismatch.message == "‘2021. 2. 30.(화)’은(는) 없는 날짜입니다."


@given(DAYS, DAYS)
def test_what_we_write_ourselves_is_never_wrong(first, second):
    text = (
        f"{dates.short_range(first, second, with_weekday=True)} {dates.long_date(first, with_weekday=True)}"
    )
    assert weekday_mismatches(text) == []


@given(DAYS, st.sampled_from(dates.WEEKDAYS))
def test_every_wrong_weekday_is_found(day, written):
    text = f"{dates.long_date(day)}({written})"
    assert len(weekday_mismatches(text)) == (written != dates.weekday(day))


@given(st.text())
def test_any_text_can_be_checked(text):
    weekday_mismatches(text)
