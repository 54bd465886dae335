"""Which days are no working days in Korea: weekends, the holidays of the law, and the city's own table.

The law's days come from the package `holidays`, which knows 대체공휴일 and 임시공휴일 up to its release.
"""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

import holidays

WEEKEND = {5: "토요일", 6: "일요일"}


class Calendar:
    """Call it with a day: the name of what makes it a day of rest, or nothing.

    `extra` names further days of rest (day → name); a day whose name is empty is worked on, whatever the list
    of the law says.
    """

    def __init__(self, extra: Mapping[dt.date, str] | None = None):
        self.extra = dict(extra or {})

    def __call__(self, day: dt.date) -> str:
        if day in self.extra:
            return self.extra[day]
        return law(day.year).get(day, "") or WEEKEND.get(day.weekday(), "")


@lru_cache(maxsize=32)
def law(year: int) -> dict[dt.date, str]:
    """The holidays of one year, with their Korean names."""
    return dict(holidays.country_holidays("KR", years=year, language="ko"))


def known_until() -> str:
    """The release of the list, for the page where the table is kept."""
    return str(holidays.__version__)
