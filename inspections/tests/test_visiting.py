import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import visiting
from inspections.models import Postponement
from inspections.tests.factories import AnswerFactory, InspectionFactory, VisitFactory
from inspections.workflow import StaleError, TransitionError

pytestmark = pytest.mark.django_db

THURSDAY = dt.date(2020, 12, 17)
WEDNESDAY = dt.date(2020, 12, 30)


@pytest.fixture
def inspector():
    return UserFactory()


@pytest.fixture
def inspection(inspector):
    return InspectionFactory(department=inspector.department)


@pytest.fixture
def visit(inspection):
    return VisitFactory(inspection=inspection, starts_on=THURSDAY)


def test_a_visit_lasts_one_day_unless_said_otherwise(inspection, inspector):
    visit = visiting.add_visit(inspection, by=inspector, starts_on=THURSDAY, place="센터 사무실")

    visit.refresh_from_db()
    assert (visit.ends_on, visit.place, visit.method) == (THURSDAY, "센터 사무실", "on_site")
    assert Event.objects.get().chain == f"inspection:{inspection.pk}"


def test_a_visit_of_several_days_has_the_same_hours_each_day(inspection, inspector):
    hours = {"daily_from": dt.time(14), "daily_to": dt.time(17, 30)}

    visit = visiting.add_visit(inspection, by=inspector, starts_on=THURSDAY, ends_on=WEDNESDAY, **hours)

    assert visit.when == "’20. 12. 17.(목) ~ ’20. 12. 30.(수) 14:00 ~ 17:30"


@pytest.mark.parametrize(
    "fields",
    [
        {"ends_on": dt.date(2020, 12, 16)},
        {"daily_to": dt.time(9)},
        {"daily_from": dt.time(9), "daily_to": dt.time(9)},
    ],
    ids=["ends before it starts", "no start", "no length"],
)
def test_times_out_of_order_are_refused(inspection, inspector, fields):
    with pytest.raises(TransitionError, match="종료"):
        visiting.add_visit(inspection, by=inspector, starts_on=THURSDAY, **fields)


def test_postponing_keeps_the_old_date_and_the_reason(visit, inspector):
    visiting.postpone(visit, by=inspector, version=0, starts_on=WEDNESDAY, reason="건물 폐쇄")

    visit.refresh_from_db()
    assert (visit.starts_on, visit.ends_on, visit.version) == (WEDNESDAY, WEDNESDAY, 1)
    move = visit.postponements.get()
    assert (move.was, move.reason, move.postponed_by) == ("’20. 12. 17.(목)", "건물 폐쇄", inspector)
    event = Event.objects.get()
    assert (event.action, event.detail["old"], event.detail["new"]) == (
        "postpone",
        ["2020-12-17", "2020-12-17"],
        ["2020-12-30", "2020-12-30"],
    )


def test_a_visit_postponed_twice_keeps_both_dates(visit, inspector):
    visit = visiting.postpone(visit, by=inspector, version=0, starts_on=dt.date(2020, 12, 23), reason="첫째")
    visiting.postpone(visit, by=inspector, version=1, starts_on=WEDNESDAY, reason="둘째")

    assert [move.was for move in visit.postponements.all()] == ["’20. 12. 17.(목)", "’20. 12. 23.(수)"]


def test_postponing_to_the_same_date_is_refused(visit, inspector):
    with pytest.raises(TransitionError, match="같습니다"):
        visiting.postpone(visit, by=inspector, version=0, starts_on=THURSDAY, reason="건물 폐쇄")


def test_postponing_needs_a_reason(visit, inspector):
    with pytest.raises(TransitionError, match="사유"):
        visiting.postpone(visit, by=inspector, version=0, starts_on=WEDNESDAY, reason=" ")

    assert not Postponement.objects.exists()


def test_hours_and_place_change_without_a_postponement(visit, inspector):
    visiting.change_visit(visit, by=inspector, version=0, place="3층 회의실", daily_from=dt.time(14))

    visit.refresh_from_db()
    assert (visit.place, visit.hours, visit.version) == ("3층 회의실", "14:00", 1)
    assert Event.objects.get().detail["changes"]["place"] == ["", "3층 회의실"]


def test_a_withdrawn_visit_stays_as_a_row(visit, inspector):
    visiting.withdraw(visit, by=inspector, version=0, reason="잘못 적음")

    visit.refresh_from_db()
    assert (visit.withdrawn_reason, visit.withdrawn_at is None) == ("잘못 적음", False)


def test_a_withdrawn_visit_is_not_touched_again(inspection, inspector):
    visit = VisitFactory(inspection=inspection, withdrawn=True)

    with pytest.raises(TransitionError, match="이미 취소"):
        visiting.postpone(visit, by=inspector, version=0, starts_on=THURSDAY, reason="건물 폐쇄")


def test_a_visit_of_an_inspection_with_answers_is_withdrawn_as_long_as_it_is_open(visit, inspector):
    visit.inspection.status = "in_progress"
    visit.inspection.save(update_fields=["status"])
    AnswerFactory(inspection=visit.inspection)

    assert visiting.withdraw(visit, by=inspector, version=0, reason="잘못 적음").withdrawn_at


ACTIVITIES = {
    "change_visit": {"place": "3층"},
    "postpone": {"starts_on": WEDNESDAY, "reason": "건물 폐쇄"},
    "withdraw": {"reason": "잘못 적음"},
}


@pytest.mark.parametrize(("activity", "arguments"), ACTIVITIES.items())
def test_a_change_made_on_an_old_version_is_refused(visit, inspector, activity, arguments):
    visiting.change_visit(visit, by=inspector, version=0, place="먼저")

    with pytest.raises(StaleError) as caught:
        getattr(visiting, activity)(visit, by=inspector, version=0, **arguments)

    assert caught.value.current.place == "먼저"


@pytest.mark.parametrize(("activity", "arguments"), ACTIVITIES.items())
@pytest.mark.parametrize("status", ["done", "excluded", "not_done"])
def test_visits_of_a_closed_inspection_stay(inspector, activity, arguments, status):
    visit = VisitFactory(inspection=InspectionFactory(department=inspector.department, **{status: True}))

    with pytest.raises(TransitionError, match="고칠 수 없습니다"):
        getattr(visiting, activity)(visit, by=inspector, version=0, **arguments)


@pytest.mark.parametrize(("activity", "arguments"), ACTIVITIES.items())
def test_strangers_do_not_touch_visits(visit, activity, arguments):
    with pytest.raises(PermissionDenied):
        getattr(visiting, activity)(visit, by=UserFactory(), version=0, **arguments)


def test_a_visit_is_not_added_to_a_closed_inspection(inspector):
    inspection = InspectionFactory(department=inspector.department, done=True)

    with pytest.raises(TransitionError, match="고칠 수 없습니다"):
        visiting.add_visit(inspection, by=inspector, starts_on=THURSDAY)
