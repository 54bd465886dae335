import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.tests.factories import UserFactory
from audit import clock
from audit.recording import record
from contractors.tests.factories import AgreementFactory
from inspections.tests.factories import ActionFactory, InspectionFactory, VisitFactory
from reports import desk, workflow
from reports.tests.factories import Office, draft, sent, step_of

pytestmark = pytest.mark.django_db
FAR = dt.date(2099, 12, 31)


@pytest.fixture
def office():
    return Office()


def home(client, user):
    client.force_login(user)
    return client.get(reverse("home"))


def counts(client, user):
    return {count["label"]: count["value"] for count in home(client, user).context["counts"]}


def test_stranger_signs_in_first(client):
    assert client.get(reverse("home")).url.startswith("/accounts/login/")


@pytest.mark.parametrize("role", ["approver", "viewer", "superintendent"])
def test_every_role_has_a_page_even_without_work(client, role):
    assert home(client, UserFactory(**{role: True})).status_code == 200


def test_counts_say_what_waits(client, office):
    today = clock.today()
    inspection = InspectionFactory(
        department=office.department, in_progress=True, part__ends_on=today, part__starts_on=today
    )
    VisitFactory(inspection=inspection, starts_on=today)
    ActionFactory(inspection=inspection, due_on=today - dt.timedelta(days=1))
    ActionFactory(inspection=inspection, status="reported")
    document = sent(office)
    workflow.return_(step_of(document, office.lead), by=office.lead, reason="다시")
    sent(office)

    waits = {"기한 지남": 1, "오늘 방문": 1, "조치 확인": 1}
    assert counts(client, office.drafter) == waits | {"결재 대기": 0, "반려됨": 1}
    assert counts(client, office.lead) == waits | {"결재 대기": 1, "반려됨": 0}


def test_work_of_other_offices_is_not_counted(client, office):
    inspection = InspectionFactory(in_progress=True)
    VisitFactory(inspection=inspection, starts_on=clock.today())
    ActionFactory(inspection=inspection, due_on=dt.date(2020, 1, 1))

    assert set(counts(client, office.drafter).values()) == {0}


def test_approver_sees_the_box_first(client, office):
    document = sent(office)

    text = home(client, office.lead).content.decode()

    assert text.index(str(document)) < text.index("기한 지남")


def test_superintendent_sees_how_much_of_the_duty_is_done(client, office):
    year = clock.today().year
    AgreementFactory(subject__department=office.department, ends_on=FAR)
    other = AgreementFactory(subject__department=office.department, ends_on=FAR).subject
    InspectionFactory(done=True, department=office.department, part__period__year=year, subject=other)

    duty = home(client, UserFactory(superintendent=True)).context["duty"]

    assert (duty["done"], duty["total"]) == (1, 2)


def test_commissions_without_an_inspection_this_year_are_named(client, office):
    fields = {"subject__department": office.department, "subject__name": "아직 안 본 센터 운영"}
    subject = AgreementFactory(ends_on=FAR, **fields).subject

    assert str(subject) in home(client, office.drafter).content.decode()


def test_papers_seen_last_are_at_hand(client, office):
    document = draft(office)
    client.force_login(office.colleague)
    client.get(reverse("reports:document", args=[document.pk]))

    assert desk.recent(office.colleague) == [document]
    assert desk.recent(office.head) == []


def test_inspections_worked_on_last_are_at_hand(client, office):
    inspection = InspectionFactory(department=office.department)
    record("start", inspection, by=office.drafter)

    assert desk.recent(office.drafter) == [inspection]
    assert str(inspection) in home(client, office.drafter).content.decode()


@pytest.mark.parametrize(("today", "shown"), [("2026-11-20", 0), ("2026-11-21", 1), ("2026-11-22", 1)])
def test_the_weekend_shows_the_week_to_come(office, today, shown):
    inspection = InspectionFactory(department=office.department, in_progress=True)
    VisitFactory(inspection=inspection, starts_on=dt.date(2026, 11, 25))

    with time_machine.travel(dt.datetime.fromisoformat(f"{today}T12:00+09:00"), tick=False):
        assert desk.visits_this_week(office.drafter).count() == shown


def test_superintendent_is_told_what_no_office_has_planned(client):
    subject = AgreementFactory(subject__name="아직 안 본 센터 운영", ends_on=FAR).subject

    assert str(subject) in home(client, UserFactory(superintendent=True)).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_home_takes_the_same_queries_for_more_work(client, office, django_assert_max_num_queries, rows):
    for _ in range(rows):
        sent(office)
        inspection = InspectionFactory(department=office.department, in_progress=True)
        VisitFactory(inspection=inspection, starts_on=clock.today())
        ActionFactory(inspection=inspection, due_on=clock.today())
    home(client, office.lead)

    # session and user; one for each count and each list; the papers with rounds and steps
    with django_assert_max_num_queries(27):
        client.get(reverse("home"))
