# ruff: noqa: RUF001  apostrophes as people type them
"""Dates in running text whose written weekday is wrong. That is common; we warn, never correct."""

import datetime as dt
import re
from dataclasses import dataclass

from notation.dates import WEEKDAYS

CENTURY = 2000

# ’20. 12. 30.(수) · 2020.12.30(수) · 2020-12-30(수) · 2020년 12월 30일(수요일) · after a year, 12. 31.(목)
WRITTEN = re.compile(
    r"""
    (?<!\d)
    (?: (?P<year>\d{4}|[’‘'`´]\s?\d{2}) \s* [.\-/년] \s* )?
    (?P<month>\d{1,2}) \s* [.\-/월] \s*
    (?P<day>\d{1,2}) \s* (?:\.|일)?
    \s* \( \s* (?P<weekday>[월화수목금토일]) (?:요일)? (?=\s*[),·/~\s\d])
    """,
    re.VERBOSE,
)
YEAR = re.compile(r"(?<!\d)(?:(\d{4})(?=\s*[.\-/년])|[’‘'`´]\s?(\d{2})(?=\s*[.년]))")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """`text` is what stands in the paper; `actual` is the true weekday, or empty if there is no such date."""

    start: int
    end: int
    text: str
    written: str
    actual: str

    @property
    def message(self) -> str:
        if not self.actual:
            return f"‘{self.text}’은(는) 없는 날짜입니다."
        return f"‘{self.text}’의 요일이 실제와 다릅니다. ({self.actual}요일)"


def weekday_mismatches(text: str) -> list[Mismatch]:
    """Every date whose weekday is wrong, in order; a date without any year before it is left alone."""
    found = []
    for match in WRITTEN.finditer(text):
        year = _year(match, text)
        if year is None:
            continue
        actual = _weekday(year, int(match["month"]), int(match["day"]))
        if actual != match["weekday"]:
            end = text.find(")", match.end()) + 1 or match.end()
            shown = text[match.start() : end] if end - match.end() < 4 else match[0]
            found.append(Mismatch(match.start(), match.start() + len(shown), shown, match["weekday"], actual))
    return found


def _year(match: re.Match[str], text: str) -> int | None:
    if match["year"]:
        return _full(match["year"])
    before = list(YEAR.finditer(text, 0, match.start()))
    return _full(before[-1][1] or before[-1][2]) if before else None


def _full(written: str) -> int:
    digits = written[-4:] if len(written) == 4 and written.isdigit() else written[-2:]
    return int(digits) if len(digits) == 4 else CENTURY + int(digits)


def _weekday(year: int, month: int, day: int) -> str:
    try:
        return WEEKDAYS[dt.date(year, month, day).weekday()]
    except ValueError:
        return ""
