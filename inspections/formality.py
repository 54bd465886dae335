"""형식적 점검의 낌새: how long was looked, how much was written, how fast it was answered.

Nothing here judges: the figures stand before the one who completes and the one who signs.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from inspections.sheet_lines import asked

MINUTE = dt.timedelta(minutes=1)
FEW = 5  # fewer answers may well come in a minute
ALIKE = 3  # the same words at so many items are worth a look


@dataclass(frozen=True)
class Formality:
    """`visited`: hours of the visits, None where a visit has none. `took`: from the first to the last answer.

    `silent`: codes of answered items with neither opinion nor file. `same`: (opinion, codes). `rushed`: codes
    if every answer came within one minute. `fastest`: the most answers within any minute.
    """

    visited: dt.timedelta | None
    took: dt.timedelta | None
    answered: int
    silent: tuple
    same: tuple
    fastest: int
    rushed: tuple

    @property
    def hours_visited(self):
        return spelled(self.visited)

    @property
    def hours_taken(self):
        return spelled(self.took)


def formality(groups, visits):
    """Of the filled groups of a sheet (see sheets.fill) and the visits that took place. No query."""
    lines = [
        line for group in groups if not group.exemption for line in asked(group.lines) if line.is_answered
    ]
    moments = sorted(line.answer.answered_at for line in lines)
    fastest = _most_within(moments, MINUTE)
    is_rushed = len(lines) >= FEW and fastest == len(lines)
    return Formality(
        visited=_hours(visits),
        took=moments[-1] - moments[0] if moments else None,
        answered=len(lines),
        silent=tuple(line.code for line in lines if _is_silent(line)),
        same=tuple((said, tuple(line.code for line in found)) for said, found in same_opinions(lines, ALIKE)),
        fastest=fastest,
        rushed=tuple(line.code for line in lines) if is_rushed else (),
    )


def spelled(time):
    """2시간 5분; empty if it is not known."""
    if time is None:
        return ""
    minutes = int(time.total_seconds() // 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours}시간" if hours else "", f"{minutes}분" if minutes or not hours else ""]
    return " ".join(filter(None, parts))


def _is_silent(line):
    said = line.answer.opinion or line.answer.text or line.answer.not_applicable_reason
    return not said and not line.files


def same_opinions(lines, least):
    """(opinion, its lines) of every opinion that stands at `least` lines or more, whatever their blanks."""
    by_opinion = defaultdict(list)
    for line in lines:
        if line.answer and line.answer.opinion:
            by_opinion[" ".join(line.answer.opinion.split())].append(line)
    return [(opinion, same) for opinion, same in by_opinion.items() if len(same) >= least]


def _most_within(moments, span):
    most = start = 0
    for end, moment in enumerate(moments):
        while moment - moments[start] > span:
            start += 1
        most = max(most, end - start + 1)
    return most


def _hours(visits):
    total = dt.timedelta()
    for visit in visits:
        if not (visit.daily_from and visit.daily_to):
            return None
        day = dt.datetime.combine(visit.starts_on, visit.daily_to) - dt.datetime.combine(
            visit.starts_on, visit.daily_from
        )
        total += day * ((visit.ends_on - visit.starts_on).days + 1)
    return total if visits else None
