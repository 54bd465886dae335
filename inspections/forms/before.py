"""What was found at an item before, beside its line: last year's answer and results, and repeats."""

from typing import NamedTuple

from inspections.answer_rules import differs
from inspections.answer_texts import answer_text
from inspections.models import Action, Answer


class LastFace(NamedTuple):
    text: str
    opinion: str  # or why the item did not apply
    is_failed: bool
    can_copy: bool  # the opinion, into this year's


class LastFindingFace(NamedTuple):
    """A line of last year's results, with what was demanded and how that stands."""

    text: str
    kind: str
    demands: tuple
    came_back: bool


class StageFace(NamedTuple):
    """The answer to the same item at a stage before this one."""

    name: str
    text: str
    opinion: str  # or why the item did not apply
    is_failed: bool
    is_different: bool


class Before(NamedTuple):
    """Equal where it looks the same, so that lines can be kept by it."""

    last: LastFace | None
    findings: tuple
    repeats: tuple
    stages: tuple
    repeats_url: str  # the page of a repeat without its number; empty: not to be opened from here


def before_of(line, repeats_url=""):
    """Of a sheet_lines.Line, or None if nothing is known of it."""
    if not (line.last or line.last_findings or line.repeats or line.stages):
        return None
    url = repeats_url if line.repeats else ""
    stages = tuple(_stage(line, answer) for answer in line.stages)
    return Before(_last(line.last), tuple(_findings(line)), tuple(line.repeats), stages, url)


def _last(answer):
    if answer is None:
        return None
    said = answer.opinion or answer.not_applicable_reason
    return LastFace(answer_text(answer), said, answer.verdict == Answer.Verdict.FAIL, bool(answer.opinion))


def _stage(line, answer):
    said = answer.opinion or answer.not_applicable_reason
    is_different = line.is_answered and differs(line.item, line.answer, answer)
    return StageFace(
        str(answer.stage), answer_text(answer), said, answer.verdict == Answer.Verdict.FAIL, is_different
    )


def _findings(line):
    """It came back if what was demanded is verified and the item fails again."""
    fails = line.answer is not None and line.answer.verdict == Answer.Verdict.FAIL
    for finding in line.last_findings:
        demands = tuple(
            (one.text, one.status, one.get_status_display(), one.status_on) for one in finding.demands
        )
        is_settled = {status for _, status, *_ in demands} == {Action.Status.VERIFIED}
        yield LastFindingFace(finding.text, finding.get_kind_display(), demands, fails and is_settled)
