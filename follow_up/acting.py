"""The life of an action after the inspection; the only module that writes Action.status.

demanded ──report──▶ reported ──verify──▶ verified ──reopen(reason)──▶ demanded
   │  ▲                 │ send_back(reason)
   │  │                 ▼
   │  │               rework ──report──▶ reported
   │  └──dismiss── objected ◀──object── demanded, rework     objected ──uphold──▶ withdrawn
   └──accept_until(day, reason)──▶ accepted ──(the day is over | report)──▶ demanded | reported
demanded, rework, accepted, reported ──withdraw(reason)──▶ withdrawn
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from audit import clock
from audit.recording import record
from follow_up import notices, permissions
from follow_up.models import ActionReport, Objection, Source
from inspections import workflow
from inspections.models import Action, Inspection
from inspections.workflow import StaleError, TransitionError, given
from notation.dates import long_date

Status = Action.Status
OWN = {Source.PORTAL, Source.OFFICE}  # entered by the owner himself
WAITING = {Status.DEMANDED, Status.REWORK, Status.ACCEPTED}
SOURCES = {
    "report": WAITING,
    "verify": {Status.REPORTED},
    "send_back": {Status.REPORTED},
    "object": {Status.DEMANDED, Status.REWORK},
    "uphold": {Status.OBJECTED},
    "dismiss": {Status.OBJECTED},
    "accept_until": WAITING,
    "extend": WAITING,
    "withdraw": {*WAITING, Status.REPORTED},
    "reopen": {Status.VERIFIED},
}
LABELS = {
    "report": "이행 보고", "verify": "확인", "send_back": "보완 요구", "object": "이의 제기",
    "uphold": "이의 수용", "dismiss": "이의 기각", "accept_until": "미루어 주기", "extend": "기한 연장",
    "withdraw": "요구 취소", "reopen": "다시 열기",
}  # fmt: skip


@transaction.atomic
def report(action, *, by, id, text, done_on, source, received_on=None, paper="", files=()):
    """The owner says what was done, or the official registers what he said by letter or mail.

    The client made the id: a repeat gives the report that is there. `files` are columns of ReportFile.
    """
    action = locked(action)
    if known := ActionReport.objects.filter(pk=id).first():
        return known
    _check_reporter(by, action, source)
    received_on = received_on or clock.today()
    _check_days(done_on, received_on)
    _check(action, "report")
    made = ActionReport.objects.create(
        id=id, action=action, text=given(text, "내용을"), done_on=done_on, received_on=received_on,
        source=source, paper=paper.strip(), entered_by=by, entered_at=clock.now(),
    )  # fmt: skip
    for columns in files:
        made.files.create(**columns)
    _write(action, "report", Status.REPORTED, by=by, note=text, on=received_on, reported_on=received_on,
           report=str(made.pk), source=source, paper=made.paper)  # fmt: skip
    if source in OWN:
        notices.to_official(action, "조치결과가 들어왔습니다.")
    return made


@transaction.atomic
def verify(action, *, by, version, how, note, rest_reason=""):
    """Seen to be done: on paper, by a visit, at the next inspection. By somebody else than who did it."""
    action = locked(action, by, version)
    waiting = _waiting(action, "verify")
    if waiting.source in OWN and waiting.entered_by_id == by.pk:
        raise TransitionError("자기가 적은 조치는 확인할 수 없습니다. 다른 사람이 확인해야 합니다.")
    rest = rest_of(action)
    if rest and not rest_reason.strip():
        raise TransitionError(
            f"아직 {rest:,}원이 남아 있습니다. 납부를 적거나, 남겨 두는 까닭을 적어 주세요."
        )
    _judge(waiting, ActionReport.Verdict.VERIFIED, by=by, how=how, note=note)
    detail = {"how": how, "rest": rest, "rest_reason": rest_reason.strip()} if rest else {"how": how}
    _write(action, "verify", Status.VERIFIED, by=by, note=note, **detail)
    return _told(action, "보낸 조치결과를 확인했습니다.")


@transaction.atomic
def send_back(action, *, by, version, note, due_on=None):
    """보완 요구: what was reported is not enough, and why; a new deadline if one is given."""
    action = locked(action, by, version)
    _judge(_waiting(action, "send_back"), ActionReport.Verdict.REWORK, by=by, how="", note=note)
    _write(action, "send_back", Status.REWORK, by=by, note=note, due_on=due_on or action.due_on)
    return _told(action, "조치결과를 보완해 주세요.")


@transaction.atomic
def object_to(action, *, by, id, text, source, paper="", raised_on=None):
    """이의 제기: the owner holds the demand for wrong."""
    action = locked(action)
    if known := Objection.objects.filter(pk=id).first():
        return known
    _check_reporter(by, action, source)
    raised_on = raised_on or clock.today()
    _check_days(raised_on, raised_on)
    _check(action, "object")
    made = Objection.objects.create(
        id=id, action=action, text=given(text, "내용을"), source=source, paper=paper.strip(),
        raised_on=raised_on, entered_by=by,
    )  # fmt: skip
    _write(action, "object", Status.OBJECTED, by=by, note=text, on=raised_on, source=source)
    if source in OWN:
        notices.to_official(action, "조치 요구에 이의가 들어왔습니다.")
    return made


@transaction.atomic
def decide_objection(action, *, by, version, decision, reason, due_on=None):
    """재심의: upheld ends the demand; dismissed leaves it as it was, with a new deadline if one is given."""
    action = locked(action, by, version)
    verb = "uphold" if decision == Objection.Decision.UPHELD else "dismiss"
    _check(action, verb)
    Objection.objects.filter(action=action, decision="").update(
        decision=decision, reason=given(reason), decided_by=by, decided_on=clock.today()
    )
    target = Status.WITHDRAWN if verb == "uphold" else Status.DEMANDED
    _write(action, verb, target, by=by, note=reason, due_on=due_on or action.due_on)
    return _told(action, "보낸 이의를 결정했습니다.")


@transaction.atomic
def accept_until(action, *, by, version, until, reason):
    """기한 미도래: it cannot be done before this day; the day after, it is demanded again by itself."""
    action = locked(action, by, version)
    _check(action, "accept_until")
    if until <= clock.today():
        raise TransitionError("미루어 줄 날은 오늘보다 뒤여야 합니다.")
    return _write(action, "accept_until", Status.ACCEPTED, by=by, note=given(reason), accepted_until=until)


@transaction.atomic
def extend(action, *, by, version, due_on, reason, counted=""):
    """Another deadline; the one before stays in the history, as does how this one was `counted`."""
    action = locked(action, by, version)
    _check(action, "extend")
    before = action.due_on and str(action.due_on)
    return _write(
        action, "extend", action.status, by=by, note=given(reason), due_on=due_on, before_due=before,
        counted=counted,
        accepted_until=action.accepted_until,
    )  # fmt: skip


@transaction.atomic
def withdraw(action, *, by, version, reason):
    """요구 취소: nothing is demanded any more."""
    action = locked(action, by, version)
    _check(action, "withdraw")
    if action.status == Status.REPORTED:
        _judge(
            _waiting(action, "withdraw"),
            ActionReport.Verdict.REWORK,
            by=by,
            how="",
            note=f"요구 취소: {reason}",
        )
    return _write(action, "withdraw", Status.WITHDRAWN, by=by, note=given(reason))


@transaction.atomic
def reopen(action, *, by, version, reason, due_on=None):
    """What was verified is found undone again."""
    action = locked(action, by, version)
    _check(action, "reopen")
    return _write(
        action, "reopen", Status.DEMANDED, by=by, note=given(reason), due_on=due_on or action.due_on,
        reported_on=None,
    )  # fmt: skip


@transaction.atomic
def wake(action, *, today):
    """The day until which it was accepted is over: demanded again. Safe to repeat; True if it was done."""
    action = locked(action)
    if action.status != Status.ACCEPTED or action.accepted_until >= today:
        return False
    note = f"미루어 준 날({long_date(action.accepted_until)})이 지나 다시 요구합니다."
    _write(action, "wake", Status.DEMANDED, by=None, note=note)
    return True


@transaction.atomic
def tell(action, *, on, paper, by):
    """The demand went out by this letter; from now on its owner sees it. The first letter counts."""
    action = locked(action)
    if action.told_on:
        return action
    Action.objects.filter(pk=action.pk).update(told_on=on, told_by_paper=paper, version=F("version") + 1)
    record("tell_action", action, by=by, chain=action.inspection, on=str(on), paper=paper)
    action.refresh_from_db()
    return action  # the mail about the letter says it: one for all its demands


def rest_of(action):
    """What of the demanded money was not paid, never below 0; 0 where no money is demanded."""
    if not action.won:
        return 0
    paid = action.payments.filter(kind="principal", taken_back_reason="")
    return max(action.won - sum(payment.won for payment in paid), 0)


def _told(action, text):
    """The contractor hears of it, as far as it was told of the demand at all."""
    if action.owner == Action.Owner.CONTRACTOR and action.told_on:
        notices.to_contractor(action.contractor, text, "portal:action", action.pk)
    return action


def locked(action, by=None, version=None):
    """The action as it stands, locked after its inspection; with `by`, for those who decide on it."""
    inspection = workflow.locked(action.inspection_id)
    current = Action.objects.select_for_update(of=("self",)).filter(pk=action.pk).first()
    if current is None:
        raise TransitionError("그 사이 지워진 조치사항입니다.")
    current.inspection = inspection
    if by is not None and not permissions.can_decide(by, current):
        raise PermissionDenied
    if version is not None and current.version != version:
        raise StaleError(current)
    return current


def is_possible(action, verb):
    """Whether its state allows this; who may do it is asked of follow_up.permissions."""
    return action.inspection.status == Inspection.Status.DONE and action.status in SOURCES[verb]


def _check(action, verb):
    if action.inspection.status != Inspection.Status.DONE:
        raise TransitionError("점검을 완료한 뒤에 조치 결과를 적을 수 있습니다.")
    if action.status not in SOURCES[verb]:
        raise TransitionError(f"'{action.get_status_display()}' 상태에서는 할 수 없습니다: {LABELS[verb]}")


def _check_reporter(by, action, source):
    """Through the portal or as the office itself: the owner; a letter: whoever keeps the inspection."""
    allowed = permissions.is_owner if source in OWN else permissions.can_decide
    if not allowed(by, action):
        raise PermissionDenied


def _check_days(done_on, received_on):
    if max(done_on, received_on) > clock.today():
        raise TransitionError("처리일이 오늘보다 뒤입니다.")


def _waiting(action, verb):
    """The report that nobody has judged yet."""
    _check(action, verb)
    return action.reports.get(verdict="")


def _judge(waiting, verdict, *, by, how, note):
    if not note.strip():
        raise TransitionError("무엇을 보고 어떻게 확인했는지, 무엇이 모자란지 적어 주세요.")
    waiting.verdict, waiting.how, waiting.verdict_note = verdict, how, note.strip()
    waiting.decided_by, waiting.decided_on = by, clock.today()
    waiting.save(update_fields=["verdict", "how", "verdict_note", "decided_by", "decided_on"])


def _write(action, verb, target, *, by, note, on=None, **more):
    """Status, its day and note, and whatever columns of the action stand in `more`; the rest is told only."""
    before = action.status
    columns = {name: more.pop(name) for name in ("due_on", "reported_on") if name in more}
    columns["accepted_until"] = more.pop("accepted_until", None)
    on = on or clock.today()
    note = note.strip()
    Action.objects.filter(pk=action.pk).update(
        status=target, status_on=on, status_note=note[:300], version=F("version") + 1, **columns
    )
    action.refresh_from_db(fields=["status", "status_on", "status_note", "version", *columns])
    told = {name: str(value) for name, value in columns.items() if value}
    record(f"{verb}_action", action, by=by, chain=action.inspection, before=before, after=target,
           on=str(on), note=note, **told, **more)  # fmt: skip
    return action
