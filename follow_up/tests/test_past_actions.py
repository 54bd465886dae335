"""Next year's inspection opens with what is still open, and ends with a verdict on each."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.tests.factories import UserFactory
from contractors.tests.factories import AgreementFactory
from follow_up import past_actions
from follow_up.tests.factories import ActionReportFactory, demand
from inspections import reviewing, workflow
from inspections.models import ActionCheck
from inspections.tests.factories import InspectionFactory, PeriodPartFactory, TeamMemberFactory, VisitFactory
from inspections.workflow import TransitionError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2022-03-02T10:00:00+09:00", tick=False):
        yield


@pytest.fixture
def agreement():
    return AgreementFactory()


def inspected(agreement, year, department=None, **fields):
    part = PeriodPartFactory(
        period__year=year, starts_on=dt.date(year, 3, 1), ends_on=dt.date(year, 3, 31),
        **({"period__department": department} if department else {}),
    )  # fmt: skip
    return InspectionFactory(
        part=part, subject=agreement.subject, agreement=agreement, department=part.period.department,
        checklist=None, **fields,
    )  # fmt: skip


@pytest.fixture
def before(agreement):
    return inspected(agreement, 2021, done=True)


@pytest.fixture
def inspection(agreement, before):
    """A 확인점검 of the next year: no sheet, a visit and a team."""
    made = inspected(agreement, 2022, department=before.department, in_progress=True)
    VisitFactory(inspection=made)
    TeamMemberFactory(inspection=made)
    return made


@pytest.fixture
def official(inspection):
    return UserFactory(department=inspection.department)


def test_it_is_not_completed_without_a_verdict_on_each(before, inspection, official):
    demand(before, text="정산서를 낼 것")
    closed = demand(before, status="verified")
    [gap] = reviewing.missing(inspection)
    assert gap.text == "지난 조치를 확인하지 않음: 정산서를 낼 것"
    with pytest.raises(TransitionError, match="빠진 것이 1건"):
        workflow.complete(inspection, by=official)

    action = before.actions.exclude(pk=closed.pk).get()
    past_actions.judge(inspection, action, by=official, result="open", note="아직 내지 않음")

    assert workflow.complete(inspection, by=official).is_done
    action.refresh_from_db()
    assert action.status == "demanded"


def test_what_is_seen_done_ends(before, inspection, official):
    waiting, told = demand(before), demand(before)
    ActionReportFactory(action=told)
    type(told).objects.filter(pk=told.pk).update(status="reported", status_on=dt.date(2022, 1, 5))
    for action in (waiting, told):
        past_actions.judge(inspection, action, by=official, result="done", note="현장에서 봄")
        action.refresh_from_db()

    assert [waiting.status, told.status] == ["verified", "verified"]
    assert {report.how for report in waiting.reports.all() | told.reports.all()} == {"inspection"}
    assert waiting.reports.get().source == "visit"
    assert [action.check_here.result for action in past_actions.to_check(inspection)] == ["done", "done"]
    assert reviewing.missing(inspection) == []


def test_the_last_word_counts(before, inspection, official):
    action = demand(before)
    past_actions.judge(inspection, action, by=official, result="open", note="안 됨")
    past_actions.judge(inspection, action, by=official, result="done", note="오후에 고침")
    assert ActionCheck.objects.get().result == "done"
    with pytest.raises(TransitionError, match="이미 끝난"):
        past_actions.judge(inspection, action, by=official, result="open", note="아님")


def test_what_is_not_looked_at(before, inspection, agreement, official):
    demand(inspected(agreement, 2021, done=True))  # of another office
    demand(inspected(agreement, 2023, department=before.department, done=True))  # of a later year
    demand(before, status="accepted", accepted_until=dt.date(2022, 12, 31))
    demand(inspection)
    demand()
    assert list(reviewing.open_before(inspection)) == []


def test_an_objection_is_decided_first(before, inspection, official):
    action = demand(before, status="objected")
    with pytest.raises(TransitionError, match="이의를 먼저"):
        past_actions.judge(inspection, action, by=official, result="done", note="봄")


def test_the_page_keeps_what_was_typed(client, before, inspection, official, django_assert_num_queries):
    client.force_login(official)
    actions = [demand(before) for _ in range(3)]
    page = reverse("follow_up:past_actions", args=[inspection.pk])
    with django_assert_num_queries(5):
        text = client.get(page).content.decode()
    assert text.count("확인 적기") == 3
    assert (
        "끝나지 않은 지난 조치가 3건"
        in client.get(reverse("inspections:detail", args=[inspection.pk])).content.decode()
    )
    check = reverse("follow_up:past_action_check", args=[inspection.pk, actions[0].pk])

    refused = client.post(check, {"note": "봤음"})
    assert refused.status_code == 422
    assert "봤음" in refused.content.decode()
    client.post(check, {"note": "봤음", "result": "done"})
    assert len(reviewing.missing(inspection)) == 2


def test_a_confirming_round_proposes_where_something_is_open(client, before, agreement):
    demand(before)
    AgreementFactory(subject__department=before.department, subject__kind=agreement.subject.kind)
    type(agreement.subject).objects.update(department=before.department)
    part = PeriodPartFactory(
        period__department=before.department, period__kind="confirming", period__year=2022
    )
    client.force_login(UserFactory(department=before.department))
    rows = client.get(reverse("inspections:targets", args=[part.period_id, part.pk])).context["rows"]
    assert [row.subject for row in rows] == [agreement.subject]
