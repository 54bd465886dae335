"""사전통지, 의견제출, 청문: what comes before a 행정처분 is decided (행정절차법 제21조, 제22조, 제27조)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit import clock
from audit.recording import record
from follow_up import notices
from follow_up.disposing import check, locked, move
from follow_up.models import Disposition, Opinion, Procedure
from follow_up.periods import counted
from inspections.workflow import TransitionError, given

Status = Disposition.Status


@transaction.atomic
def notify(disposition, *, by, version, rule, noticed_on, notice_paper="", hearing_on=None, hearing_place=""):
    """사전통지: from this day the time for opinions runs, counted by `rule`."""
    current = locked(disposition, by, version)
    check(current, {Status.PLANNED}, "사전통지")
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
    text = "의견을 낼 수 있는 처분 사전통지가 있습니다."
    notices.to_contractor(current.contractor, text, "portal:opinion", current.pk)
    return move(current, Status.NOTIFIED, "notify_disposition", by=by, noticed_on=str(noticed_on),
                 opinion_due_on=str(found.day))  # fmt: skip


@transaction.atomic
def add_opinion(disposition, *, by, id, text, source, received_on, paper=""):
    """의견제출: until the decision, late ones too; through the portal by the party itself."""
    if source == Opinion.Source.PORTAL:
        _check_party(disposition, by)
    current = locked(disposition, None if source == Opinion.Source.PORTAL else by)
    if known := Opinion.objects.filter(pk=id).first():
        return known
    check(current, {Status.NOTIFIED}, "의견 적기")
    if received_on > clock.today():
        raise TransitionError("받은 날이 오늘보다 뒤입니다.")
    if not text.strip():
        raise TransitionError("의견을 적어 주세요.")
    made = Opinion.objects.create(
        id=id, disposition=current, text=text.strip(), source=source, paper=paper.strip(),
        received_on=received_on, entered_by=by,
    )  # fmt: skip
    if source == Opinion.Source.PORTAL:
        place = ("follow_up:disposition", current.inspection_id, current.pk)
        notices.to_team(current.inspection, "처분에 대한 의견이 들어왔습니다.", *place)
    record("add_opinion", current, by=by, chain=current.inspection, source=source, on=str(received_on))
    return made


@transaction.atomic
def answer_opinion(opinion, *, by, answer, answer_text):
    current = locked(opinion.disposition, by)
    changed = Opinion.objects.filter(pk=opinion.pk, answer="").update(
        answer=answer, answer_text=given(answer_text), answered_on=clock.today()
    )
    if not changed:
        raise TransitionError("이미 답한 의견입니다.")
    record("answer_opinion", current, by=by, chain=current.inspection, answer=answer, text=answer_text)


@transaction.atomic
def hold_hearing(disposition, *, by, version, note):
    """청문 결과 of a hearing that was held."""
    current = locked(disposition, by, version)
    check(current, {Status.NOTIFIED}, "청문 결과 적기")
    held_on = current.procedure.hearing_on
    if held_on is None or held_on > clock.today():
        raise TransitionError("아직 청문을 열지 않았습니다.")
    Procedure.objects.filter(disposition=current).update(hearing_note=given(note))
    record("hold_hearing", current, by=by, chain=current.inspection, note=note)
    return current


def _check_party(disposition, by):
    if not (by.is_contractor and Disposition.objects.visible_to(by).filter(pk=disposition.pk).exists()):
        raise PermissionDenied
