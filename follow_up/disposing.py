"""처분: proposed, announced, decided, changed. The only module that writes Disposition.status.

planned ──notify──▶ notified ──decide──▶ decided ──change(reason)──▶ changed (another stands in its place)
   └──────────────decide─────────────────▲   │
planned, notified, decided ──cancel(reason)──┴▶ cancelled

A 행정처분 is decided only after the time for opinions has ended and every opinion is answered, unless a
reason is given why not (행정절차법 제21조, 제22조, 제27조).
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from audit import clock
from audit.recording import record
from deadlines.counting import has_ended
from follow_up.models import Disposition, Opinion, Procedure
from follow_up.periods import counted
from follow_up.proposing import proposal
from inspections import workflow
from inspections.models import Inspection
from inspections.workflow import StaleError, TransitionError, given

Status = Disposition.Status
SETTABLE = [
    "disposition_type", "addressee", "addressee_name", "department", "text", "basis", "count", "won",
    "persons", "starts_on", "ends_on", "due_on", "action", "override_reason",
]  # fmt: skip
NEEDS = {
    "needs_deadline": ("due_on", "기한"),
    "needs_amount": ("won", "금액"),
    "needs_persons": ("persons", "인원"),
    "needs_period": ("starts_on", "기간"),
}


@transaction.atomic
def add(inspection, *, by, id, finding=None, replaces=None, **fields):
    """One more disposition. The client made the id: a repeat gives what is there."""
    inspection = _lock(inspection, by)
    if known := Disposition.objects.filter(pk=id).first():
        return known
    made = Disposition(
        id=id, inspection=inspection, finding=finding, replaces=replaces, created_on=clock.today()
    )
    made.contractor = inspection.contractor
    _fill(made, fields)
    made.save(force_insert=True)
    record("add_disposition", made, by=by, chain=inspection, **_snapshot(made))
    return made


@transaction.atomic
def save(disposition, *, by, version, **fields):
    """While it is planned; what was announced or decided is changed by another one."""
    current = _locked(disposition, by, version)
    _check(current, {Status.PLANNED}, "고치기")
    before = _snapshot(current)
    _fill(current, fields)
    current.version += 1
    current.save()
    record(
        "save_disposition", current, by=by, chain=current.inspection, before=before, after=_snapshot(current)
    )
    return current


@transaction.atomic
def discard(disposition, *, by, version):
    """Take back what was only planned; the event keeps what it said."""
    current = _locked(disposition, by, version)
    _check(current, {Status.PLANNED}, "지우기")
    record("delete_disposition", current, by=by, chain=current.inspection, **_snapshot(current))
    current.delete()


@transaction.atomic
def notify(disposition, *, by, version, rule, noticed_on, notice_paper="", hearing_on=None, hearing_place=""):
    """사전통지: from this day the time for opinions runs, counted by `rule`."""
    current = _locked(disposition, by, version)
    _check(current, {Status.PLANNED}, "사전통지")
    if not current.disposition_type.is_disposal:
        raise TransitionError("행정처분이 아니어서 사전통지를 하지 않습니다.")
    if noticed_on > clock.today():
        raise TransitionError("통지한 날이 오늘보다 뒤입니다.")
    if current.disposition_type.needs_hearing and hearing_on is None:
        raise TransitionError("청문을 해야 하는 처분입니다. 청문일을 적어 주세요.")
    found = counted(rule, noticed_on)
    if hearing_on and (hearing_on - noticed_on).days <= rule.length:
        raise TransitionError(f"청문은 통지한 날부터 {rule.length}일이 지난 뒤에 열어야 합니다.")
    Procedure.objects.create(
        disposition=current, noticed_on=noticed_on, notice_paper=notice_paper.strip(), rule=rule,
        opinion_due_on=found.day, counted="\n".join(found.told), hearing_on=hearing_on,
        hearing_place=hearing_place.strip(),
    )  # fmt: skip
    return _move(current, Status.NOTIFIED, "notify_disposition", by=by, noticed_on=str(noticed_on),
                 opinion_due_on=str(found.day))  # fmt: skip


@transaction.atomic
def add_opinion(disposition, *, by, id, text, source, received_on, paper=""):
    """의견제출: until the decision, late ones too; through the portal by the party itself."""
    if source == Opinion.Source.PORTAL:
        _check_party(disposition, by)
    current = _locked(disposition, None if source == Opinion.Source.PORTAL else by)
    if known := Opinion.objects.filter(pk=id).first():
        return known
    _check(current, {Status.NOTIFIED}, "의견 적기")
    if received_on > clock.today():
        raise TransitionError("받은 날이 오늘보다 뒤입니다.")
    if not text.strip():
        raise TransitionError("의견을 적어 주세요.")
    made = Opinion.objects.create(
        id=id, disposition=current, text=text.strip(), source=source, paper=paper.strip(),
        received_on=received_on, entered_by=by,
    )  # fmt: skip
    record("add_opinion", current, by=by, chain=current.inspection, source=source, on=str(received_on))
    return made


@transaction.atomic
def answer_opinion(opinion, *, by, answer, answer_text):
    current = _locked(opinion.disposition, by)
    changed = Opinion.objects.filter(pk=opinion.pk, answer="").update(
        answer=answer, answer_text=given(answer_text), answered_on=clock.today()
    )
    if not changed:
        raise TransitionError("이미 답한 의견입니다.")
    record("answer_opinion", current, by=by, chain=current.inspection, answer=answer, text=answer_text)


@transaction.atomic
def hold_hearing(disposition, *, by, version, note):
    """청문 결과 of a hearing that was held."""
    current = _locked(disposition, by, version)
    _check(current, {Status.NOTIFIED}, "청문 결과 적기")
    held_on = current.procedure.hearing_on
    if held_on is None or held_on > clock.today():
        raise TransitionError("아직 청문을 열지 않았습니다.")
    Procedure.objects.filter(disposition=current).update(hearing_note=given(note))
    record("hold_hearing", current, by=by, chain=current.inspection, note=note)
    return current


@transaction.atomic
def decide(disposition, *, by, version, early_reason=""):
    """확정. What stands against it is told by `obstacles`; only a reason gets past it."""
    current = _locked(disposition, by, version)
    _check(current, {Status.PLANNED, Status.NOTIFIED}, "확정")
    if gaps := missing(current):
        raise TransitionError(f"이 처분에 필요한 것이 빠졌습니다: {', '.join(gaps)}")
    against = obstacles(current)
    if against and not early_reason.strip():
        raise TransitionError(f"{' '.join(against)} 그래도 확정하려면 까닭을 적어 주세요.")
    current.decided_on, current.decided_by = clock.today(), by
    current.early_reason = early_reason.strip() if against else ""
    _move(current, Status.DECIDED, "decide_disposition", by=by, early_reason=current.early_reason)
    if current.replaces_id:
        _replaced(current, by)
    return current


@transaction.atomic
def change(disposition, *, by, id, version, reason, **fields):
    """변경: another disposition stands in its place from the moment that one is decided."""
    current = _locked(disposition, by, version)
    _check(current, {Status.DECIDED}, "변경")
    Disposition.objects.filter(pk=current.pk).update(end_reason=given(reason), version=F("version") + 1)
    return add(current.inspection, by=by, id=id, finding=current.finding, replaces=current, **fields)


@transaction.atomic
def cancel(disposition, *, by, version, reason):
    current = _locked(disposition, by, version)
    _check(current, {Status.PLANNED, Status.NOTIFIED, Status.DECIDED}, "취소")
    current.end_reason = given(reason)
    return _move(current, Status.CANCELLED, "cancel_disposition", by=by, reason=reason)


def missing(disposition):
    """The names of what its type needs and it does not have."""
    of_type = disposition.disposition_type
    found = [
        word
        for flag, (name, word) in NEEDS.items()
        if getattr(of_type, flag) and not getattr(disposition, name)
    ]
    if of_type.is_disposal and not disposition.basis.strip():
        found.append("법적 근거")
    return found


def obstacles(disposition):
    """Sentences that say what of due process is still open; none for what is no 행정처분."""
    if not disposition.disposition_type.is_disposal:
        return []
    procedure = Procedure.objects.filter(disposition=disposition).first()
    if procedure is None:
        return ["사전통지를 하지 않았습니다."]
    found = []
    if not has_ended(procedure.opinion_due_on, clock.today()):
        found.append(f"의견제출 기한({procedure.opinion_due_on})이 끝나지 않았습니다.")
    if disposition.opinions.filter(answer="").exists():
        found.append("답하지 않은 의견이 있습니다.")
    if disposition.disposition_type.needs_hearing and not procedure.hearing_note:
        found.append("청문 결과를 적지 않았습니다.")
    return found


def _lock(inspection, by):
    """Dispositions are set while results are written and after: not for what was put aside."""
    inspection = workflow.lock(inspection, by)
    if not inspection.has_begun:
        raise TransitionError("점검을 시작한 뒤에 처분을 적을 수 있습니다.")
    return inspection


def _locked(disposition, by, version=None):
    if by is None:
        inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=disposition.inspection_id)
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


def _check_party(disposition, by):
    if not (by.is_contractor and Disposition.objects.visible_to(by).filter(pk=disposition.pk).exists()):
        raise PermissionDenied


def _check(disposition, sources, label):
    if disposition.status not in sources:
        raise TransitionError(f"'{disposition.get_status_display()}' 상태에서는 할 수 없습니다: {label}")


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


def _move(disposition, target, verb, *, by, **detail):
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
    _check(before, {Status.DECIDED}, "변경")
    before.inspection = disposition.inspection
    _move(before, Status.CHANGED, "change_disposition", by=by, reason=before.end_reason)


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
