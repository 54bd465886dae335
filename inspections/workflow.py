"""The life of an inspection; the only module that writes Inspection.status.

planned ──start──▶ in_progress ──complete──▶ done
   │                   ▲                      │
   │                   └───────reopen(reason)─┘   while no paper on it is in approval or approved
   ├──exclude(reason)──▶ excluded ──restore──▶ planned
   └──give_up(reason)──▶ not_done ──restore──▶ planned
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F

from audit import clock
from audit.models import Event
from audit.recording import record
from inspections import permissions
from inspections.models import Inspection
from inspections.models.inspection import sight_of
from inspections.reviewing import missing
from prepared.queries import PreparedQuery

Status = Inspection.Status

TRANSITIONS = {
    "start": ({Status.PLANNED}, Status.IN_PROGRESS),
    "complete": ({Status.IN_PROGRESS}, Status.DONE),
    "reopen": ({Status.DONE}, Status.IN_PROGRESS),
    "exclude": ({Status.PLANNED}, Status.EXCLUDED),
    "give_up": ({Status.PLANNED, Status.IN_PROGRESS}, Status.NOT_DONE),
    "restore": ({Status.EXCLUDED, Status.NOT_DONE}, Status.PLANNED),
}
# All of the inspection, and of what hangs on it only what the history calls it by.
LOCKED = [*(field.name for field in Inspection._meta.concrete_fields), "subject__name", "part__period__year"]
LABELS = {
    "start": "점검 시작",
    "complete": "점검 완료",
    "reopen": "다시 열기",
    "exclude": "제외",
    "give_up": "미실시 처리",
    "restore": "되돌리기",
}


def _locking(rows):
    # Lock only the inspection: without `of`, the joined rows would be locked too.
    return rows.select_for_update(of=("self",)).select_related("subject", "part__period").only(*LOCKED)


@PreparedQuery
def _locked_in_sight(*, pk, key, **sight):
    known = Exists(Event.objects.filter(key=key))
    return _locking(Inspection.objects.in_sight(**sight)).annotate(is_known=known).filter(pk=pk)


class TransitionError(Exception):
    """Not possible in the present state. The message is for the user."""


class StaleError(Exception):
    """The row was saved by somebody else since it was shown; `current` holds what is there now."""

    def __init__(self, current):
        super().__init__("그 사이 다른 사람이 고쳤습니다.")
        self.current = current


@transaction.atomic
def start(inspection, *, by):
    return _move(lock(inspection, by), "start", by=by)


@transaction.atomic
def complete(inspection, *, by):
    inspection = lock(inspection, by)
    if inspection.status == Status.IN_PROGRESS and (gaps := missing(inspection)):
        raise TransitionError(
            f"아직 빠진 것이 {len(gaps)}건 있어 완료할 수 없습니다. 완료 전 확인에서 채워 주세요."
        )
    inspection.completed_at = clock.now()
    inspection.completed_by = by
    return _move(inspection, "complete", by=by)


@transaction.atomic
def reopen(inspection, *, by, reason):
    inspection = lock(inspection, by)
    # The reverse relation, not an import: reports stands above inspections.
    if inspection.documents.telling_results().exists():
        raise TransitionError("결재 중이거나 결재가 끝난 문서가 있어 점검을 다시 열 수 없습니다.")
    inspection.completed_at = None
    inspection.completed_by = None
    return _move(inspection, "reopen", by=by, reason=given(reason))


@transaction.atomic
def exclude(inspection, *, by, status_reason, note):
    return _put_aside(lock(inspection, by), "exclude", by=by, status_reason=status_reason, note=note)


@transaction.atomic
def give_up(inspection, *, by, status_reason, note):
    return _put_aside(lock(inspection, by), "give_up", by=by, status_reason=status_reason, note=note)


@transaction.atomic
def restore(inspection, *, by):
    inspection = lock(inspection, by)
    inspection.status_reason = None
    inspection.status_note = ""
    return _move(inspection, "restore", by=by)


def lock_open(inspection, by):
    """The inspection locked for work on it: refused to strangers and once it is no longer open."""
    inspection = lock(inspection, by)
    check_open(inspection)
    return inspection


def lock_stage(stage, by):
    """The inspection locked for work on one stage before it, which the contractor may do himself."""
    inspection = locked(stage.inspection_id)
    stage.inspection = inspection
    if not permissions.can_fill_in(by, stage):
        raise PermissionDenied
    check_open(inspection)
    return inspection


def check_open(inspection):
    if not inspection.is_open:
        raise TransitionError(f"'{inspection.get_status_display()}' 상태에서는 고칠 수 없습니다.")


def lock_visible(pk, by, *, key):
    """Find and lock an inspection in one statement, or Inspection.DoesNotExist: a stranger locks nothing.

    Its `is_known` tells whether the request with this key was carried out before.
    """
    inspection = _locked_in_sight.first(pk=pk, key=key, **sight_of(by))
    if inspection is None:
        raise Inspection.DoesNotExist
    if not permissions.can_work_on(by, inspection):
        raise PermissionDenied
    return inspection


def _put_aside(inspection, action, *, by, status_reason, note):
    if status_reason.use != TRANSITIONS[action][1]:
        raise TransitionError("이 처리에 쓸 수 없는 사유입니다.")
    inspection.status_reason = status_reason
    inspection.status_note = note
    return _move(inspection, action, by=by, reason=f"{status_reason}: {note}")


def lock(inspection, by):
    """The inspection, locked, whatever its state: refused to strangers."""
    inspection = locked(inspection.pk)
    if not permissions.can_work_on(by, inspection):
        raise PermissionDenied
    return inspection


def locked(pk):
    """The inspection, locked, for whom a rule of its own has to let in: the contractor, another office."""
    inspection = _locking(Inspection.objects).filter(pk=pk).first()
    if inspection is None:
        raise TransitionError("그 사이 지워진 점검입니다.")
    return inspection


def given(text, what="사유를"):
    """What has to be written, without blanks around it."""
    if not text.strip():
        raise TransitionError(f"{what} 적어 주세요.")
    return text.strip()


def _move(inspection, action, *, by, **detail):
    sources, target = TRANSITIONS[action]
    if inspection.status not in sources:
        raise TransitionError(
            f"'{inspection.get_status_display()}' 상태에서는 할 수 없습니다: {LABELS[action]}"
        )
    record(action, inspection, by=by, before=inspection.status, after=target, **detail)
    inspection.status = target
    inspection.version = F("version") + 1
    inspection.save(
        update_fields=["status", "version", "status_reason", "status_note", "completed_at", "completed_by"]
    )
    inspection.refresh_from_db(fields=["version"])
    return inspection
