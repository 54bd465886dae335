"""처분: proposed, announced, decided, changed. The only module that writes Disposition.status; what happens
between notice and decision is in follow_up.hearing, what a decision waits for in follow_up.readiness.

planned ──notify──▶ notified ──decide──▶ decided ──change(reason)──▶ changed (another stands in its place)
   └──────────────decide─────────────────▲   │
planned, notified, decided ──cancel(reason)──┴▶ cancelled

A 행정처분 is decided only after the time for opinions has ended and every opinion is answered, unless a
reason is given why not (행정절차법 제21조, 제22조, 제27조).
"""

from django.db import transaction
from django.db.models import F

from audit import clock
from audit.recording import record
from follow_up import readiness
from follow_up.models import Disposition, Party
from follow_up.proposing import proposal
from inspections import workflow
from inspections.workflow import StaleError, TransitionError, given

Status = Disposition.Status
SETTABLE = [
    "disposition_type", "addressee", "addressee_name", "department", "text", "basis", "count", "won",
    "persons", "starts_on", "ends_on", "due_on", "action", "override_reason",
]  # fmt: skip


@transaction.atomic
def add(inspection, *, by, id, finding=None, replaces=None, parties=(), **fields):
    """One more disposition; the client made the id: a repeat gives it again. `parties`: columns of Party."""
    inspection = _lock(inspection, by)
    if known := Disposition.objects.filter(pk=id).first():
        return known
    made = Disposition(
        id=id, inspection=inspection, finding=finding, replaces=replaces, created_on=clock.today()
    )
    made.contractor = inspection.contractor
    _fill(made, fields)
    made.save(force_insert=True)
    _set_parties(made, parties)
    record("add_disposition", made, by=by, chain=inspection, **_snapshot(made))
    return made


@transaction.atomic
def save(disposition, *, by, version, parties=None, **fields):
    """While it is planned; what was announced or decided is changed by another one."""
    current = locked(disposition, by, version)
    check(current, {Status.PLANNED}, "고치기")
    before = _snapshot(current)
    _fill(current, fields)
    current.version += 1
    current.save()
    if parties is not None:
        _set_parties(current, parties)
    record(
        "save_disposition", current, by=by, chain=current.inspection, before=before, after=_snapshot(current)
    )
    return current


@transaction.atomic
def discard(disposition, *, by, version):
    """Take back what was only planned; the event keeps what it said."""
    current = locked(disposition, by, version)
    check(current, {Status.PLANNED}, "지우기")
    record("delete_disposition", current, by=by, chain=current.inspection, **_snapshot(current))
    current.delete()


@transaction.atomic
def decide(disposition, *, by, version, early_reason=""):
    """확정. What stands against it is told by readiness; only a reason gets past it."""
    current = locked(disposition, by, version)
    check(current, {Status.PLANNED, Status.NOTIFIED}, "확정")
    if gaps := readiness.missing(current):
        raise TransitionError(f"이 처분에 필요한 것이 빠졌습니다: {', '.join(gaps)}")
    against = readiness.obstacles(current)
    if against and not early_reason.strip():
        raise TransitionError(f"{' '.join(against)} 그래도 확정하려면 까닭을 적어 주세요.")
    current.decided_on, current.decided_by = clock.today(), by
    current.early_reason = early_reason.strip() if against else ""
    move(current, Status.DECIDED, "decide_disposition", by=by, early_reason=current.early_reason)
    if current.replaces_id:
        _replaced(current, by)
    return current


@transaction.atomic
def change(disposition, *, by, id, version, reason, **fields):
    """변경: another disposition stands in its place from the moment that one is decided."""
    current = locked(disposition, by, version)
    check(current, {Status.DECIDED}, "변경")
    Disposition.objects.filter(pk=current.pk).update(end_reason=given(reason), version=F("version") + 1)
    return add(current.inspection, by=by, id=id, finding=current.finding, replaces=current, **fields)


@transaction.atomic
def cancel(disposition, *, by, version, reason):
    current = locked(disposition, by, version)
    check(current, {Status.PLANNED, Status.NOTIFIED, Status.DECIDED}, "취소")
    current.end_reason = given(reason)
    return move(current, Status.CANCELLED, "cancel_disposition", by=by, reason=reason)


def _lock(inspection, by):
    """Dispositions are set while results are written and after: not for what was put aside."""
    inspection = workflow.lock(inspection, by)
    if not inspection.has_begun:
        raise TransitionError("점검을 시작한 뒤에 처분을 적을 수 있습니다.")
    return inspection


def locked(disposition, by, version=None):
    """As it stands under the lock of its inspection; `by` None: whoever is the party itself."""
    if by is None:
        inspection = workflow.locked(disposition.inspection_id)
    else:
        inspection = _lock(disposition.inspection, by)
    current = Disposition.objects.select_for_update(of=("self",)).filter(pk=disposition.pk)
    current = current.select_related("disposition_type", "finding", "replaces").first()
    if current is None:
        raise TransitionError("그 사이 지워진 처분입니다.")
    current.inspection = inspection
    if version is not None and current.version != version:
        raise StaleError(current)
    return current


def check(disposition, sources, label):
    """Refuse what is not possible in its state."""
    if disposition.status not in sources:
        raise TransitionError(f"'{disposition.get_status_display()}' 상태에서는 할 수 없습니다: {label}")


def _set_parties(disposition, parties):
    disposition.parties.all().delete()
    Party.objects.bulk_create(Party(disposition=disposition, **columns) for columns in parties)


def _fill(disposition, fields):
    for name in SETTABLE:
        if name in fields:
            setattr(disposition, name, fields[name])
    if disposition.finding_id and disposition.finding.inspection_id != disposition.inspection_id:
        raise TransitionError("이 점검의 점검결과에만 처분할 수 있습니다.")
    found = proposal(disposition.finding, disposition.contractor, disposition.created_on)
    disposition.ladder = found and found.ladder
    disposition.earlier = found.earlier if found else 0
    disposition.proposed_type = found and found.disposition_type
    if found is None or found.disposition_type == disposition.disposition_type:
        disposition.override_reason = ""
    elif not disposition.override_reason.strip():
        raise TransitionError(f"{found.told}입니다. 다르게 정하려면 까닭을 적어 주세요.")


def move(disposition, target, verb, *, by, **detail):
    """The one place that writes the status, with the event that tells of it."""
    record(
        verb,
        disposition,
        by=by,
        chain=disposition.inspection,
        before=disposition.status,
        after=target,
        **detail,
    )
    disposition.status = target
    disposition.version += 1
    disposition.save()
    return disposition


def _replaced(disposition, by):
    before = Disposition.objects.select_for_update().get(pk=disposition.replaces_id)
    check(before, {Status.DECIDED}, "변경")
    before.inspection = disposition.inspection
    move(before, Status.CHANGED, "change_disposition", by=by, reason=before.end_reason)


def _snapshot(disposition):
    told = {
        name: getattr(disposition, f"{name}_id", None)
        for name in ("finding", "disposition_type", "department")
    }
    told |= {
        name: getattr(disposition, name)
        for name in ("addressee", "addressee_name", "text", "won", "count", "persons")
    }
    days = {name: getattr(disposition, name) for name in ("starts_on", "ends_on", "due_on")}
    return {
        name: value if isinstance(value, int) else str(value)
        for name, value in (told | days).items()
        if value
    }
