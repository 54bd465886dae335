"""One line saved as it is typed: what comes back, once for each key, and what is never overwritten unseen."""

import uuid

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from audit import recording
from audit.models import Event
from contractors.tests.factories import SubjectFactory
from inspections import answering
from inspections.answer_rules import Given
from inspections.forms.answer_values import base_of, stored
from inspections.models import Answer, Inspection
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
)
from inspections.tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    indicator = IndicatorFactory(checklist=ChecklistFactory())
    item = ChecklistItemFactory(indicator=indicator, code="가", note_rule="on_fail")
    ChecklistItemFactory(indicator=indicator, code="나", is_per_site=True, number=True)
    publish(indicator.checklist)
    return item


@pytest.fixture
def other(item):
    return item.indicator.items.get(code="나")


@pytest.fixture
def inspection(item):
    return InspectionFactory(in_progress=True, part__checklist=item.indicator.checklist)


@pytest.fixture
def inspector(inspection, client):
    user = UserFactory(department=inspection.department)
    client.force_login(user)
    return user


def body_of(item, answer=None, *, key=None, site=None, base=None, **fields):
    line = f"{item.pk}s{site.pk}" if site else str(item.pk)
    data = {"key": key or uuid.uuid4(), "line": line}
    data[f"a{line}-base"] = base or base_of(answer, stored(item, answer))
    return data | {f"a{line}-{name}": value for name, value in fields.items()}


def send(client, inspection, data):
    return client.post(
        reverse("inspections:answer_save", args=[inspection.pk]), data, headers={"X-Requested-With": "fetch"}
    )


def test_a_line_is_saved_alone_and_the_reply_is_what_the_next_save_is_made_on(
    client, inspection, inspector, item
):
    first = send(client, inspection, body_of(item, choice="적정")).json()
    second = send(client, inspection, body_of(item, base=first["base"], choice="적정", opinion="확인함"))

    answer = Answer.objects.get()
    assert (answer.choice, answer.opinion, answer.version) == ("적정", "확인함", 2)
    assert first["is_answered"] is True
    assert second.json()["base"] == base_of(answer, stored(item, answer))
    assert len(first["saved_at"]) == 5


def test_the_same_key_is_the_same_reply_and_one_effect(client, inspection, inspector, item):
    data = body_of(item, choice="적정", opinion="확인함")

    replies = [send(client, inspection, data) for _ in range(3)]

    assert [reply.status_code for reply in replies] == [200, 200, 200]
    assert len({reply.json()["base"] for reply in replies}) == 1
    assert Answer.objects.get().version == 1
    assert Event.objects.filter(action="answer").count() == 1
    assert recording.broken_links() == []


def test_a_repeat_is_known_also_after_somebody_else_has_saved(client, inspection, inspector, item):
    data = body_of(item, choice="적정")
    first = send(client, inspection, data).json()
    colleague = UserFactory(department=inspection.department)
    answering.save_answers(inspection, [Given(item, 1, choice="부적정", opinion="다름")], by=colleague)

    again = send(client, inspection, data)
    later = send(client, inspection, body_of(item, base=again.json()["base"], choice="적정", opinion="더"))

    assert again.json()["base"] == first["base"]
    assert Answer.objects.get().choice == "부적정"
    assert later.status_code == 409
    assert later.json()["current"]["choice"] == "부적정"


def test_a_key_is_not_taken_for_something_else(client, inspection, inspector, item, other):
    key = uuid.uuid4()
    send(client, inspection, body_of(item, key=key, choice="적정"))

    for data in (body_of(item, key=key, choice="부적정", opinion="x"), body_of(other, key=key, number="3")):
        response = send(client, inspection, data)
        assert response.status_code == 422
        assert "다른 내용에 쓰인 요청 번호" in response.json()["message"]
    assert Answer.objects.get().choice == "적정"


def test_the_key_of_somebody_else_tells_nothing(client, inspection, inspector, item):
    data = body_of(item, choice="적정")
    send(client, inspection, data)
    client.force_login(UserFactory(department=inspection.department))

    assert send(client, inspection, data).status_code == 422


def test_a_stale_line_is_not_saved_and_gets_what_stands_there(client, inspection, inspector, item):
    colleague = UserFactory(department=inspection.department, name="이나라")
    answering.save_answers(inspection, [Given(item, choice="적정", opinion="먼저")], by=colleague)

    response = send(client, inspection, body_of(item, choice="부적정", opinion="나중"))

    reply = response.json()
    assert response.status_code == 409
    assert reply["message"] == "그 사이 이나라님이 고쳤습니다."
    assert (reply["current"]["choice"], reply["current"]["opinion"]) == ("적정", "먼저")
    assert reply["base"] == base_of(Answer.objects.get(), stored(item, Answer.objects.get()))
    assert Answer.objects.get().opinion == "먼저"


def test_what_is_wrong_is_told_by_field_and_not_stored(client, inspection, inspector, item, other):
    failing = send(client, inspection, body_of(item, choice="부적정"))
    no_number = send(client, inspection, body_of(other, number="많음"))

    assert failing.status_code == no_number.status_code == 422
    assert failing.json()["errors"] == {"opinion": "부적정일 때는 의견을 적어야 하는 항목입니다."}
    assert no_number.json()["errors"] == {"number": "숫자로 적어 주세요. 예: 1,234.5"}
    assert not Answer.objects.exists()


def test_a_line_at_a_site_is_saved_there(client, inspection, inspector, other):
    site = SubjectFactory(site=True, parent=inspection.subject)
    inspection.sites.add(site)

    reply = send(client, inspection, body_of(other, site=site, number="9"))

    assert Answer.objects.get().site == site
    assert (reply.json()["verdict"], reply.json()["is_failed"]) == ("부적정", True)
    assert send(client, inspection, body_of(other, number="9")).status_code == 404  # it is asked at each site
    assert send(client, inspection, body_of(other, site=SubjectFactory(), number="9")).status_code == 404


@pytest.mark.parametrize(
    "data", [{}, {"line": "1"}, {"key": "x", "line": "1"}, {"key": uuid.uuid4(), "line": "x"}]
)
def test_half_a_request_is_told_in_korean(client, inspection, inspector, data):
    response = send(client, inspection, data)

    assert response.status_code == 422
    assert response.json()["errors"]["__all__"]


def test_only_those_who_work_on_it_save_a_line(client, inspection, item):
    stranger, viewer = UserFactory(), UserFactory(viewer=True)
    found = {}
    for user in (stranger, viewer):
        client.force_login(user)
        found[user] = [
            send(client, inspection, data).status_code for data in (body_of(item, choice="적정"), {})
        ]
    client.logout()

    assert found == {stranger: [404, 404], viewer: [403, 403]}
    assert send(client, inspection, body_of(item, choice="적정")).status_code == 401
    assert not Answer.objects.exists()


def test_a_completed_inspection_takes_no_line(client, inspection, inspector, item):
    Inspection.objects.filter(pk=inspection.pk).update(
        status="done", completed_at="2020-12-30T00:00Z", completed_by=inspector
    )

    response = send(client, inspection, body_of(item, choice="적정"))

    assert response.status_code == 409
    assert "상태에서는 고칠 수 없습니다" in response.json()["message"]


def test_nothing_changed_is_nothing_written(client, inspection, inspector, item):
    answer = AnswerFactory(inspection=inspection, item=item, choice="적정")
    events = Event.objects.count()

    response = send(client, inspection, body_of(item, answer, choice="적정"))

    assert response.json()["base"].startswith("1-")
    assert Event.objects.count() == events


def test_the_first_line_starts_a_planned_inspection(client, inspection, inspector, item):
    Inspection.objects.filter(pk=inspection.pk).update(status="planned")

    send(client, inspection, body_of(item, choice="적정"))

    inspection.refresh_from_db()
    assert inspection.status == Inspection.Status.IN_PROGRESS


def test_a_line_takes_few_queries(client, inspection, inspector, item, django_assert_max_num_queries):
    answer = AnswerFactory(inspection=inspection, item=item, choice="적정")
    send(client, inspection, body_of(item, answer, choice="적정", opinion="하나"))
    answer.refresh_from_db()

    # session, user, BEGIN, inspection, its office, item with answer, answer, chain, event, head, COMMIT
    with django_assert_max_num_queries(12):
        send(client, inspection, body_of(item, answer, choice="적정", opinion="둘"))

    assert Answer.objects.get().opinion == "둘"


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_the_same_request_twice_at_once_is_one_effect(inspection, inspector, item, turn, client):
    data = body_of(item, choice="적정", opinion="확인함")
    clients = [client.__class__() for _ in range(4)]
    for one in clients:
        one.force_login(inspector)

    replies = at_once(*[lambda one=one: send(one, inspection, data) for one in clients])

    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.json()["base"] for reply in replies}) == 1
    assert Answer.objects.get().version == 1
    assert Event.objects.filter(action="answer").count() == 1
