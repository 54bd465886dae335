"""The life of a paper; the only module that writes Document.status, rounds and steps.

    draft ──request──▶ in_approval ──last signature──▶ approved (for ever)
      ▲                    │
      ├──withdraw──────────┤ by the drafter, before anybody else has signed
      └──return_(reason)───┘ by the addressee of the current step

Each function locks the document first, then what hangs below it, so that two people never wait for each
other. The last signature is given by reports.issuing, which renders before it calls `close` here.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.models import Inspection
from inspections.workflow import TransitionError
from reports import approval_line, assembling, correspondence, kinds, notices, permissions
from reports.models import ApprovalRound, ApprovalStep, Document

Status = Document.Status
Act = ApprovalStep.Act


@transaction.atomic
def request(document, line, *, by):
    """Send a draft along `line` = [(act, user), …]; the drafter signs 기안 by asking."""
    document = lock(document)
    if not permissions.is_drafter(by, document):
        raise PermissionDenied("기안자만 결재를 요청할 수 있습니다.")
    _expect(document, Status.DRAFT, "결재 요청")
    _check_inspections(document)
    correspondence.check(document)
    approval_line.check(document, line)
    content = assembling.content(document)
    if not content["paper"].get("body"):
        raise TransitionError("본문이 비어 있어 결재를 요청할 수 없습니다.")
    now = clock.now()
    round_ = ApprovalRound.objects.create(
        document=document, number=document.rounds.count() + 1, content=content,
        content_sha256=assembling.digest(content), requested_at=now,
    )  # fmt: skip
    steps = [
        _step(round_, 1, Act.DRAFT, by),
        *(_step(round_, n, act, who) for n, (act, who) in enumerate(line, 2)),
    ]
    ApprovalStep.objects.bulk_create(steps)
    _sign(steps[0], by, now)
    _move(document, Status.IN_APPROVAL)
    record(
        "request", document, by=by, round=round_.number, content=round_.content_sha256,
        line=[[step.act, step.position, step.name] for step in steps],
    )  # fmt: skip
    notices.your_turn(document, round_)
    return round_


@transaction.atomic
def withdraw(document, *, by):
    """Take the paper back, as long as only its drafter has signed, or nobody is left who could go on."""
    document = lock(document)
    if not permissions.is_drafter(by, document):
        raise PermissionDenied("기안자만 결재 요청을 취소할 수 있습니다.")
    _expect(document, Status.IN_APPROVAL, "결재 요청 취소")
    round_ = document.rounds.get(status=ApprovalRound.Status.OPEN)
    if not may_be_withdrawn(round_.steps.select_related("assignee")):
        raise TransitionError(
            "이미 서명한 사람이 있어 취소할 수 없습니다. 고칠 것이 있으면 반려를 부탁하세요."
        )
    notices.taken_back(round_)
    _end(round_, ApprovalRound.Status.WITHDRAWN)
    _move(document, Status.DRAFT)
    record("withdraw", document, by=by, round=round_.number)
    return document


def may_be_withdrawn(steps):
    """Nobody but the drafter has signed; or the next signer has left and it would wait for ever."""
    signed = [step for step in steps if step.status == ApprovalStep.Status.SIGNED and step.act != Act.DRAFT]
    waiting = [step for step in steps if step.status == ApprovalStep.Status.WAITING]
    return not signed or not permissions.can_stand_in_a_line(waiting[0].assignee)


@transaction.atomic
def return_(step, *, by, reason):
    """Send the paper back to its drafter; the round is kept as it was."""
    document, step = take_step(step, by=by)
    reason = reason.strip()
    if not reason:
        raise TransitionError("반려할 때는 사유를 적어 주세요.")
    step.status = ApprovalStep.Status.RETURNED
    step.opinion = reason
    _bind(step, by, clock.now())
    _end(step.round, ApprovalRound.Status.RETURNED)
    _move(document, Status.DRAFT)
    record("return", document, by=by, round=step.round.number, act=step.act, reason=reason)
    notices.sent_back(document, step)
    return document


@transaction.atomic
def sign(step, *, by, opinion=""):
    """검토 or 협조. Given twice by the same person, the second time changes nothing."""
    if step.act == Act.APPROVE:
        raise TransitionError("마지막 결재는 결재로 처리합니다.")
    lock(Document(pk=step.round.document_id))  # before looking: the same request may be under way twice
    if is_signed_by(step, by):
        return step
    document, step = take_step(step, by=by)
    check_unchanged(document, step.round)
    step.opinion = opinion.strip()
    _sign(step, by, clock.now())
    record("sign", document, by=by, round=step.round.number, act=step.act, content=step.content_sha256)
    notices.your_turn(document, step.round)
    return step


def close(document, step, *, by, opinion, exception_reason, signed_at, number, day):
    """The last signature: step, round and document in one go. Called by reports.issuing under its locks."""
    step.opinion = opinion.strip()
    step.exception_reason = exception_reason.strip()
    _sign(step, by, signed_at)
    _end(step.round, ApprovalRound.Status.APPROVED, at=signed_at)
    document.number, document.number_year, document.approved_on = number, day.year, day
    _move(document, Status.APPROVED, "number", "number_year", "approved_on")
    record(
        "approve", document, by=by, round=step.round.number, content=step.content_sha256,
        number=document.number_text, exception=step.exception_reason,
    )  # fmt: skip
    notices.decided(document)


def lock(document):
    # Lock only the document: without `of`, the joined rows would be locked too.
    locked = Document.objects.select_for_update(of=("self",)).select_related("department__parent", "drafter")
    if (document := locked.filter(pk=document.pk).first()) is None:
        raise TransitionError("그 사이 지워진 문서입니다.")
    return document


def take_step(step, *, by):
    """The document and the step, locked: `by` must be the addressee, and it must be his turn."""
    document = lock(Document(pk=step.round.document_id))
    step = (
        ApprovalStep.objects.select_for_update(of=("self",))
        .select_related("round", "assignee")
        .get(pk=step.pk)
    )
    check_turn(document, step, by)
    return document, step


def check_addressee(step, by):
    if step.assignee_id != by.pk or not permissions.can_stand_in_a_line(by):
        raise PermissionDenied("이 단계의 결재자만 처리할 수 있습니다.")
    if step.act == Act.APPROVE and not by.is_approver:
        raise PermissionDenied("결재자 역할인 사람만 결재할 수 있습니다.")


def check_turn(document, step, by):
    check_addressee(step, by)
    if step.act == Act.DRAFT:
        raise TransitionError("기안은 결재를 요청할 때 서명됩니다.")
    if step.round.status != ApprovalRound.Status.OPEN or document.status != Status.IN_APPROVAL:
        raise TransitionError("이 결재는 이미 끝났거나 취소되었습니다. 문서를 다시 열어 확인해 주세요.")
    if current_step(step.round) != step:
        raise TransitionError("아직 차례가 아니거나 이미 처리한 단계입니다.")


def current_step(round_):
    """The first step that nobody has acted on."""
    return round_.steps.filter(status=ApprovalStep.Status.WAITING).order_by("order").first()


def position_of(user):
    return user.position or user.rank or "-"


def is_signed_by(step, user):
    return ApprovalStep.objects.filter(pk=step.pk, status=ApprovalStep.Status.SIGNED, acted_by=user).exists()


def check_unchanged(document, round_):
    """What is signed must be what was sent: a change past all our paths shows here."""
    if assembling.digest(assembling.content(document)) != round_.content_sha256:
        raise TransitionError(
            "결재를 요청한 뒤 문서 내용이 달라졌습니다. 반려하고 기안자에게 다시 요청받으세요."
        )


def check_exception(document, user, reason):
    """A member of the inspection team decides only where his office allows it, and says why."""
    if not approval_line.needs_exception(document, user):
        return
    if not approval_line.exceptions_allowed(document):
        raise PermissionDenied("점검에 참여한 사람은 이 문서를 최종 결재할 수 없습니다.")
    if not reason.strip():
        raise TransitionError("점검에 참여한 사람이 결재할 때는 사유를 적어야 합니다.")


def _check_inspections(document):
    # Locked, so that none is opened again while the paper leaves: inspections.workflow.reopen looks at us.
    inspections = list(Inspection.objects.select_for_update().filter(documents=document).order_by("pk"))
    kinds.check_before_sending(document.kind, inspections)


def _expect(document, status, label):
    if document.status != status:
        raise TransitionError(f"'{document.get_status_display()}' 상태에서는 할 수 없습니다: {label}")


def _move(document, status, *also):
    document.status = status
    document.save(update_fields=["status", *also])


def _step(round_, order, act, user):
    return ApprovalStep(
        round=round_, order=order, act=act, assignee=user, position=position_of(user), name=user.name
    )


def _sign(step, by, at):
    step.status = ApprovalStep.Status.SIGNED
    step.position, step.name = position_of(by), by.name
    _bind(step, by, at)


def _bind(step, by, at):
    step.acted_by, step.acted_at, step.content_sha256 = by, at, step.round.content_sha256
    step.save(
        update_fields=[
            "status", "opinion", "exception_reason", "position", "name", "acted_by", "acted_at",
            "content_sha256",
        ]
    )  # fmt: skip


def _end(round_, status, at=None):
    round_.status = status
    round_.closed_at = at or clock.now()
    round_.save(update_fields=["status", "closed_at"])
