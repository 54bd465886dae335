"""What may happen to a paper on its way besides a signature or a return to its drafter.

send_back   to somebody who has signed: a new round with the same content, the signatures before his kept
replace     a signer who cannot sign any more (transferred, left), by the drafter or his office
hold        the signer says that he keeps it for now, and why
correct     the signer changes the text himself; `resume` sends it on from him, earlier signatures bound as
            they were given

Rounds are never changed afterwards, so each signature stays where it was given.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.workflow import TransitionError
from reports import approval_line, assembling, notices, permissions, steps, workflow
from reports.models import ApprovalRound, ApprovalStep, Document

Status = ApprovalStep.Status
Act = ApprovalStep.Act
GIVEN = [
    "status", "position", "name", "stood_in", "deputy_position", "acted_at", "acted_by", "opinion",
    "exception_reason", "content_sha256",
]  # fmt: skip
PLACE = ["order", "turn", "act", "assignee", "is_delegated", "mark"]


def earlier(step):
    """Those he may send it back to: whoever has signed before him, but for the drafter (that is a return)."""
    signed = step.round.steps.filter(status=Status.SIGNED, order__lt=step.order).exclude(act=Act.DRAFT)
    return signed.select_related("assignee").order_by("order")


@transaction.atomic
def send_back(step, to, *, by, reason):
    document, step = workflow.take_step(step, by=by)
    reason = reason.strip()
    if not reason:
        raise TransitionError("돌려보낼 때는 사유를 적어 주세요.")
    if to not in earlier(step):
        raise TransitionError("앞에서 서명한 사람에게만 돌려보낼 수 있습니다.")
    workflow.check_unchanged(document, step.round)
    step.status, step.opinion = Status.RETURNED, reason
    steps.name_signer(step, by)
    steps.bind(step, by, clock.now())
    before = step.round
    workflow.end_round(before, ApprovalRound.Status.RETURNED)
    after = _next_round(before, before.content, to)
    record("send_back", document, by=by, round=after.number, to=f"{to.position} {to.name}", reason=reason)
    notices.your_turn(document, after)
    return after


@transaction.atomic
def replace(step, user, *, by, reason):
    """Another signs in his place, since he cannot any more; told to the history."""
    document = workflow.lock(Document(pk=step.round.document_id))
    if not permissions.can_replace_signer(by, document):
        raise PermissionDenied("기안자와 처리과 사람만 결재자를 바꿀 수 있습니다.")
    line = list(step.round.steps.select_for_update(of=("self",)).select_related("assignee").order_by("order"))
    step = next(each for each in line if each.pk == step.pk)
    if document.status != Document.Status.IN_APPROVAL or step.status != Status.WAITING:
        raise TransitionError("이미 처리했거나 끝난 단계라 바꿀 수 없습니다.")
    if not reason.strip():
        raise TransitionError("바꾸는 까닭을 적어 주세요.")
    if approval_line.can_still_sign(document, step.act, step.assignee):
        raise TransitionError(
            f"{step.assignee}님은 아직 결재할 수 있습니다. 자리를 비웠으면 부재와 대결자를 등록하게 하세요."
        )
    before, step.assignee = f"{step.position} {step.name}", user
    approval_line.check(document, [(each.act, each.assignee) for each in line if each.act != Act.DRAFT])
    step.position, step.name = steps.position_of(user), user.name
    step.is_delegated = step.act == Act.APPROVE and approval_line.is_delegated(document, user)
    step.save(update_fields=["assignee", "position", "name", "is_delegated"])
    record(
        "replace_signer", document, by=by, round=step.round.number, before=before,
        after=f"{step.position} {step.name}", reason=reason.strip(),
    )  # fmt: skip
    notices.your_turn(document, step.round)


@transaction.atomic
def hold(step, *, by, reason):
    """It stays in his box; the drafter sees why."""
    document, step = workflow.take_step(step, by=by)
    if not reason.strip():
        raise TransitionError("보류하는 까닭을 적어 주세요.")
    ApprovalStep.objects.filter(pk=step.pk).update(held_reason=reason.strip())
    record("hold", document, by=by, round=step.round.number, act=step.act, reason=reason.strip())
    notices.held(document, step)


@transaction.atomic
def correct(step, *, by):
    """The paper is in his hands: he, and nobody else, writes in it until he lets it go on."""
    document, step = workflow.take_step(step, by=by)
    if step.act not in (Act.REVIEW, Act.APPROVE):
        raise TransitionError("검토하거나 결재하는 사람만 고칠 수 있습니다.")
    if not document.department.signers_may_correct:
        raise TransitionError("이 처리과에서는 결재 중에 고치지 않습니다. 의견을 적어 반려해 주세요.")
    workflow.check_unchanged(document, step.round)
    workflow.end_round(step.round, ApprovalRound.Status.CORRECTED)
    document.status, document.corrector = Document.Status.DRAFT, by
    document.save(update_fields=["status", "corrector"])
    record("correct", document, by=by, round=step.round.number, act=step.act)
    return document


@transaction.atomic
def resume(document, *, by):
    """It goes on from the one who corrected it, in a new round: with what he made of it, or as it was."""
    document = workflow.lock(document)
    if document.corrector_id != by.pk or not permissions.is_corrected(document):
        raise PermissionDenied("고치고 있는 사람만 결재를 이어 갈 수 있습니다.")
    before = document.rounds.get(number=document.rounds.count())
    mine = before.steps.filter(status=Status.WAITING).order_by("order").first()
    document.status, document.corrector = Document.Status.IN_APPROVAL, None
    after = _next_round(before, workflow.sendable(document), mine)
    document.save(update_fields=["status", "corrector"])
    is_changed = after.content_sha256 != before.content_sha256
    record("resume", document, by=by, round=after.number, content=after.content_sha256, is_changed=is_changed)
    if is_changed:
        notices.corrected(document, by)
    notices.your_turn(document, after)
    return after


def _next_round(before, content, to):
    """The line once more on this content, from `to` on to be signed anew."""
    after = ApprovalRound.objects.create(
        document=before.document, number=before.number + 1, content=content,
        content_sha256=assembling.digest(content), requested_at=clock.now(),
    )  # fmt: skip
    ApprovalStep.objects.bulk_create(_carried_over(before, after, to))
    return after


def _carried_over(before, after, to):
    """The line again: what was signed before `to` as it was signed, the rest to be signed anew."""
    for old in before.steps.select_related("assignee").order_by("order"):
        new = ApprovalStep(round=after, **{name: getattr(old, name) for name in PLACE})
        if old.order < to.order:
            for name in GIVEN:
                setattr(new, name, getattr(old, name))
        else:
            new.position, new.name = steps.position_of(old.assignee), old.assignee.name
        yield new
