"""Sheets: import into a draft, publish, copy to a new version, retire. Nothing else writes their status.

draft ──publish──▶ published ──retire──▶ retired        a change is a copy: the next version, a draft
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max

from audit import clock
from audit.recording import record
from inspections import checklist_rows, permissions
from inspections.checklist_rules import problems
from inspections.models import Checklist, ChecklistItem, Indicator
from inspections.workflow import TransitionError

Status = Checklist.Status
OUT_OF_THE_WAY = 100_000


class UnfinishedError(TransitionError):
    """The sheet may not be published yet; `problems` says why."""

    def __init__(self, found):
        super().__init__(f"고칠 것이 {len(found)}건 있어 확정할 수 없습니다.")
        self.problems = found


@transaction.atomic
def publish(checklist, *, by):
    """Freeze a draft that has nothing missing. From now on the database refuses any change."""
    checklist = _lock(checklist, by, Status.DRAFT)
    if found := problems(checklist):
        raise UnfinishedError(found)
    checklist.status = Status.PUBLISHED
    checklist.published_at = clock.now()
    checklist.published_by = by
    checklist.save(update_fields=["status", "published_at", "published_by"])
    items = ChecklistItem.objects.filter(indicator__checklist=checklist).count()
    record("publish", checklist, by=by, version=checklist.version, items=items)
    return checklist


@transaction.atomic
def copy(checklist, *, by):
    """The next version as a draft with the same codes, so that answers of two years meet."""
    checklist = _lock(checklist, by, Status.PUBLISHED, Status.RETIRED)
    versions = Checklist.objects.filter(name=checklist.name)
    if draft := versions.filter(status=Status.DRAFT).first():
        raise TransitionError(f"이미 작성 중인 제{draft.version}판이 있습니다. 그 판을 고쳐 주세요.")
    copied = Checklist.objects.create(
        name=checklist.name,
        version=versions.aggregate(last=Max("version"))["last"] + 1,
        guidance=checklist.guidance,
        threshold=checklist.threshold,
        bands=checklist.bands,
        copied_from=checklist,
    )
    _copy_rows(checklist, copied)
    record("copy", copied, by=by, source=str(checklist))
    return copied


@transaction.atomic
def retire(checklist, *, by):
    """No longer offered to new rounds; inspections that use it keep it."""
    checklist = _lock(checklist, by, Status.PUBLISHED)
    checklist.status = Status.RETIRED
    checklist.save(update_fields=["status"])
    record("retire", checklist, by=by, version=checklist.version)
    return checklist


def preview_rows(checklist, table):
    """What the rows of a file would make of the draft."""
    return checklist_rows.plan(checklist, table)[0]


@transaction.atomic
def import_rows(checklist, table, *, by, fingerprint=None):
    """Make the draft what the rows say, and nothing else of it.

    Nothing is stored (`is_done` of the returned plan is False) if a row has an error, or if the rows would no
    longer do what a preview with this fingerprint showed.
    """
    checklist = _lock(checklist, by, Status.DRAFT)
    plan, groups = checklist_rows.plan(checklist, table)
    if plan.has_errors or fingerprint not in (None, plan.fingerprint):
        return plan
    if plan.has_changes:
        checklist.indicators.all().delete()
        _store(checklist, groups)
        record("import", checklist, by=by, rows=dict(plan.counts))
    plan.is_done = True
    return plan


def lock_draft(checklist, *, by):
    """The draft, locked for whoever edits its rows in the admin."""
    return _lock(checklist, by, Status.DRAFT)


def _lock(checklist, by, *statuses):
    if not permissions.can_keep_checklists(by):
        raise PermissionDenied
    checklist = Checklist.objects.select_for_update(of=("self",)).get(pk=checklist.pk)
    if checklist.status not in statuses:
        raise TransitionError(f"‘{checklist.get_status_display()}’ 상태의 점검표에는 할 수 없습니다.")
    return checklist


def _store(checklist, groups):
    for group in groups:
        group.indicator.checklist = checklist
    Indicator.objects.bulk_create([group.indicator for group in groups])
    for group in groups:
        for item in group.items:
            item.indicator = group.indicator
    ChecklistItem.objects.bulk_create([item for group in groups for item in group.items])


def copy_of(row, **place):
    """The row of another sheet, not saved yet, with its new `place` (checklist, indicator, order …)."""
    row.pk, row._state.adding = None, True
    for name, value in place.items():
        setattr(row, name, value)
    return row


def clear_places(checklist_pk):
    """Before indicators are renumbered: two of them may never have the same place, not even for a moment."""
    Indicator.objects.filter(checklist=checklist_pk).update(order=F("order") + OUT_OF_THE_WAY)


def _copy_rows(source, target):
    indicators = list(source.indicators.prefetch_related("items"))
    items = [list(indicator.items.all()) for indicator in indicators]
    indicators = [copy_of(indicator, checklist=target) for indicator in indicators]
    Indicator.objects.bulk_create(indicators)
    copies = [
        copy_of(item, indicator=indicator)
        for indicator, own in zip(indicators, items, strict=True)
        for item in own
    ]
    ChecklistItem.objects.bulk_create(copies)
