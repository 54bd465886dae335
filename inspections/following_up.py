"""조치사항: what an inspection demands, and from whom."""

from django.db import transaction
from django.db.models import F, Max

from audit import clock
from audit.recording import record
from inspections.models import Action, Inspection
from inspections.workflow import StaleError, TransitionError, lock, lock_open

GAP = 1 << 20
Status = Action.Status
FOLLOW_UP = {Status.REPORTED: {Status.DEMANDED}, Status.VERIFIED: {Status.REPORTED}}


@transaction.atomic
def add_action(inspection, *, by, id, text, findings=(), **fields):
    """Demand something. The client made the id: a repeat changes nothing."""
    inspection = lock_open(inspection, by)
    if existing := Action.objects.filter(pk=id, inspection=inspection).first():
        return existing
    _check_lines(inspection, findings)
    last = inspection.actions.aggregate(last=Max("position"))["last"] or 0
    action = Action(id=id, inspection=inspection, position=last + GAP, text=text, **fields)
    action.save(force_insert=True)
    action.findings.set(findings)
    record("add_action", action, by=by, chain=inspection, **_snapshot(action))
    return action


@transaction.atomic
def save_action(action, *, by, version, findings=None, **fields):
    inspection = lock_open(action.inspection, by)
    current = _current(action)
    before = _snapshot(current)
    if not Action.objects.filter(pk=action.pk, version=version).update(version=F("version") + 1, **fields):
        raise StaleError(current)
    current.refresh_from_db()
    if findings is not None:
        _check_lines(inspection, findings)
        current.findings.set(findings)
    record("save_action", current, by=by, chain=inspection, before=before, after=_snapshot(current))
    return current


@transaction.atomic
def delete_action(action, *, by, version):
    """Take a demand back; the event keeps what it said."""
    inspection = lock_open(action.inspection, by)
    current = _current(action)
    if current.version != version:
        raise StaleError(current)
    if current.status != Status.DEMANDED:
        raise TransitionError("이행 결과가 적힌 조치사항은 지울 수 없습니다.")
    record("delete_action", current, by=by, chain=inspection, **_snapshot(current))
    current.delete()


@transaction.atomic
def register_report(action, *, by, on, note):
    """The answer of whoever had to act, registered by the official."""
    return _follow(action, Status.REPORTED, by=by, on=on, note=note)


@transaction.atomic
def verify(action, *, by, on, note):
    """The correction was seen: on paper, at a visit or at the next inspection."""
    return _follow(action, Status.VERIFIED, by=by, on=on, note=note)


def _follow(action, target, *, by, on, note):
    inspection = lock(action.inspection, by)
    current = _current(action)
    current.inspection = inspection
    if current.inspection.status != Inspection.Status.DONE:
        raise TransitionError("점검을 완료한 뒤에 조치 결과를 적을 수 있습니다.")
    if current.status not in FOLLOW_UP[target]:
        raise TransitionError(f"'{current.get_status_display()}' 상태에서는 할 수 없습니다: {target.label}")
    if on > clock.today():
        raise TransitionError("처리일이 오늘보다 뒤입니다.")
    if not note.strip():
        raise TransitionError("무엇을 했는지, 어떻게 확인했는지 적어 주세요.")
    before, current.status = current.status, target
    current.status_on, current.status_note, current.version = on, note.strip(), F("version") + 1
    current.save(update_fields=["status", "status_on", "status_note", "version"])
    current.refresh_from_db()
    record(target.value, current, by=by, chain=current.inspection, before=before, on=str(on), note=note)
    return current


def _current(action):
    """As it stands under the lock of its inspection, which all who change it hold."""
    current = Action.objects.filter(pk=action.pk).first()
    if current is None:
        raise TransitionError("그 사이 지워진 조치사항입니다.")
    return current


def _check_lines(inspection, findings):
    if any(finding.inspection_id != inspection.pk for finding in findings):
        raise TransitionError("이 점검의 점검결과만 이을 수 있습니다.")


def _snapshot(action):
    return {
        "text": action.text,
        "owner": action.owner,
        "department": action.department_id,
        "due_on": str(action.due_on) if action.due_on else None,
        "won": action.won,
        "findings": sorted(str(pk) for pk in action.findings.values_list("pk", flat=True)),
    }
