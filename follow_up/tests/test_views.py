"""The pages of the follow-up: what they show, to whom, and with how many queries."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.tests.factories import DepartmentFactory, UserFactory
from follow_up.models import ActionReport, DeadlineRule, Disposition
from follow_up.tests.factories import (
    ActionReportFactory,
    DispositionFactory,
    PaymentFactory,
    demand,
    disposition_type,
    done_inspection,
)
from inspections.models import Action
from inspections.tests import hostile_files
from inspections.tests.factories import FindingFactory, InspectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel("2021-03-02T10:00:00+09:00", tick=False):
        yield


@pytest.fixture
def office():
    return DepartmentFactory()


@pytest.fixture
def official(office, client):
    user = UserFactory(department=office)
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"follow_up:{name}", args=args)


def demands(office, count, **fields):
    return [
        demand(done_inspection(department=office), due_on=dt.date(2021, 3, day + 1), **fields)
        for day in range(count)
    ]


@pytest.mark.parametrize("name", ["list", "board"])
def test_the_number_of_queries_is_fixed(client, official, office, django_assert_num_queries, name):
    demands(office, 1)
    client.get(url(name))
    with django_assert_num_queries({"list": 5, "board": 8}[name]):
        client.get(url(name))
    demands(office, 3)
    with django_assert_num_queries({"list": 5, "board": 8}[name]):
        client.get(url(name))


def test_the_page_of_an_action_has_a_fixed_number_of_queries(
    client, official, office, django_assert_num_queries
):
    action = demand(done_inspection(department=office), won=1000)

    def more():
        ActionReportFactory(
            action=action,
            verdict="rework",
            verdict_note="모자람",
            decided_by=official,
            decided_on=dt.date(2021, 3, 1),
        )
        PaymentFactory(action=action)
        action.findings.add(FindingFactory())
        DispositionFactory(inspection=action.inspection, action=action)

    more()
    client.get(url("action", action.pk))  # the chain of events begins
    with django_assert_num_queries(16):
        client.get(url("action", action.pk))
    more()
    more()
    with django_assert_num_queries(16):
        client.get(url("action", action.pk))


def test_overdue_first_and_page_by_page(client, official, office):
    late, soon, never = *demands(office, 2), demand(done_inspection(department=office))

    rows = client.get(url("list")).context["rows"]

    assert [row[0] for row in rows] == [url("action", each.pk) for each in (late, soon, never)]
    assert [row[8] for row in rows] == [True, False, False]
    after = f"{late.due_on}~{late.pk}"
    assert len(client.get(url("list"), {"after": after}).context["rows"]) == 2
    assert len(client.get(url("list"), {"after": f"-~{never.pk}"}).context["rows"]) == 0
    assert len(client.get(url("list"), {"after": "x~y"}).context["rows"]) == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "open"}, 2),
        ({"state": "verified"}, 1),
        ({"late": "true"}, 1),
        ({"mine": "true"}, 1),
        ({"text": "계약"}, 1),
    ],
)
def test_the_list_is_narrowed(client, official, office, query, found):
    inspection = done_inspection(department=office)
    demand(inspection, due_on=dt.date(2021, 3, 1), in_charge=official)
    demand(inspection, text="계약 절차를 지킬 것")
    demand(inspection, status="verified", status_on=dt.date(2021, 3, 1))

    assert len(client.get(url("list"), query).context["rows"]) == found


def test_the_board_counts_what_waits(client, official, office):
    inspection = done_inspection(department=office)
    for days in (-1, 0, 7, 8):
        demand(inspection, due_on=dt.date(2021, 3, 2) + dt.timedelta(days=days))
    demand(inspection)
    demand(inspection, status="reported", status_on=dt.date(2021, 3, 1))
    demand(inspection, status="verified", status_on=dt.date(2021, 3, 1))

    columns = client.get(url("board")).context["columns"]

    assert [column.count for column, _ in columns] == [1, 2, 1, 1, 1]
    assert [len(rows) for _, rows in columns] == [1, 2, 1, 1, 1]


def test_what_is_asked_of_our_office(client, official, office):
    asked, _ = demand(owner="other", department=office, contractor=None), demand()

    page = client.get(url("ours"))
    assert [row[0] for row in page.context["rows"]] == [url("action", asked.pk)]
    page = client.get(url("action", asked.pk))
    assert [verb for verb, _ in page.context["acts"]] == ["report", "object"]
    assert page.context["history"] == []
    assert "inspections/" not in page.content.decode().split("<main")[1]


def test_a_report_with_a_photograph(client, official, office):
    action = demand(done_inspection(department=office))
    photo = SimpleUploadedFile("조치 사진.jpg", hostile_files.photo(), "image/jpeg")
    data = {
        "id": str(uuid.uuid4()), "source": "letter", "paper": "복지관-1(2021. 3. 1.)",
        "received_on": "2021-03-01", "text": "고쳤음", "done_on": "2021-03-01", "files": [photo],
    }  # fmt: skip

    response = client.post(url("register", action.pk), data)

    assert response.status_code == 302
    kept = ActionReport.objects.get().files.get()
    assert kept.name == "조치 사진.jpg"
    served = client.get(url("report_file", action.pk, kept.pk))
    assert served["Content-Type"] == "image/jpeg"
    assert "sandbox" in served["Content-Security-Policy"]


def test_what_is_no_picture_is_refused_and_nothing_typed_is_lost(client, official, office):
    action = demand(done_inspection(department=office))
    data = {
        "id": str(uuid.uuid4()), "source": "mail", "received_on": "2021-03-01", "text": "고쳤음",
        "done_on": "2021-03-01", "files": [SimpleUploadedFile("a.jpg", b"<html>")],
    }  # fmt: skip

    response = client.post(url("register", action.pk), data)

    assert response.status_code == 422
    page = response.content.decode()
    assert "a.jpg: jpg, png, heic, webp 사진과 pdf 문서만 올릴 수 있습니다." in page
    assert "고쳤음" in page
    assert not ActionReport.objects.exists()


def test_a_letter_needs_its_number(client, official, office):
    action = demand(done_inspection(department=office))
    data = {
        "id": str(uuid.uuid4()),
        "source": "letter",
        "received_on": "2021-03-01",
        "text": "고쳤음",
        "done_on": "2021-03-01",
    }
    assert "문서번호와 날짜를 적어 주세요" in client.post(url("register", action.pk), data).content.decode()


def test_a_stale_page_says_so_and_keeps_what_was_typed(client, official, office):
    action = demand(done_inspection(department=office))
    Action.objects.update(version=5)

    response = client.post(
        url("extend", action.pk), {"version": 1, "due_on": "2021-06-01", "reason": "공사가 늦음"}
    )

    assert response.status_code == 409
    assert "그 사이 다른 사람이" in response.content.decode()
    assert "공사가 늦음" in response.content.decode()
    assert 'name="version" value="5"' in response.content.decode()


def test_an_act_that_is_not_possible_is_told(client, official, office):
    action = demand(done_inspection(department=office))
    response = client.post(url("verify", action.pk), {"version": 1, "how": "paper", "note": "봄"})
    assert response.status_code == 422
    assert "상태에서는 할 수 없습니다" in response.content.decode()


def test_a_disposition_from_writing_to_deciding(client, official, office):
    inspection = done_inspection(department=office)
    data = {
        "id": str(uuid.uuid4()),
        "disposition_type": disposition_type("시정").pk,
        "addressee": "contractor",
        "due_on": "2021-04-01",
    }

    client.post(url("disposition_create", inspection.pk), data)
    made = Disposition.objects.get()
    page = client.get(url("disposition", inspection.pk, made.pk))
    assert [verb for verb, _ in page.context["acts"]] == [
        "decide_disposition",
        "disposition_update",
        "cancel",
    ]
    client.post(
        url("disposition_update", inspection.pk, made.pk), data | {"version": 1, "text": "정산서 보완"}
    )
    response = client.post(url("decide_disposition", inspection.pk, made.pk), {"version": 2})

    assert response.status_code == 302
    made.refresh_from_db()
    assert (made.status, made.text, made.decided_by) == ("decided", "정산서 보완", official)


def test_who_is_meant_is_asked_for(client, official, office):
    inspection = done_inspection(department=office)
    data = {
        "id": str(uuid.uuid4()),
        "disposition_type": disposition_type("훈계", "personal").pk,
        "addressee": "person",
        "persons": 1,
    }
    assert (
        "누구인지 직위로 적어 주세요"
        in client.post(url("disposition_create", inspection.pk), data).content.decode()
    )


def test_the_list_of_dispositions_has_a_fixed_number_of_queries(
    client, official, office, django_assert_num_queries
):
    inspection = done_inspection(department=office)
    DispositionFactory(inspection=inspection)
    client.get(url("disposition_list", inspection.pk))
    with django_assert_num_queries(4):
        client.get(url("disposition_list", inspection.pk))
    for _ in range(2):
        DispositionFactory(inspection=inspection)
    with django_assert_num_queries(4):
        client.get(url("disposition_list", inspection.pk))


def test_an_open_inspection_shows_no_acts(client, official, office):
    action = demand(InspectionFactory(in_progress=True, department=office), contractor=None)
    assert client.get(url("action", action.pk)).context["acts"] == []


def test_a_deadline_is_counted_by_a_rule(client, official, office):
    action = demand(done_inspection(department=office))
    rule = DeadlineRule.objects.get(name="시정 기한")
    data = {"version": 1, "reason": "공사가 늦음"}
    assert client.post(url("extend", action.pk), data).status_code == 422

    client.post(url("extend", action.pk), data | {"rule": rule.pk, "start": "2021-03-02"})

    action.refresh_from_db()
    assert action.due_on == dt.date(2021, 4, 1)
    page = client.get(url("action", action.pk)).content.decode()
    assert "30일째 되는 날은 2021. 4. 1.(목)입니다." in page
