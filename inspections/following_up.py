"""조치사항: what an inspection demands, and from whom. What becomes of it is follow_up.acting's."""

from django.db import transaction
from django.db.models import F, Max

from audit.recording import record
from inspections.models import Action
from inspections.workflow import StaleError, TransitionError, lock_open

GAP = 1 << 20
Owner = Action.Owner


@transaction.atomic
def add_action(inspection, *, by, id, text, findings=(), **fields):
    """Demand something. The client made the id: a repeat changes nothing."""
    inspection = lock_open(inspection, by)
    if existing := Action.objects.filter(pk=id, inspection=inspection).first():
        return existing
    _check_lines(inspection, findings)
    last = inspection.actions.aggregate(last=Max("position"))["last"] or 0
    fields = {"in_charge": by} | _owned(inspection, fields)
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
    if "owner" in fields:
        fields = _owned(inspection, fields)
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
    if current.status != Action.Status.DEMANDED or current.told_on:
        raise TransitionError("이미 알렸거나 이행 결과가 적힌 조치사항은 지울 수 없습니다.")
    # The reverse relation, not an import: follow_up stands above inspections.
    if current.dispositions.exists():
        raise TransitionError("처분에 이어진 조치사항은 지울 수 없습니다. 처분에서 먼저 떼어 주세요.")
    record("delete_action", current, by=by, chain=inspection, **_snapshot(current))
    current.delete()


def _current(action):
    """As it stands under the lock of its inspection, which all who change it hold."""
    current = Action.objects.filter(pk=action.pk).first()
    if current is None:
        raise TransitionError("그 사이 지워진 조치사항입니다.")
    return current


def _owned(inspection, fields):
    """The contractor who has to act: the one that was chosen of several, else the one there is."""
    if fields.get("owner", Owner.CONTRACTOR) != Owner.CONTRACTOR:
        return fields | {"contractor": None}
    chosen = fields.get("contractor") or inspection.contractor
    if chosen and chosen not in inspection.contractors:
        raise TransitionError("이 점검의 수탁기관 가운데에서 골라 주세요.")
    return fields | {"contractor": chosen}


def _check_lines(inspection, findings):
    if any(finding.inspection_id != inspection.pk for finding in findings):
        raise TransitionError("이 점검의 점검결과만 이을 수 있습니다.")


def _snapshot(action):
    return {
        "text": action.text,
        "owner": action.owner,
        "department": action.department_id,
        "contractor": action.contractor_id,
        "due_on": str(action.due_on) if action.due_on else None,
        "won": action.won,
        "findings": sorted(str(pk) for pk in action.findings.values_list("pk", flat=True)),
    }
