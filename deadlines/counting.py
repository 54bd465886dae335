"""How a period of law is counted, with the way it was counted in words.

Rules: 민법 제155조–제161조 and 행정기본법 제6조. The first day does not count; a period of months ends with
the day that corresponds to its first; a last day on a Saturday, a Sunday or a holiday moves to the next
working day. 행정기본법 제6조제2항: where a right is taken away or a duty goes on (정지 …), the first day
counts and the last stays.

Pure: days in, days and Korean sentences out. Errors: a length below 1 raises ValueError.
"""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from notation.dates import long_date

ONE = dt.timedelta(days=1)
Rest = Callable[[dt.date], str]  # the name of what makes the day no working day, or nothing


class Unit(StrEnum):
    DAY = "day"
    BUSINESS_DAY = "business"
    MONTH = "month"


UNIT_WORDS = {Unit.DAY: "일", Unit.BUSINESS_DAY: "영업일", Unit.MONTH: "개월"}


@dataclass(frozen=True)
class Rule:
    """`length` units from a day on. `counts_first`: that day is one of them; `moves`: off a day of rest."""

    length: int
    unit: Unit = Unit.DAY
    counts_first: bool = False
    moves: bool = True

    def __post_init__(self):
        if self.length < 1:
            raise ValueError("A period has at least one day or month.")

    def __str__(self):
        first = "첫날을 넣어" if self.counts_first else "첫날을 빼고"
        last = "마지막 날이 쉬는 날이면 다음 일하는 날" if self.moves else "마지막 날 그대로"
        return f"{first} {self.length}{UNIT_WORDS[self.unit]}, {last}"


@dataclass(frozen=True)
class Deadline:
    """The last day of a period, and sentences that say how it was found."""

    day: dt.date
    told: tuple[str, ...]

    def __str__(self):
        return f"{_word(self.day)}: {' '.join(self.told)}"


def deadline(start: dt.date, rule: Rule, rest: Rest) -> Deadline:
    """The last day of a period that `start` sets going."""
    first = start if rule.counts_first else start + ONE
    told = [f"{_word(first)}부터 셉니다({'첫날을 넣음' if rule.counts_first else '첫날은 넣지 않음'})."]
    last = _last(first, rule, rest)
    told.append(f"{rule.length}{UNIT_WORDS[rule.unit]}째 되는 날은 {_word(last)}입니다.")
    if rule.moves and (name := rest(last)):
        working = next_working(last, rest)
        told.append(f"그날이 쉬는 날({name})이어서 다음 일하는 날인 {_word(working)}까지입니다.")
        last = working
    return Deadline(last, tuple(told))


def latest_notice(event: dt.date, days: int) -> dt.date:
    """The last day on which an `event` can be announced "`days` days before": neither end is counted."""
    return event - (days + 1) * ONE


def has_ended(deadline_day: dt.date, today: dt.date) -> bool:
    """A period ends with the end of its last day (민법 제159조)."""
    return today > deadline_day


def days_left(deadline_day: dt.date, today: dt.date) -> int:
    """0 on the last day, negative when it is over."""
    return (deadline_day - today).days


def days_told(deadline_day: dt.date, today: dt.date) -> str:
    """3일 남음, 오늘까지, 3일 지남"""
    left = days_left(deadline_day, today)
    return "오늘까지" if left == 0 else f"{left}일 남음" if left > 0 else f"{-left}일 지남"


def occasion(deadline_day: dt.date, today: dt.date) -> str:
    """On which occasion one is reminded today: d7, d3, d0, late1 (the week after) …, or nothing yet."""
    left = days_left(deadline_day, today)
    if left > 7:
        return ""
    if left > 0:
        return "d3" if left <= 3 else "d7"
    return "d0" if left == 0 else f"late{-(left // 7)}"


def next_working(day: dt.date, rest: Rest) -> dt.date:
    """The day itself or the first one after it that is a working day."""
    while rest(day):
        day += ONE
    return day


def _last(first: dt.date, rule: Rule, rest: Rest) -> dt.date:
    if rule.unit == Unit.DAY:
        return first + (rule.length - 1) * ONE
    if rule.unit == Unit.MONTH:
        return _month_after(first, rule.length)
    day = next_working(first, rest)
    for _ in range(rule.length - 1):
        day = next_working(day + ONE, rest)
    return day


def _month_after(first: dt.date, months: int) -> dt.date:
    """The day before the corresponding one, or the last of a month that has none (민법 제160조)."""
    index = first.year * 12 + first.month - 1 + months
    year, month = divmod(index, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    if first.day > longest:
        return dt.date(year, month + 1, longest)
    return dt.date(year, month + 1, first.day) - ONE


def _word(day: dt.date) -> str:
    return long_date(day, with_weekday=True)
