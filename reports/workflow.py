"""The life of a paper; with reports.rerouting the only module that writes Document.status, rounds and steps.

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
from prepared.queries import PreparedQuery
from reports import (
    approval_line,
    assembling,
    correspondence,
    kinds,
    marking,
    notices,
    permissions,
    steps,
    telling,
)
from reports.models import ApprovalRound, ApprovalStep, Document

Status = Document.Status
Act = ApprovalStep.Act


@transaction.atomic
def request(document, line, *, by, together=False, marks=None):
    """Send a draft along `line` = [(act, user), …]; the drafter signs 기안 by asking.

    `together`: those who concur one behind the other do so side by side. `marks`: {user id: ★ or ◉}.
    """
    document = lock(document)
    if not permissions.is_drafter(by, document):
        raise PermissionDenied("기안자만 결재를 요청할 수 있습니다.")
    _expect(document, Status.DRAFT, "결재 요청")
    if permissions.is_corrected(document):
        raise TransitionError("결재자가 고치고 있는 문서입니다. 고치기를 마치면 결재가 이어집니다.")
    approval_line.check(document, line)
    content = sendable(document)
    now = clock.now()
    round_ = ApprovalRound.objects.create(
        document=document, number=document.rounds.count() + 1, content=content,
        content_sha256=assembling.digest(content), requested_at=now,
    )  # fmt: skip
    signers = ApprovalStep.objects.bulk_create(
        _steps(round_, [(Act.DRAFT, by), *line], together=together, marks=marks or {})
    )
    steps.sign(signers[0], by, now)
    document.corrector = None
    _move(document, Status.IN_APPROVAL, "corrector")
    record(
        "request", document, by=by, round=round_.number, content=round_.content_sha256,
        line=[[step.act, step.position, step.name] for step in signers],
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
    end_round(round_, ApprovalRound.Status.WITHDRAWN)
    _move(document, Status.DRAFT)
    record("withdraw", document, by=by, round=round_.number)
    return document


def may_be_withdrawn(line):
    """Nobody but the drafter has signed; or the next signer has left and it would wait for ever."""
    signed = [step for step in line if step.status == ApprovalStep.Status.SIGNED and step.act != Act.DRAFT]
    waiting = [step for step in line if step.status == ApprovalStep.Status.WAITING]
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
    steps.bind(step, by, clock.now())
    end_round(step.round, ApprovalRound.Status.RETURNED)
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
    if steps.is_signed_by(step, by):
        return step
    document, step = take_step(step, by=by)
    check_unchanged(document, step.round)
    step.opinion = opinion.strip()
    steps.sign(step, by, clock.now())
    record("sign", document, by=by, round=step.round.number, act=step.act, content=step.content_sha256)
    notices.your_turn(document, step.round)
    return step


def close(document, step, *, by, opinion, exception_reason, signed_at, number, day):
    """The last signature: step, round and document in one go. Called by reports.issuing under its locks."""
    step.opinion = opinion.strip()
    step.exception_reason = exception_reason.strip()
    steps.sign(step, by, signed_at)
    end_round(step.round, ApprovalRound.Status.APPROVED, at=signed_at)
    document.number, document.number_year, document.approved_on = number, day.year, day
    _move(document, Status.APPROVED, "number", "number_year", "approved_on")
    record(
        "approve", document, by=by, round=step.round.number, content=step.content_sha256,
        number=document.number_text, exception=step.exception_reason,
    )  # fmt: skip
    notices.decided(document)
    telling.tell(document, by=by)


def close_outside(document, content, *, by, number, day, at):
    """Approved elsewhere: the round holds what was signed there. Called by reports.outside."""
    round_ = ApprovalRound.objects.create(
        document=document, number=document.rounds.count() + 1, status=ApprovalRound.Status.OPEN,
        content=content, content_sha256=assembling.digest(content), requested_at=at,
    )  # fmt: skip
    [drafted] = ApprovalStep.objects.bulk_create(_steps(round_, [(Act.DRAFT, by)], together=False, marks={}))
    steps.sign(drafted, by, at)
    end_round(round_, ApprovalRound.Status.APPROVED, at=at)
    document.number, document.number_year, document.approved_on = number, day.year, day
    document.corrector = None
    _move(document, Status.APPROVED, "number", "number_year", "approved_on", "corrector")
    telling.tell(document, by=by)


@PreparedQuery
def _locked(*, pk):
    # Lock only the document: without `of`, the joined rows would be locked too.
    locked = Document.objects.select_for_update(of=("self",)).select_related("department__parent", "drafter")
    return locked.filter(pk=pk)


@PreparedQuery
def _locked_step(*, pk):
    locked = ApprovalStep.objects.select_for_update(of=("self",)).select_related("round", "assignee")
    return locked.filter(pk=pk)


def lock(document):
    if (document := _locked.first(pk=document.pk)) is None:
        raise TransitionError("그 사이 지워진 문서입니다.")
    return document


def take_step(step, *, by):
    """The document and the step, locked: `by` must be the addressee, and it must be his turn."""
    document = lock(Document(pk=step.round.document_id))
    step = _locked_step.first(pk=step.pk)
    steps.check_turn(document, step, by)
    return document, step


def sendable(document):
    """The content as it leaves for signatures; refused if it is not fit to."""
    _check_inspections(document)
    correspondence.check(document)
    if marking.stale(document):
        raise TransitionError("비공개로 표시한 말이 줄에 없습니다. 비공개 표시에서 고쳐 주세요.")
    content = assembling.content(document)
    if not content["paper"].get("body"):
        raise TransitionError("본문이 비어 있어 결재를 요청할 수 없습니다.")
    return content


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


def _steps(round_, line, *, together, marks):
    """The rows of a line, in order; those who concur one behind the other may share a turn."""
    made = []
    for order, (act, user) in enumerate(line, 1):
        beside = together and made and act == Act.CONCUR == made[-1].act
        made.append(
            ApprovalStep(
                round=round_, order=order, turn=made[-1].turn if beside else order, act=act, assignee=user,
                position=steps.position_of(user), name=user.name, mark=marks.get(user.pk, ""),
                is_delegated=act == Act.APPROVE and approval_line.is_delegated(round_.document, user),
            )
        )  # fmt: skip
    return made


def end_round(round_, status, at=None):
    round_.status = status
    round_.closed_at = at or clock.now()
    round_.save(update_fields=["status", "closed_at"])
