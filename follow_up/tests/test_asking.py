"""Papers asked for item by item, answered and judged; wishes about a visit, asked and answered."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.tests.factories import DepartmentFactory, UserFactory
from contractors.tests.factories import AgreementFactory, ContractorUserFactory
from follow_up import asking
from follow_up.models import PaperItem, Wish
from inspections.tests import hostile_files
from inspections.tests.factories import InspectionFactory
from inspections.workflow import StaleError, TransitionError
from portal import desk

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 11, 13)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-02T10:00:00+09:00", tick=False):
        yield


@pytest.fixture
def inspection():
    agreement = AgreementFactory()
    return InspectionFactory(in_progress=True, agreement=agreement, subject=agreement.subject)


@pytest.fixture
def official(inspection):
    return UserFactory(department=inspection.department)


@pytest.fixture
def contractor(inspection):
    return ContractorUserFactory(contractor=inspection.contractor).user


@pytest.fixture
def item(inspection, official):
    asking.add_items(inspection, ["정산서", "통장 사본"], by=official, basis="협약서 제12조")
    asking.ask(inspection, by=official, due_on=DUE)
    return inspection.paper_items.first()


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def test_asked_sent_back_and_taken(item, contractor, official):
    sent = asking.send(item, by=contractor, version=1, answer="원본은 방문 때 드립니다")
    lacking = asking.judge(sent, by=official, version=sent.version, state="lacking", note="도장이 없음")
    again = asking.send(lacking, by=contractor, version=lacking.version, answer="도장을 찍음")
    taken = asking.judge(again, by=official, version=again.version, state="taken", note="")

    assert (taken.state, taken.answered_by, taken.note) == ("taken", contractor, "")
    with pytest.raises(TransitionError, match="'확인' 상태"):
        asking.send(taken, by=contractor, version=taken.version, answer="또")


def test_there_is_none_and_why(item, contractor):
    with pytest.raises(TransitionError):
        asking.say_none(item, by=contractor, version=1, answer=" ")
    assert asking.say_none(item, by=contractor, version=1, answer="통장을 쓰지 않음").state == "none"


def test_what_was_not_asked_is_not_the_contractors(inspection, official, contractor):
    asking.add_items(inspection, ["정산서", "정산서", ""], by=official)
    [item] = inspection.paper_items.all()
    assert not PaperItem.objects.visible_to(contractor).exists()
    with pytest.raises(TransitionError, match="요구하지 않은"):
        asking.send(item, by=contractor, version=1, answer="냄")
    asking.remove_item(item, by=official)
    with pytest.raises(TransitionError, match="새로 요구할 자료가"):
        asking.ask(inspection, by=official, due_on=DUE)


def test_what_was_asked_stays(item, official, inspection):
    with pytest.raises(TransitionError, match="이미 요구한"):
        asking.remove_item(item, by=official)
    with pytest.raises(TransitionError, match="새로 적은 자료가"):
        asking.add_items(inspection, ["정산서"], by=official)
    with pytest.raises(TransitionError, match="오늘보다 앞"):
        asking.ask(inspection, by=official, due_on=dt.date(2026, 11, 1))


def test_who_may_not(item, contractor, official):
    for by in (ContractorUserFactory().user, UserFactory(department=DepartmentFactory(team=True))):
        with pytest.raises(PermissionDenied):
            asking.send(item, by=by, version=1, answer="냄")
    sent = asking.send(item, by=contractor, version=1, answer="냄")
    with pytest.raises(PermissionDenied):
        asking.judge(sent, by=contractor, version=sent.version, state="taken", note="")
    with pytest.raises(StaleError):
        asking.judge(sent, by=official, version=1, state="taken", note="")


# Wishes ---------------------------------------------------------------------------------------------------


def test_a_wish_is_answered_in_time(inspection, contractor, official):
    fields = {"by": contractor, "id": uuid.uuid4(), "kind": "postpone", "text": "외부 감사가 겹침"}
    made = asking.wish(inspection, **fields)
    assert asking.wish(inspection, **fields) == made
    assert made.answer_due_on == dt.date(2026, 11, 9)  # seven days after the day it was asked
    with pytest.raises(TransitionError, match="답을 기다리는"):
        asking.wish(inspection, **fields | {"id": uuid.uuid4()})

    asking.answer_wish(made, by=official, answer="granted", answer_text="11. 20.로 미룹니다")
    with pytest.raises(TransitionError, match="이미 답한"):
        asking.answer_wish(made, by=official, answer="refused", answer_text="아님")
    assert Wish.objects.get().answer == "granted"


def test_only_the_contractor_wishes(inspection, official):
    with pytest.raises(PermissionDenied):
        asking.wish(inspection, by=official, id=uuid.uuid4(), kind="postpone", text="x")


# Pages ----------------------------------------------------------------------------------------------------


def test_from_the_list_to_the_taken_file(client, inspection, official, contractor, django_assert_num_queries):
    def office(name, *args):
        return reverse(f"follow_up:{name}", args=[inspection.pk, *args])

    def portal(name, *args):
        return reverse(f"portal:{name}", args=[inspection.pk, *args])

    client.force_login(official)
    assert client.post(office("papers_add"), {"texts": ""}).status_code == 422
    client.post(office("papers_add"), {"texts": "정산서\n통장 사본", "basis": "협약서 제12조"})
    assert client.post(office("papers_ask"), {"due_on": ""}).status_code == 422
    client.post(office("papers_ask"), {"due_on": "2026-11-13"})
    item = inspection.paper_items.first()

    client.force_login(contractor)
    [task] = desk.tasks(contractor, inspection.contractor)
    assert (task.kind, task.text, task.url) == (
        "자료 제출",
        f"{inspection.subject} 자료 2건",
        portal("papers"),
    )
    assert "정산서" in client.get(portal("papers")).content.decode()
    assert client.post(portal("paper_send", item.pk), {"version": 1, "is_none": "on"}).status_code == 422
    files = [SimpleUploadedFile("정산서.jpg", hostile_files.photo())]
    client.post(portal("paper_send", item.pk), {"version": 1, "answer": "", "files": files})
    kept = fresh(item).files.get()
    assert client.get(portal("paper_file", kept.pk))["Content-Type"] == "image/jpeg"
    client.post(portal("wish"), {"id": str(uuid.uuid4()), "kind": "postpone", "text": "감사가 겹침"})

    client.force_login(official)
    with django_assert_num_queries(6):
        page = client.get(office("papers")).content.decode()
    assert "정산서.jpg" in page
    assert "감사가 겹침" in page
    assert client.get(office("paper_file", kept.pk)).status_code == 200
    assert client.post(office("paper_judge", item.pk), {"version": 2, "state": "lacking"}).status_code == 422
    client.post(office("paper_judge", item.pk), {"version": 2, "state": "taken", "note": ""})
    client.post(
        office("wish_answer", Wish.objects.get().pk), {"answer": "granted", "answer_text": "미룹니다"}
    )
    assert fresh(item).state == "taken"

    client.force_login(ContractorUserFactory().user)
    for address in (
        portal("papers"),
        portal("paper_send", item.pk),
        portal("paper_file", kept.pk),
        portal("wish"),
    ):
        assert client.get(address).status_code == 404
