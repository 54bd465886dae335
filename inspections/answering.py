"""Answering the items of a sheet.

Everything of one inspection is saved under the lock of its row, so that two people who save at once come
one after the other: the second finds the version moved on and is shown both texts. What did not collide
is kept all the same.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from audit import clock
from audit.models import Event
from audit.recording import record
from inspections import sheets, workflow
from inspections.answer_rules import (
    ANSWER_FIELD,
    EMPTY,
    FIELDS,
    NOTHING,
    Given,
    faults_of,
    is_empty,
    plain,
    verdict_of,
)
from inspections.models import Answer, IndicatorExemption, StageAnswer
from inspections.workflow import StaleError, TransitionError, lock_open, lock_stage


@dataclass(frozen=True)
class Collision:
    """One answer that somebody else saved meanwhile: what I gave, and what stands there now."""

    given: Given
    current: Answer


class InvalidAnswerError(TransitionError):
    """An answer against the rules of its item. `faults` says which field and why."""

    def __init__(self, item, faults):
        super().__init__(f"{item.code}: {' '.join(faults.values())}")
        self.faults = faults


def save_indicator(inspection, indicator, answers, *, by):
    """Save what was given for the items of one indicator; see save_answers."""
    if any(given.item.indicator_id != indicator.pk for given in answers):
        raise TransitionError("이 지표에 없는 점검항목입니다.")
    return save_answers(inspection, answers, by=by)


def save_answers(inspection, answers, *, by, stage=None):
    """Save the answers that changed and return how many; the first one starts a planned inspection.

    Those of a `stage` before the inspection are kept apart and start nothing.
    An answer that somebody else has changed since is left as it is. Those are raised as one
    StaleError(collisions) after the others were committed: nobody's work waits for a conflict elsewhere.
    """
    saved, collisions = _save(inspection, answers, by=by, stage=stage)
    if collisions:
        raise StaleError(collisions)
    return saved


@dataclass(frozen=True)
class Saved:
    """One answer as the client will know it: its version, and what was stored."""

    given: Given
    version: int


@transaction.atomic
def save_line(inspection_pk, place, *, by, key, body, read, stage_kind=None):
    """Save one line as it is typed, at most once for each `key`; `read` makes of the line what was given.

    `body` is a digest of the request: a key that comes again with another is refused, with the same it gets
    the same reply and changes nothing. `place` is the (item, site) of a sheet_lines.Line. Few statements: the
    lock asks for the right to see and for the key, and the item comes with its answer.
    """
    inspection = workflow.lock_visible(inspection_pk, by, key=key)
    workflow.check_open(inspection)
    stage = stage_kind and inspection.stages.get(kind=stage_kind)
    line = sheets.line_at(inspection, *place, stage)
    given = _cleaned(read(line))
    if inspection.is_known:
        return Saved(given, _version_of(key, by, body))
    _check_items(inspection, [given])
    current = {line.place: line.answer} if line.answer else {}
    version = line.answer.version if line.answer else 0
    if not _differs(given, line.answer):
        return Saved(given, version)
    if _is_stale(given, current):
        raise StaleError([Collision(given, line.answer)])
    _start(inspection, by, stage)
    _write(inspection, [given], current, by=by, stage=stage, key=key, body=body, version=version + 1)
    return Saved(given, version + 1)


class KeyReusedError(TransitionError):
    """The number of one request on another."""


def _version_of(key, by, body):
    """The version that the request with this key made."""
    detail = Event.objects.get(key=key, actor=by).detail if Event.objects.filter(key=key, actor=by) else {}
    if detail.get("body") != body:
        raise KeyReusedError("이미 다른 내용에 쓰인 요청 번호입니다. 화면을 새로 고친 뒤 다시 저장해 주세요.")
    return detail["version"]


@transaction.atomic
def exempt(inspection, indicator, *, by, reason):
    """A whole indicator does not apply. Its answers stay, marked by the exemption."""
    inspection = lock_open(inspection, by)
    _check_sheet(inspection, [indicator.checklist_id])
    if not reason.strip():
        raise TransitionError("해당사항 없음에는 사유를 적어 주세요.")
    if inspection.exemptions.filter(indicator=indicator).exists():
        raise TransitionError("이미 해당사항 없음으로 둔 지표입니다.")
    _start(inspection, by)
    IndicatorExemption.objects.create(
        inspection=inspection,
        indicator=indicator,
        reason=reason.strip(),
        exempted_by=by,
        exempted_at=clock.now(),
    )
    record("exempt", inspection, by=by, indicator=str(indicator), reason=reason.strip())


@transaction.atomic
def unexempt(inspection, indicator, *, by):
    inspection = lock_open(inspection, by)
    exemption = inspection.exemptions.filter(indicator=indicator).first()
    if exemption is None:
        raise TransitionError("해당사항 없음으로 둔 지표가 아닙니다.")
    record("unexempt", inspection, by=by, indicator=str(indicator), reason=exemption.reason)
    exemption.delete()


@transaction.atomic
def _save(inspection, answers, *, by, stage):
    inspection = lock_stage(stage, by) if stage else lock_open(inspection, by)
    answers = [_cleaned(given) for given in answers]
    _check_items(inspection, answers)
    current = {
        (answer.item_id, answer.site_id): answer
        for answer in (stage or inspection).answers.filter(item__in=[given.item.pk for given in answers])
    }
    changed = [given for given in answers if _differs(given, current.get(given.place))]
    collisions = [Collision(given, current[given.place]) for given in changed if _is_stale(given, current)]
    collided = {collision.given.place for collision in collisions}
    fresh = [given for given in changed if given.place not in collided]
    if fresh:
        _start(inspection, by, stage)
        _write(inspection, fresh, current, by=by, stage=stage)
    return len(fresh), collisions


def _cleaned(given):
    """Without blanks at the ends, and without what this type of item does not take."""
    kept = ANSWER_FIELD[given.item.answer_type]
    texts = {name: _tidy(getattr(given, name)) for name in FIELDS}
    others = {name: empty for name, empty in EMPTY.items() if name != kept}
    if not given.is_not_applicable:
        others["not_applicable_reason"] = ""
    return Given(given.item, given.version, site=given.site, **(texts | others))


def _tidy(value):
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _check_items(inspection, answers):
    _check_sheet(inspection, [given.item.indicator.checklist_id for given in answers])
    sites = set(inspection.sites.values_list("pk", flat=True)) if any(one.site for one in answers) else set()
    for given in answers:
        if given.site and not (given.item.is_per_site and given.site.pk in sites):
            raise TransitionError("이 점검에서 점검하지 않는 장소입니다.")
        if faults := faults_of(given):
            raise InvalidAnswerError(given.item, faults)


def _check_sheet(inspection, checklist_ids):
    if any(pk != inspection.checklist_id for pk in checklist_ids):
        raise TransitionError("이 점검의 점검표에 없는 항목입니다.")


def _start(inspection, by, stage=None):
    if not stage and inspection.status == workflow.Status.PLANNED:
        workflow.start(inspection, by=by)


def _differs(given, answer):
    if answer is None:
        return not all(value is False or is_empty(value) for value in given.fields.values())
    return any(getattr(answer, name) != value for name, value in given.fields.items())


def _is_stale(given, current):
    # Repeating a save that went through is no conflict: it no longer differs and never comes here.
    answer = current.get(given.place)
    return answer is not None and answer.version != given.version


def _write(inspection, answers, current, *, by, stage, **request):
    rows = []
    model, owner = (StageAnswer, {"stage": stage}) if stage else (Answer, {"inspection": inspection})
    for given in answers:
        before = current.get(given.place)
        values = given.fields | {
            "verdict": verdict_of(given),
            "version": before.version + 1 if before else 1,
            "answered_by": by,
            "answered_at": clock.now(),
        }
        place = owner | {"item": given.item, "site": given.site}
        rows.append(model(pk=before and before.pk, **place, **values))
    # One statement for the new ones and one for the others, however many. The versions were compared under
    # the lock of the inspection; so the key tells which is which.
    model.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=[*FIELDS, "verdict", "version", "answered_by", "answered_at"],
    )
    at_stage = {"stage": str(stage)} if stage else {}
    record("answer", inspection, by=by, **at_stage, changes=_changes(answers, current), **request)


def _changes(answers, current):
    """Old and new of every field that changed, item by item."""
    changes = []
    for given in answers:
        before = current.get(given.place)
        old = {name: getattr(before, name) for name in FIELDS} if before else NOTHING
        fields = {
            name: [_json(old[name]), _json(value)]
            for name, value in given.fields.items()
            if old[name] != value
        }
        place = {"site": str(given.site)} if given.site else {}
        changes.append({"item": given.item.code, **place, **fields})
    return changes


def _json(value):
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, dt.date) else value
