"""자료 제출 요구, and 연기·점검자 변경 신청 the other way: what is asked before a visit.

asked ──send──▶ sent ──take──▶ taken
  │  ▲            └──send_back(note)──▶ lacking ──send──▶ sent
  │  └ (only before it is asked: edited, taken out)
  └──say_none(why)──▶ none
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max

from audit import clock
from audit.recording import record
from follow_up import notices
from follow_up.models import DeadlineRule, PaperItem, Wish
from follow_up.periods import counted, rule_for
from inspections import workflow
from inspections.models import Inspection
from inspections.workflow import StaleError, TransitionError, given

State = PaperItem.State


@transaction.atomic
def add_items(inspection, texts, *, by, basis="", due_on=None):
    """Further papers at the end of the list; a text that stands there already is not put twice."""
    inspection = workflow.lock_open(inspection, by)
    known = set(inspection.paper_items.values_list("text", flat=True))
    last = inspection.paper_items.aggregate(last=Max("position"))["last"] or 0
    new = [text.strip() for text in dict.fromkeys(texts) if text.strip() and text.strip() not in known]
    if not new:
        raise TransitionError("새로 적은 자료가 없습니다.")
    items = PaperItem.objects.bulk_create(
        PaperItem(
            inspection=inspection, position=last + number, text=text, basis=basis.strip(), due_on=due_on
        )
        for number, text in enumerate(new, 1)
    )
    record("add_papers", inspection, by=by, texts=new)
    return items


@transaction.atomic
def remove_item(item, *, by):
    """Only what was not asked for yet."""
    inspection = workflow.lock_open(item.inspection, by)
    if PaperItem.objects.filter(pk=item.pk, asked_on=None).delete()[0]:
        record("remove_paper", inspection, by=by, text=item.text)
    else:
        raise TransitionError("이미 요구한 자료는 지울 수 없습니다.")


@transaction.atomic
def ask(inspection, *, by, due_on):
    """The list goes to the contractor: from now on it stands among its tasks. Returns how many are new."""
    inspection = workflow.lock_open(inspection, by)
    if due_on < clock.today():
        raise TransitionError("제출기한이 오늘보다 앞입니다.")
    waiting = inspection.paper_items.filter(asked_on=None)
    if not waiting.exists():
        raise TransitionError("새로 요구할 자료가 없습니다.")
    asked = waiting.update(asked_on=clock.today(), due_on=due_on)
    for contractor in inspection.contractors:
        notices.to_contractor(contractor, "보내 주실 자료가 있습니다.", "portal:papers", inspection.pk)
    record("ask_papers", inspection, by=by, number=asked, due_on=str(due_on))
    return asked


@transaction.atomic
def send(item, *, by, version, answer, files=()):
    """The contractor answers one item, with files or words; the official may enter what came on paper."""
    current = _locked(item, by, version, {State.ASKED, State.LACKING, State.SENT})
    if not files and not answer.strip() and not current.files.exists():
        raise TransitionError("파일을 올리거나, 어떻게 냈는지 적어 주세요.")
    known = set(current.files.values_list("sha256", flat=True))
    for columns in files:
        if columns["sha256"] not in known:
            current.files.create(**columns)
    return _write(current, State.SENT, "send_paper", by=by, answer=answer.strip(), files=len(files))


@transaction.atomic
def say_none(item, *, by, version, answer):
    """There is no such paper, and why."""
    current = _locked(item, by, version, {State.ASKED, State.LACKING})
    return _write(current, State.NONE, "send_paper", by=by, answer=given(answer), none=True)


@transaction.atomic
def judge(item, *, by, version, state, note):
    """확인 or 보완 요구, by the office."""
    current = _locked(item, by, version, {State.SENT, State.NONE})
    if by.is_contractor:
        raise PermissionDenied
    if state == State.LACKING:
        note = given(note)
    rows = PaperItem.objects.filter(pk=current.pk)
    rows.update(state=state, note=note.strip(), version=F("version") + 1)
    if state == State.LACKING:
        for contractor in current.inspection.contractors:
            notices.to_contractor(contractor, "자료를 보완해 주세요.", "portal:papers", current.inspection_id)
    record("judge_paper", current, by=by, chain=current.inspection, state=state, note=note)
    current.refresh_from_db()
    return current


@transaction.atomic
def wish(inspection, *, by, id, kind, text, wished_on=None):
    """The contractor asks for another day or another inspector (행정조사기본법 제18조, 제22조)."""
    inspection = _of_contractor(inspection.pk, by)
    if known := Wish.objects.filter(pk=id).first():
        return known
    if not inspection.is_open:
        raise TransitionError("이미 끝난 점검입니다.")
    if inspection.wishes.filter(kind=kind, answer="").exists():
        raise TransitionError("답을 기다리는 신청이 이미 있습니다.")
    rule = rule_for(DeadlineRule.Purpose.POSTPONEMENT)
    made = Wish.objects.create(
        id=id, inspection=inspection, kind=kind, text=given(text), wished_on=wished_on,
        asked_on=clock.today(), asked_by=by, answer_due_on=counted(rule, clock.today()).day if rule else None,
    )  # fmt: skip
    notices.to_team(
        inspection, "점검 연기나 점검자 변경 신청이 들어왔습니다.", "follow_up:papers", inspection.pk
    )
    record("wish", made, by=by, chain=inspection, kind=kind, text=text)
    return made


@transaction.atomic
def answer_wish(wish, *, by, answer, answer_text):
    """Granted it is: the visit itself is postponed, or the team changed, where those are kept."""
    inspection = workflow.lock(wish.inspection, by)
    changed = Wish.objects.filter(pk=wish.pk, answer="").update(
        answer=answer, answer_text=given(answer_text), answered_on=clock.today(), answered_by=by
    )
    if not changed:
        raise TransitionError("이미 답한 신청입니다.")
    for contractor in inspection.contractors:
        notices.to_contractor(contractor, "신청에 답했습니다.", "portal:papers", inspection.pk)
    record("answer_wish", wish, by=by, chain=inspection, answer=answer, text=answer_text)


def _locked(item, by, version, states):
    if by.is_contractor:
        inspection = _of_contractor(item.inspection_id, by)
    else:
        inspection = workflow.lock(item.inspection, by)
    current = PaperItem.objects.filter(pk=item.pk).first()
    if current is None or current.asked_on is None:
        raise TransitionError("요구하지 않은 자료입니다.")
    if current.version != version:
        raise StaleError(current)
    if current.state not in states:
        raise TransitionError(f"'{current.get_state_display()}' 상태에서는 할 수 없습니다.")
    current.inspection = inspection
    return current


def _of_contractor(pk, by):
    """The inspection, locked; refused to whoever does not speak for its contractor."""
    inspection = workflow.locked(pk)
    if not by.is_contractor:
        raise PermissionDenied
    if not Inspection.objects.of_contractor(by.contractor_user.contractor).filter(pk=pk).exists():
        raise PermissionDenied
    return inspection


def _write(item, state, verb, *, by, answer, **detail):
    PaperItem.objects.filter(pk=item.pk).update(
        state=state,
        answer=answer,
        answered_on=clock.today(),
        answered_by=by,
        note="",
        version=F("version") + 1,
    )
    if by.is_contractor:
        notices.to_team(
            item.inspection, "요구한 자료가 들어왔습니다.", "follow_up:papers", item.inspection_id
        )
    record(verb, item, by=by, chain=item.inspection, text=item.text, answer=answer, **detail)
    item.refresh_from_db()
    return item
