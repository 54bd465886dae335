"""단계: the sheet as the contractor (자체점검) or a district (1차) filled it in, beside the inspection's own.

What they answered is entered here by an official from their paper, or by a member of the team from outside.
It never counts as an answer of the inspection; the answers are saved by answering.save_answers(stage=…).
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from audit import clock
from audit.recording import record
from inspections import sheets
from inspections.answer_rules import differs
from inspections.answer_texts import answer_text
from inspections.models import Stage
from inspections.sheet_lines import Line, asked
from inspections.snapshots import changes, snapshot
from inspections.workflow import StaleError, TransitionError, given, lock_open, lock_stage

ORDER = {kind: order for order, kind in enumerate(Stage.Kind.values)}


@dataclass
class Row:
    """One line of the sheet with an answer, or None, for each stage and the inspection's own behind them."""

    line: Line
    answers: list

    @property
    def cells(self):
        """(answer, in words) in the order of the columns."""
        return [(answer, self._in_words(answer)) for answer in self.answers]

    def _in_words(self, answer):
        if answer is None or not answer.is_answered:
            return ""
        answer.item = self.line.item
        return answer_text(answer)

    @property
    def is_different(self):
        given = [answer for answer in self.answers if answer and answer.is_answered]
        return any(differs(self.line.item, given[0], other) for other in given[1:])


@transaction.atomic
def add(inspection, *, by, kind, **fields):
    """`fields`: organisation, starts_on, ends_on."""
    inspection = lock_open(inspection, by)
    if inspection.checklist_id is None:
        raise TransitionError("점검표 없이 하는 점검에는 단계를 둘 수 없습니다.")
    if inspection.stages.filter(kind=kind).exists():
        raise TransitionError(f"이미 있는 단계입니다: {Stage.Kind(kind).label}")
    stage = Stage(inspection=inspection, kind=kind, order=ORDER[kind], **_checked(fields))
    stage.save(force_insert=True)
    record("add_stage", stage, by=by, chain=inspection, stage=snapshot(stage))
    return stage


@transaction.atomic
def change(stage, *, by, version, **fields):
    inspection = lock_open(stage.inspection, by)
    before = snapshot(stage)
    fields = _checked(fields)
    if not Stage.objects.filter(pk=stage.pk, version=version).update(version=F("version") + 1, **fields):
        raise StaleError(Stage.objects.filter(pk=stage.pk).first())
    stage.refresh_from_db()
    record("change_stage", stage, by=by, chain=inspection, changes=changes(before, snapshot(stage)))
    return stage


@transaction.atomic
def remove(stage, *, by):
    """Only while nothing was answered there."""
    inspection = lock_open(stage.inspection, by)
    if stage.answers.exists():
        raise TransitionError("답이 있는 단계는 지울 수 없습니다.")
    record("remove_stage", stage, by=by, chain=inspection, was=snapshot(stage))
    stage.delete()


@transaction.atomic
def submit(stage, *, by):
    """The contractor sends what it filled in; from then on it reads only. Sent twice it stays sent once."""
    inspection = lock_stage(stage, by)
    now = clock.now()
    sent = Stage.objects.filter(pk=stage.pk, submitted_at=None).update(submitted_at=now, submitted_by=by)
    if sent:
        record("submit_stage", stage, by=by, chain=inspection)
    return stage


@transaction.atomic
def give_back(stage, *, by, reason):
    """The office lets the contractor fill it in once more."""
    inspection = lock_open(stage.inspection, by)
    Stage.objects.filter(pk=stage.pk).update(submitted_at=None, submitted_by=None)
    record("give_back_stage", stage, by=by, chain=inspection, reason=given(reason))


def compared(inspection, stages):
    """The groups of the sheet, each with `rows`: what every stage and the inspection itself answered."""
    groups = sheets.fill(inspection, sheets.progress(inspection), with_last=False)
    by_stage = [_lines_by_place(stage) for stage in stages]
    for group in groups:
        group.rows = [
            Row(line, [*(known.get(line.place) for known in by_stage), line.answer])
            for line in asked(group.lines)
        ]
    return groups


def _lines_by_place(stage):
    return {(answer.item_id, answer.site_id): answer for answer in stage.answers.all()}


def _checked(fields):
    start, end = fields.get("starts_on"), fields.get("ends_on")
    if not fields["organisation"].strip():
        raise TransitionError("작성 기관을 적어 주세요.")
    if start and end and end < start:
        raise TransitionError("종료일이 시작일보다 앞섭니다.")
    return fields | {"organisation": fields["organisation"].strip()}
