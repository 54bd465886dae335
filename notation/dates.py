"""Dates and times as official papers write them: `2021. 1. 14.` in letters, `’20. 12. 30.(수)` in reports."""

import datetime as dt

WEEKDAYS = "월화수목금토일"
UNTIL_NOW = " 현재"


def weekday(day: dt.date) -> str:
    return WEEKDAYS[day.weekday()]


def long_date(day: dt.date, *, with_weekday: bool = False) -> str:
    """2021. 1. 14. or 2021. 1. 14.(목)"""
    return f"{day.year}. {day.month}. {day.day}.{_bracketed(day, with_weekday)}"


def short_date(day: dt.date, *, with_weekday: bool = True) -> str:
    """’20. 12. 30.(수) or ’20. 12. 30."""
    return f"’{_short_year(day)}. {day.month}. {day.day}.{_bracketed(day, with_weekday)}"


def long_month(day: dt.date) -> str:
    """2021. 1."""
    return f"{day.year}. {day.month}."


def short_month(day: dt.date) -> str:
    """’20. 12월"""
    return f"’{_short_year(day)}. {day.month}월"


def month_day(day: dt.date) -> str:
    """01/14, as it stands over the last name of the approval line."""
    return f"{day.month:02}/{day.day:02}"


def clock(time: dt.time | dt.datetime) -> str:
    return f"{time.hour:02}:{time.minute:02}"


def clock_range(start: dt.time, end: dt.time) -> str:
    """14:00 ~ 17:30"""
    return f"{clock(start)} ~ {clock(end)}"


def moment(at: dt.datetime) -> str:
    """2021. 1. 14. 14:03; the caller brings a moment in local time."""
    return f"{long_date(at)} {clock(at)}"


def long_range(
    start: dt.date,
    end: dt.date | None,
    *,
    with_weekday: bool = False,
    month_start: bool = False,
    month_end: bool = False,
    until_now: bool = False,
) -> str:
    """2020. 1. 1. ~ 2020. 12. 31.; an end known only to its month, and `현재`, as in `short_range`."""
    first = long_month(start) if month_start else long_date(start, with_weekday=with_weekday)
    if end is None:
        return _open_range(first, until_now)
    last = long_month(end) if month_end else long_date(end, with_weekday=with_weekday)
    return _joined(first, last, until_now)


def short_range(
    start: dt.date,
    end: dt.date | None,
    *,
    with_weekday: bool = False,
    month_start: bool = False,
    month_end: bool = False,
    until_now: bool = False,
) -> str:
    """’20. 1. 1. ~ ’20. 12월 현재 with month_end and until_now."""
    first = short_month(start) if month_start else short_date(start, with_weekday=with_weekday)
    if end is None:
        return _open_range(first, until_now)
    last = short_month(end) if month_end else short_date(end, with_weekday=with_weekday)
    return _joined(first, last, until_now)


def _short_year(day: dt.date) -> str:
    return f"{day.year % 100:02}"


def _bracketed(day: dt.date, wanted: bool) -> str:
    return f"({weekday(day)})" if wanted else ""


def _joined(first: str, last: str, until_now: bool) -> str:
    now = UNTIL_NOW if until_now else ""
    if first == last:
        return f"{first}{now}"
    return f"{first} ~ {last}{now}"


def _open_range(first: str, until_now: bool) -> str:
    return f"{first} ~{UNTIL_NOW if until_now else ''}"
