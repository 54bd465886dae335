import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation import dates

THURSDAY = dt.date(2021, 1, 14)
START, END = dt.date(2020, 1, 1), dt.date(2020, 12, 30)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (dates.long_date(THURSDAY), "2021. 1. 14."),
        (dates.long_date(THURSDAY, with_weekday=True), "2021. 1. 14.(목)"),
        (dates.short_date(END), "’20. 12. 30.(수)"),
        (dates.short_date(END, with_weekday=False), "’20. 12. 30."),
        (dates.short_date(dt.date(2009, 3, 5), with_weekday=False), "’09. 3. 5."),
        (dates.long_month(THURSDAY), "2021. 1."),
        (dates.short_month(END), "’20. 12월"),
        (dates.month_day(THURSDAY), "01/14"),
        (dates.clock(dt.time(9, 5)), "09:05"),
        (dates.clock_range(dt.time(14), dt.time(17, 30)), "14:00 ~ 17:30"),
        (dates.moment(dt.datetime(2021, 1, 14, 14, 3)), "2021. 1. 14. 14:03"),  # noqa: DTZ001
    ],
)
def test_a_date_is_written_as_papers_write_it(written, expected):
    assert written == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "’20. 1. 1. ~ ’20. 12. 30."),
        ({"with_weekday": True}, "’20. 1. 1.(수) ~ ’20. 12. 30.(수)"),
        ({"month_end": True, "until_now": True}, "’20. 1. 1. ~ ’20. 12월 현재"),
        ({"month_start": True, "month_end": True}, "’20. 1월 ~ ’20. 12월"),
    ],
)
def test_a_range_in_the_style_of_reports(options, expected):
    assert dates.short_range(START, END, **options) == expected


def test_a_range_in_the_style_of_letters():
    assert dates.long_range(START, END) == "2020. 1. 1. ~ 2020. 12. 30."
    assert dates.long_range(START, END, month_start=True, month_end=True) == "2020. 1. ~ 2020. 12."


def test_one_day_is_no_range():
    assert dates.short_range(END, END, with_weekday=True) == "’20. 12. 30.(수)"


def test_an_open_range_ends_with_its_sign():
    assert dates.short_range(START, None) == "’20. 1. 1. ~"
    assert dates.long_range(START, None, until_now=True) == "2020. 1. 1. ~ 현재"


@given(DAYS)
def test_no_number_of_a_date_is_padded(day):
    assert " 0" not in dates.long_date(day)
    assert dates.long_date(day).endswith(".")


@given(DAYS, DAYS)
def test_a_range_never_says_until_twice(first, second):
    assert "까지" not in dates.short_range(first, second)
    assert dates.short_range(first, second).count("~") == (first != second)
