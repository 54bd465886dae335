"""완료 전 확인: what is missing from an inspection (blocks) and what is odd about it (warns)."""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse

from audit import clock
from inspections import sheets
from inspections.formality import formality, same_opinions
from inspections.models import Action, Answer, ChecklistItem, Inspection, WaivedWarning
from inspections.sheet_lines import asked
from notation.dates import long_date
from notation.weekdays import weekday_mismatches

Rule = ChecklistItem.Rule
OFTEN = 5  # the same opinion at so many items looks copied


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, and the place where it can be put right."""

    text: str
    url_name: str
    args: tuple
    fragment: str = ""
    what: str = ""  # 미응답, 증빙 없음 …
    where: str = ""  # the indicator

    @property
    def url(self):
        return reverse(self.url_name, args=self.args) + self.fragment


@dataclass(frozen=True)
class Oddity(Gap):
    """One thing to look at again. `waiver` says why somebody left it as it is."""

    kind: str = ""
    waiver: WaivedWarning | None = None

    @property
    def key(self):
        about = f"{self.text}|{self.args}|{self.fragment}".encode()
        return f"{self.kind}:{hashlib.blake2b(about, digest_size=12).hexdigest()}"


def missing(inspection, groups=None):
    """The gaps that keep an inspection from being completed. A sheet is not one: some go without."""
    answers = _missing_answers(inspection, _groups(inspection, groups))
    return [*_missing_plan(inspection), *_unchecked_actions(inspection), *answers]


def open_before(inspection):
    """What this office demanded at the subject before this inspection and is still not done."""
    earlier = Action.objects.open(clock.today()).filter(
        inspection__subject=inspection.subject_id, inspection__department=inspection.department_id,
        inspection__status=Inspection.Status.DONE, inspection__part__starts_on__lte=inspection.part.starts_on,
    )  # fmt: skip
    return earlier.exclude(inspection=inspection.pk).order_by("inspection__part__starts_on", "position", "pk")


def counted(gaps):
    """미응답 2 · 증빙 없음 1"""
    return " · ".join(f"{what} {count}" for what, count in Counter(gap.what for gap in gaps).items() if what)


def by_place(gaps):
    """The gaps as lists, one for each indicator; what is no item's stands alone."""
    return [
        {"where": where, "gaps": same, "counted": counted(same)}
        for where, same in ((where, list(same)) for where, same in groupby(gaps, key=lambda gap: gap.where))
    ]


def odd(inspection, groups=None):
    """What deserves a second look, with the reasons given for leaving it as it is."""
    groups = _groups(inspection, groups)
    findings = list(inspection.findings.exclude(text=""))
    oddities = [
        *_odd_visits(inspection),
        *_all_alike(inspection, groups),
        *_same_opinions(inspection, groups),
        *_rushed(inspection, groups),
        *_failures_without_finding(inspection, groups, findings),
        *_wrong_weekdays(inspection, groups, findings),
    ]
    waivers = {waiver.key: waiver for waiver in inspection.waived_warnings.select_related("waived_by")}
    return [_with_waiver(oddity, waivers.get(oddity.key)) for oddity in oddities]


def _groups(inspection, groups):
    if groups is None:
        groups = sheets.fill(inspection, sheets.progress(inspection), with_last=False)
    return [replace(group, lines=asked(group.lines)) for group in groups if not group.exemption]


def _with_waiver(oddity, waiver):
    return replace(oddity, waiver=waiver)


# Missing --------------------------------------------------------------------------------------------------


def _missing_plan(inspection):
    if not inspection.team.exists():
        yield Gap("점검자가 없습니다.", "inspections:detail", (inspection.pk,))
    is_on_site = not inspection.methods or inspection.Method.ON_SITE in inspection.methods
    if is_on_site and not inspection.visits.filter(withdrawn_at=None).exists():
        yield Gap("방문한 날이 없습니다.", "inspections:visits", (inspection.pk,))


def _unchecked_actions(inspection):
    unchecked = open_before(inspection).exclude(checks__inspection=inspection.pk)
    for action in unchecked:
        text = f"지난 조치를 확인하지 않음: {action}"
        place = ("follow_up:past_actions", (inspection.pk,), f"#action-{action.pk}")
        yield Gap(text, *place, what="지난 조치 미확인")


def _missing_answers(inspection, groups):
    for group in groups:
        for line in group.lines:
            for text in _missing_at(line):
                told = f"{line.code} {text}: {line.item.text}"
                yield _at(Gap, inspection, line, told, what=text, where=str(group.indicator))


def _missing_at(line):
    item, answer = line.item, line.answer
    if answer is None or not answer.is_answered:
        return ["미응답" if answer is None or not answer.cells else "일부만 답함"]
    if answer.is_not_applicable:
        return [] if answer.not_applicable_reason else ["해당사항 없음의 까닭 없음"]
    texts = []
    if _is_required(item.note_rule, answer) and not answer.opinion:
        texts.append("의견 없음")
    if _is_required(item.evidence_rule, answer) and not line.files:
        texts.append("증빙 없음")
    return texts


def _is_required(rule, answer):
    return rule == Rule.REQUIRED or (rule == Rule.ON_FAIL and answer.verdict == Answer.Verdict.FAIL)


# Odd ------------------------------------------------------------------------------------------------------


def _odd_visits(inspection):
    part, place = inspection.part, ("inspections:visits", (inspection.pk,))
    first, last = part.starts_on, part.ends_on
    for visit in inspection.visits.filter(withdrawn_at=None):
        days = long_date(visit.starts_on, with_weekday=True)
        if visit.ends_on != visit.starts_on:
            days += f" ~ {long_date(visit.ends_on, with_weekday=True)}"
        if part.precision == "month":
            is_outside = _month(visit.starts_on) < _month(first) or _month(visit.ends_on) > _month(last)
        else:
            is_outside = visit.starts_on < first or visit.ends_on > last
        if is_outside:
            yield Oddity(f"방문일({days})이 점검 회차의 기간을 벗어납니다.", *place, kind="outside")
        if visit.starts_on > clock.today():
            yield Oddity(f"방문일({days})이 아직 오지 않았습니다.", *place, kind="future")


def _month(day):
    return day.year, day.month


def _all_alike(inspection, groups):
    for group in groups:
        answers = [line.answer for line in group.lines if line.answer and line.answer.verdict]
        is_silent = not any((line.answer and line.answer.opinion) or line.files for line in group.lines)
        verdicts = {answer.verdict for answer in answers} - {Answer.Verdict.NEUTRAL}
        if is_silent and verdicts == {Answer.Verdict.PASS}:
            text = f"{group.indicator}: 의견이나 증빙 하나 없이 모두 적정입니다."
            yield Oddity(text, "inspections:indicator", (inspection.pk, group.indicator.pk), kind="alike")


def _same_opinions(inspection, groups):
    for opinion, same in same_opinions([line for group in groups for line in group.lines], OFTEN):
        codes = ", ".join(line.code for line in same)
        text = f"같은 의견이 {len(same)}곳({codes})에 있습니다: {opinion[:80]}"
        yield _at(Oddity, inspection, same[0], text, kind="same")


def _rushed(inspection, groups):
    found = formality(groups, [])
    if found.rushed:
        text = f"{found.answered}개 항목이 모두 1분 안에 답한 것으로 되어 있습니다."
        yield Oddity(text, "inspections:checklist", (inspection.pk,), kind="rushed")


def _failures_without_finding(inspection, groups, findings):
    with_findings = {finding.indicator_id for finding in findings}
    for group in groups:
        failed = [line for line in group.lines if line.answer and line.answer.verdict == Answer.Verdict.FAIL]
        if failed and group.indicator.pk not in with_findings:
            codes = ", ".join(line.code for line in failed)
            text = f"{group.indicator}: 부적정({codes})이 있는데 점검결과에 적은 것이 없습니다."
            yield Oddity(text, "inspections:findings", (inspection.pk,), kind="unwritten")


def _wrong_weekdays(inspection, groups, findings):
    for group in groups:
        for line in group.lines:
            written = [line.answer.text, line.answer.opinion] if line.answer else []
            written += [evidence.caption for evidence in line.files]
            for mismatch in weekday_mismatches("\n".join(written)):
                yield _at(Oddity, inspection, line, f"{line.code}: {mismatch.message}", kind="weekday")
    written = [finding.text for finding in findings]
    written += inspection.actions.values_list("text", flat=True)
    for text in written:
        for mismatch in weekday_mismatches(text):
            message = f"점검결과 ‘{text[:40]}’: {mismatch.message}"
            yield Oddity(message, "inspections:findings", (inspection.pk,), kind="weekday")


def _at(kind_of_gap, inspection, line, text, **kwargs):
    place = (inspection.pk, line.item.indicator_id)
    return kind_of_gap(text, "inspections:indicator", place, f"#item-{line.key}", **kwargs)
