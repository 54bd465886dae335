import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections import reviewing
from inspections.models import ChecklistItem, Inspection
from inspections.tests.factories import (
    ActionFactory,
    AnswerFactory,
    FindingFactory,
    InspectionFactory,
    TeamMemberFactory,
    VisitFactory,
    published_checklist,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection():
    inspection = InspectionFactory(in_progress=True)
    TeamMemberFactory(inspection=inspection)
    VisitFactory(inspection=inspection)
    return inspection


@pytest.fixture
def inspector(inspection, client):
    user = UserFactory(department=inspection.department)
    client.force_login(user)
    return user


def url(name, inspection):
    return reverse(f"inspections:{name}", args=[inspection.pk])


def answer_all(inspection):
    for item in ChecklistItem.objects.filter(indicator__checklist=inspection.checklist):
        AnswerFactory(inspection=inspection, item=item)


def test_everything_is_on_one_page(client, inspection, inspector):
    AnswerFactory(inspection=inspection, opinion="통장을 확인함")
    FindingFactory(inspection=inspection, text="회계 규정을 지킴")
    FindingFactory(inspection=inspection, overall=True, text="전반적으로 잘함")
    ActionFactory(inspection=inspection, text="나라장터를 쓸 것")

    page = client.get(url("review", inspection)).content.decode()

    for text in ["통장을 확인함", "회계 규정을 지킴", "전반적으로 잘함", "나라장터를 쓸 것", "미응답:"]:
        assert text in page
    assert "disabled>점검 완료" in page


def test_completing_and_opening_again(client, inspection, inspector):
    answer_all(inspection)

    client.post(url("complete", inspection))
    inspection.refresh_from_db()
    assert inspection.status == Inspection.Status.DONE
    assert "다시 열기" in client.get(url("review", inspection)).content.decode()

    client.post(url("reopen", inspection), {"reason": "사진을 더 올림"})
    inspection.refresh_from_db()
    assert inspection.status == Inspection.Status.IN_PROGRESS


def test_completing_too_early_is_refused_with_a_message(client, inspection, inspector):
    page = client.post(url("complete", inspection), follow=True).content.decode()

    assert "아직 빠진 것이 2건" in page


def test_reopening_needs_a_reason(client, inspection, inspector):
    answer_all(inspection)
    client.post(url("complete", inspection))

    page = client.post(url("reopen", inspection), {"reason": " "}, follow=True).content.decode()

    assert "사유를 적어 주세요." in page
    inspection.refresh_from_db()
    assert inspection.status == Inspection.Status.DONE


def test_a_warning_is_left_as_it_is(client, inspection, inspector):
    answer_all(inspection)
    [oddity] = reviewing.odd(inspection)

    page = client.post(
        url("warning_waive", inspection), {"key": oddity.key, "reason": "작은 기관"}, follow=True
    ).content.decode()

    assert "이대로 둠</span>" in page
    assert "작은 기관" in page


@pytest.mark.parametrize("state", ["planned", "done", "excluded", "not_done"])
def test_the_page_opens_in_every_state(client, state):
    inspection = InspectionFactory(**({} if state == "planned" else {state: True}))
    client.force_login(UserFactory(department=inspection.department))

    assert client.get(url("review", inspection)).status_code == 200


ACTIONS = ["warning_waive", "complete", "reopen"]


def test_strangers_find_nothing_and_readers_change_nothing(client, inspection):
    for name in ["review", *ACTIONS]:
        assert reverse("account_login") in client.post(url(name, inspection)).headers["Location"]
    client.force_login(UserFactory())
    for name in ACTIONS:
        assert client.post(url(name, inspection), {"key": "x", "reason": "x"}).status_code == 404
    client.force_login(UserFactory(viewer=True))
    assert client.get(url("review", inspection)).status_code == 200
    for name in ACTIONS:
        assert client.post(url(name, inspection), {"key": "x", "reason": "x"}).status_code == 403


def test_actions_take_a_post_and_the_page_none(client, inspection, inspector):
    for name in ACTIONS:
        assert client.get(url(name, inspection)).status_code == 405
    assert client.post(url("review", inspection)).status_code == 405


@pytest.mark.parametrize("items", [1, 3, 40])
def test_the_page_takes_as_many_queries_for_forty_items_as_for_one(client, django_assert_num_queries, items):
    last = InspectionFactory(in_progress=True, part__checklist=published_checklist(items=items))
    inspection = InspectionFactory(
        in_progress=True, part__checklist=published_checklist(items=items), previous=last
    )
    answer_all(inspection)
    answer_all(last)
    client.force_login(UserFactory(department=inspection.department))
    client.get(url("review", inspection))

    # session (read, touched), user, inspection; indicators, progress, items with answers, files,
    # what was found before, last answers, last findings, last actions; the findings; for what is odd: visits,
    # findings, texts of actions, waivers; for what is missing: team, visits; for the page: team, visits,
    # actions, other files
    with django_assert_num_queries(24):
        client.get(url("review", inspection))
