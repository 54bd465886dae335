"""One step of a line of approval: whose turn it is, who may act on it, and what a signature writes."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from inspections.workflow import TransitionError
from prepared.queries import PreparedQuery
from reports import absences, permissions
from reports.models import Absence, ApprovalRound, ApprovalStep, Document, Notice

Act = ApprovalStep.Act
WRITTEN = [
    "status", "opinion", "exception_reason", "position", "name", "stood_in", "deputy_position", "acted_by",
    "acted_at", "content_sha256",
]  # fmt: skip


@PreparedQuery
def with_round(*, pk):
    return ApprovalStep.objects.select_related("round", "assignee").filter(pk=pk)


@PreparedQuery
def _line(*, round_pk):
    return ApprovalStep.objects.filter(round=round_pk).select_related("assignee").order_by("order")


def current(round_):
    """The steps that wait and have nobody before them: one, or all that concur side by side."""
    return now(_line.rows(round_pk=round_.pk))


def now(steps):
    """The same of the steps of one round that are at hand, in their order."""
    waiting = [step for step in steps if step.status == ApprovalStep.Status.WAITING]
    return [step for step in waiting if step.turn == waiting[0].turn]


def may_act(step, user):
    """Its addressee, or whoever is registered to stand in for him today; a drafter never signs his own."""
    if not permissions.can_stand_in_a_line(user):
        return False
    return step.assignee_id == user.pk or _may_stand_in(step, user)


def check_addressee(step, by):
    if not may_act(step, by):
        raise PermissionDenied("이 단계의 결재자만 처리할 수 있습니다.")
    if step.act == Act.APPROVE and not by.is_approver:
        raise PermissionDenied("결재자 역할인 사람만 결재할 수 있습니다.")


def check_turn(document, step, by):
    check_addressee(step, by)
    if step.act == Act.DRAFT:
        raise TransitionError("기안은 결재를 요청할 때 서명됩니다.")
    if step.round.status != ApprovalRound.Status.OPEN or document.status != Document.Status.IN_APPROVAL:
        raise TransitionError("이 결재는 이미 끝났거나 취소되었습니다. 문서를 다시 열어 확인해 주세요.")
    if step not in current(step.round):
        raise TransitionError("아직 차례가 아니거나 이미 처리한 단계입니다.")


def is_signed_by(step, user):
    return ApprovalStep.objects.filter(pk=step.pk, status=ApprovalStep.Status.SIGNED, acted_by=user).exists()


def sign(step, by, at):
    """Write the signature: name and post as they are today, and in whose stead it is given."""
    step.status = ApprovalStep.Status.SIGNED
    name_signer(step, by)
    bind(step, by, at)


def bind(step, by, at):
    """To the content that was before the signer's eyes."""
    step.acted_by, step.acted_at, step.content_sha256 = by, at, step.round.content_sha256
    step.save(update_fields=WRITTEN)
    # What was told him, or who could have signed in his stead, is done with.
    told = Notice.objects.filter(document=step.round.document_id, page=Notice.Page.APPROVAL, read_at=None)
    told.filter(Q(user=by) | Q(user=step.assignee_id)).update(read_at=at)


def name_signer(step, by):
    """A deputy signs in the cell of the absent one; who acts for a vacant post signs with its title."""
    absence = None if step.assignee_id == by.pk else absences.standing_in(step, by)
    step.position, step.name = position_of(step.assignee), by.name
    step.stood_in = absence.mode if absence else ""
    if step.stood_in == Absence.Mode.ACTING:
        step.position = f"{step.position} {Absence.Mode.ACTING}"
    step.deputy_position = position_of(by) if step.stood_in == Absence.Mode.DEPUTY else ""


def position_of(user):
    return user.position or user.rank or "-"


def _may_stand_in(step, user):
    drafter = ApprovalStep.objects.filter(round=step.round_id, act=Act.DRAFT, assignee=user)
    return absences.standing_in(step, user) is not None and not drafter.exists()
