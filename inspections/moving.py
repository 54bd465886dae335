"""점검표 판 옮기기: an open inspection goes over to a newer version of its sheet, with what was filled in.

Answers, files and findings follow their items. An answer that the new version has no place for stays in the
history with all its words. A closed inspection never moves; the database refuses it too.
"""

import hashlib
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from django.db import transaction
from django.db.models import F

from audit.recording import record
from inspections.answer_rules import ANSWER_FIELD, FIELDS, Given, faults_of, verdict_of
from inspections.answer_texts import answer_text
from inspections.checklist_diff import Difference, difference
from inspections.models import Answer, Checklist, Finding, Inspection, StageAnswer
from inspections.sheet_lines import with_site_rows
from inspections.workflow import StaleError, TransitionError, lock_open


@dataclass(frozen=True)
class Outlook:
    """What a move would do: what differs, the answers that follow, and those only the history keeps."""

    difference: Difference
    moved: list
    left: list
    homeless: list  # indicators with findings that the new version does not have

    @property
    def left_in_words(self):
        """What only the history will keep: item, text, answer, opinion … of each."""
        return [_told(answer) for answer in self.left]

    @property
    def fingerprint(self):
        """Changes when something else would be left behind than was shown."""
        told = sorted((answer._meta.label, answer.pk, answer.version) for answer in self.left)
        return hashlib.sha256(repr(told).encode()).hexdigest()


def newer_version(inspection):
    """The newest published version of the inspection's sheet, or None if it uses that one."""
    if not (inspection.checklist_id and inspection.is_open):
        return None
    sheet = inspection.checklist
    versions = Checklist.objects.published().filter(name=sheet.name, version__gt=sheet.version)
    return versions.order_by("-version").first()


def outlook(inspection, checklist):
    """Before the move: seven queries."""
    found = difference(inspection.checklist, checklist)
    moved, left = [], []
    sites = list(inspection.sites.all())
    for item in filter(None, found.pairs.values()):
        with_site_rows(item, sites)
    stage_answers = StageAnswer.objects.filter(stage__inspection=inspection)
    related = ("item__indicator", "site")
    own = inspection.answers.select_related(*related)
    for answer in chain(own, stage_answers.select_related("stage", *related)):
        fits = _fits(answer, found.pairs.get(answer.item), has_sites=bool(sites))
        (moved if fits else left).append(answer)
    indicators = {indicator.key for indicator in checklist.indicators.all()}
    findings = inspection.findings.filter(indicator__isnull=False).select_related("indicator")
    homeless = {line.indicator for line in findings if line.indicator.key not in indicators}
    return Outlook(found, moved, left, sorted(homeless, key=attrgetter("order")))


@transaction.atomic
def move(inspection, checklist, *, by, version, fingerprint):
    """Move what an Outlook of this fingerprint showed: no answer saved since then drops out unseen."""
    inspection = lock_open(inspection, by)
    _check(inspection, checklist)
    seen = outlook(inspection, checklist)
    if inspection.version != version or seen.fingerprint != fingerprint:
        raise StaleError(inspection)
    if seen.homeless:
        names = ", ".join(map(str, seen.homeless))
        raise TransitionError(
            f"점검결과를 적은 지표가 새 판에 없습니다: {names}. 그 줄을 먼저 옮기거나 지우세요."
        )
    before = str(inspection.checklist)
    waived = _move_indicators(inspection, checklist)
    _move_items(inspection, seen)
    Inspection.objects.filter(pk=inspection.pk).update(checklist=checklist, version=F("version") + 1)
    told = {"left": seen.left_in_words, "exemptions": waived}
    record("move_sheet", inspection, by=by, before=before, after=str(checklist), **told)
    inspection.refresh_from_db()
    return inspection


def _check(inspection, checklist):
    sheet = inspection.checklist
    is_newer = sheet and checklist.name == sheet.name and checklist.version > sheet.version
    if not is_newer or checklist.status != Checklist.Status.PUBLISHED:
        raise TransitionError("같은 점검표의 더 새로운 확정판으로만 옮길 수 있습니다.")


def _fits(answer, item, *, has_sites):
    """The new item is asked at the same places, takes the same kind of answer, and this very one."""
    if item is None or ANSWER_FIELD[item.answer_type] != ANSWER_FIELD[answer.item.answer_type]:
        return False
    if bool(answer.site_id) != (item.is_per_site and has_sites):
        return False
    return ANSWER_FIELD[item.answer_type] not in faults_of(_given(answer, item))


def _given(answer, item):
    return Given(item, answer.version, site=answer.site, **{name: getattr(answer, name) for name in FIELDS})


def _move_items(inspection, seen):
    pairs = seen.difference.pairs
    for answer in seen.moved:
        answer.item = pairs[answer.item]
        answer.verdict = verdict_of(_given(answer, answer.item))
    for model in (Answer, StageAnswer):
        model.objects.filter(pk__in=[answer.pk for answer in seen.left if isinstance(answer, model)]).delete()
        moved = [answer for answer in seen.moved if isinstance(answer, model)]
        model.objects.bulk_update(moved, ["item", "verdict"])
    new = {old.pk: match and match.pk for old, match in pairs.items()}
    files = list(inspection.evidence.filter(item__isnull=False))
    for evidence in files:
        evidence.item_id = new.get(evidence.item_id)
    inspection.evidence.bulk_update(files, ["item"])
    for line in inspection.findings.prefetch_related("items"):
        if line.items.all():
            line.items.set([new[item.pk] for item in line.items.all() if new.get(item.pk)])


def _move_indicators(inspection, checklist):
    """Findings and exemptions to the indicator of the same name; returned are exemptions that have none."""
    indicators = {indicator.key: indicator for indicator in checklist.indicators.all()}
    lines = list(inspection.findings.filter(indicator__isnull=False).select_related("indicator"))
    for line in lines:
        line.indicator = indicators[line.indicator.key]
    Finding.objects.bulk_update(lines, ["indicator"])
    gone = []
    for exemption in inspection.exemptions.select_related("indicator"):
        if indicator := indicators.get(exemption.indicator.key):
            exemption.indicator = indicator
            exemption.save(update_fields=["indicator"])
        else:
            gone.append({"indicator": str(exemption.indicator), "reason": exemption.reason})
            exemption.delete()
    return gone


def _told(answer):
    place = {"site": str(answer.site)} if answer.site else {}
    if isinstance(answer, StageAnswer):
        place["stage"] = str(answer.stage)
    said = {"answer": answer_text(answer), "opinion": answer.opinion, "reason": answer.not_applicable_reason}
    return {"item": answer.item.code, "text": answer.item.text, **place, **said}
