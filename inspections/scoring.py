"""Points: what a sheet adds up to, the grade by band, and what fails it. Pure; no query is made here.

An item that does not apply, that was not asked or has no answer yet is left out of the points to be had, so
that the figures are those of what was looked at; they are converted to 100 for grades and thresholds.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from inspections.answer_rules import Type, Verdict
from inspections.sheet_lines import asked

HUNDREDTHS = Decimal("0.01")


@dataclass(frozen=True)
class Score:
    """Weighted points of some items: what was reached, what could be, and what was left out."""

    points: Decimal = Decimal(0)
    maximum: Decimal = Decimal(0)
    left_out: Decimal = Decimal(0)
    fails: int = 0

    @property
    def percent(self):
        """Converted to 100, to two places; None where nothing could be had."""
        if not self.maximum:
            return None
        return (self.points / self.maximum * 100).quantize(HUNDREDTHS, ROUND_HALF_UP)

    def __add__(self, other):
        return Score(
            self.points + other.points,
            self.maximum + other.maximum,
            self.left_out + other.left_out,
            self.fails + other.fails,
        )


@dataclass(frozen=True)
class Outcome:
    """What the points of a sheet come to; `failed` are the indicators that had to be passed and were not."""

    score: Score
    grade: str = ""
    is_below: bool = False
    failed: list = field(default_factory=list)

    @property
    def has_points(self):
        return bool(self.score.maximum or self.score.left_out)


def score_of(pairs):
    """The points of (item, answer or None) pairs."""
    return sum((_of_item(item, answer) for item, answer in pairs), Score())


def outcome(checklist, scores):
    """The whole of {indicator: Score}, against the bands and the threshold of the sheet."""
    total = sum(scores.values(), Score())
    percent = total.percent
    return Outcome(
        total,
        grade="" if percent is None else grade_of(percent, checklist.bands),
        is_below=percent is not None and percent < (checklist.threshold or 0),
        failed=[indicator for indicator, score in scores.items() if _is_failed(indicator, score)],
    )


def grade_of(percent, bands):
    """The name of the highest band that is reached; below all bands none."""
    reached = [(Decimal(str(least)), name) for name, least in bands if percent >= Decimal(str(least))]
    return max(reached)[1] if reached else ""


def of_groups(checklist, groups):
    """The outcome of a filled sheet (sheets.Group); indicators that do not apply are left out as a whole."""
    return outcome(
        checklist,
        {
            group.indicator: score_of(
                (line.item, None if group.exemption else line.answer) for line in asked(group.lines)
            )
            for group in groups
        },
    )


def _of_item(item, answer):
    fails = int(answer is not None and answer.verdict == Verdict.FAIL)
    if item.answer_type != Type.SCORE:
        return Score(fails=fails)
    maximum = item.max_score * item.weight
    if answer is None or answer.number is None:
        return Score(left_out=maximum)
    return Score(answer.number * item.weight, maximum)


def _is_failed(indicator, score):
    if indicator.must_reach is None:
        return False
    return bool(score.fails) or (score.percent is not None and score.percent < indicator.must_reach)
