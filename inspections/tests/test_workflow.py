"""Every transition in every status and by every role, and what the database refuses by itself."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit.models import Event
from audit.recording import broken_links
from contractors.tests.factories import SubjectFactory
from inspections import workflow
from inspections.models import Inspection, StatusReason
from inspections.tests.factories import (
    InspectionFactory,
    InspectionPeriodFactory,
    PeriodPartFactory,
    PostponementFactory,
    StatusReasonFactory,
    TeamMemberFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("start", "planned"): "in_progress",
    ("complete", "in_progress"): "done",
    ("reopen", "done"): "in_progress",
    ("exclude", "planned"): "excluded",
    ("give_up", "planned"): "not_done",
    ("give_up", "in_progress"): "not_done",
    ("restore", "excluded"): "planned",
    ("restore", "not_done"): "planned",
}
ACTIONS = ["start", "complete", "reopen", "exclude", "give_up", "restore"]
MAY_WORK = {"inspector", "lead", "member"}


def in_status(status, office=None):
    """An inspection without a sheet but with a team and a visit: nothing is missing to complete it."""
    state = {} if status == "planned" else {status: True}
    office = office or DepartmentFactory()
    inspection = InspectionFactory(department=office, part__checklist=None, **state)
    TeamMemberFactory(inspection=inspection, headcount_only=True)
    VisitFactory(inspection=inspection)
    return inspection


def arguments(action):
    if action == "reopen":
        return {"reason": "점검결과를 보완함"}
    if action in {"exclude", "give_up"}:
        use, name = ("excluded", "중복") if action == "exclude" else ("not_done", "폐문")
        return {"status_reason": StatusReasonFactory(use=use, name=name), "note": "설명"}
    return {}


def actor(role, inspection):
    office = inspection.department
    if role == "member":
        return TeamMemberFactory(inspection=inspection).user
    made = {
        "inspector": lambda: UserFactory(department=office),
        "lead": lambda: UserFactory(approver=True, department=office),
        "stranger": UserFactory,
        "viewer": lambda: UserFactory(viewer=True, department=office),
        "superintendent": lambda: UserFactory(superintendent=True),
        "contractor": lambda: UserFactory(contractor=True),
    }
    return made[role]()


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("status", Inspection.Status.values)
def test_every_action_in_every_status(action, status):
    inspection = in_status(status)
    by = actor("inspector", inspection)

    try:
        getattr(workflow, action)(inspection, by=by, **arguments(action))
    except workflow.TransitionError:
        moved_to = None
    else:
        moved_to = Inspection.objects.get(pk=inspection.pk).status

    assert moved_to == ALLOWED.get((action, status))
    assert list(Event.objects.values_list("action", flat=True)) == ([action] if moved_to else [])
    assert broken_links() == []


@pytest.mark.parametrize(
    "role", ["inspector", "lead", "member", "stranger", "viewer", "superintendent", "contractor"]
)
@pytest.mark.parametrize(("action", "status"), ALLOWED)
def test_every_action_by_every_role(role, action, status):
    inspection = in_status(status)
    by = actor(role, inspection)

    try:
        getattr(workflow, action)(inspection, by=by, **arguments(action))
    except PermissionDenied:
        done = False
    else:
        done = True

    assert done == (role in MAY_WORK)
    assert Event.objects.count() == int(done)


def test_two_people_without_an_office_are_not_colleagues():
    inspection = in_status("planned")
    superintendent = UserFactory(superintendent=True)

    with pytest.raises(PermissionDenied):
        workflow.start(inspection, by=superintendent)


@pytest.mark.parametrize("action", ["exclude", "give_up"])
def test_a_reason_of_the_other_use_is_refused(action):
    inspection = in_status("planned")
    wrong = arguments("give_up" if action == "exclude" else "exclude")

    with pytest.raises(workflow.TransitionError, match="쓸 수 없는 사유"):
        getattr(workflow, action)(inspection, by=actor("inspector", inspection), **wrong)


def test_reopening_needs_a_reason():
    inspection = in_status("done")

    with pytest.raises(workflow.TransitionError, match="사유"):
        workflow.reopen(inspection, by=actor("inspector", inspection), reason="  ")


def test_restoring_forgets_the_reason_but_the_history_keeps_it():
    inspection = in_status("planned")
    by = actor("inspector", inspection)
    workflow.exclude(inspection, by=by, **arguments("exclude"))

    workflow.restore(inspection, by=by)

    inspection.refresh_from_db()
    assert (inspection.status_reason, inspection.status_note) == (None, "")
    assert Event.objects.get(action="exclude").detail["reason"] == "중복: 설명"


def test_every_move_makes_the_row_a_new_version():
    inspection = in_status("planned")

    moved = workflow.start(inspection, by=actor("inspector", inspection))

    assert moved.version == inspection.version + 1


# What the database refuses --------------------------------------------------------------------------------


def refused(write):
    """The message of the database that refuses this."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return str(caught.value)


def changed(row, **fields):
    return refused(lambda: type(row).objects.filter(pk=row.pk).update(**fields))


def test_database_refuses_a_second_inspection_of_a_subject_in_a_part():
    first = in_status("planned")

    message = refused(lambda: InspectionFactory(part=first.part, subject=first.subject))

    assert "inspection" in message
    assert Inspection.objects.count() == 1


def test_database_refuses_done_without_saying_when_and_by_whom():
    assert "a_done_inspection_says_when_and_by_whom" in changed(in_status("in_progress"), status="done")


def test_database_refuses_an_exclusion_without_a_reason():
    assert "an_excluded_inspection_has_a_reason" in changed(in_status("planned"), status="excluded")


def test_database_refuses_a_reason_on_an_inspection_that_goes_on():
    reason = StatusReasonFactory()

    assert "an_excluded_inspection_has_a_reason" in changed(in_status("planned"), status_reason=reason)


def test_database_refuses_a_covered_time_that_ends_before_it_starts():
    dates = {"covers_from": dt.date(2020, 12, 31), "covers_to": dt.date(2020, 1, 1)}

    assert "the_covered_time_ends_after_it_starts" in changed(in_status("planned"), **dates)


def test_database_refuses_a_user_twice_in_a_team():
    member = TeamMemberFactory()

    refused(lambda: TeamMemberFactory(inspection=member.inspection, user=member.user))

    assert member.inspection.team.count() == 1


@pytest.mark.parametrize("fields", [{"headcount": 2}, {"headcount": 0}])
def test_database_refuses_a_named_member_who_is_not_one_person(fields):
    assert "a_named_member_is_one_person" in changed(TeamMemberFactory(), **fields)


def test_database_refuses_a_part_that_ends_before_it_starts():
    assert "a_part_ends_after_it_starts" in changed(PeriodPartFactory(), ends_on=dt.date(2020, 11, 30))


def test_database_refuses_two_parts_at_one_place():
    part = PeriodPartFactory()

    refused(lambda: PeriodPartFactory(period=part.period, order=part.order))

    assert part.period.parts.count() == 1


def test_database_refuses_a_period_in_an_implausible_year():
    assert "a_period_lies_in_a_plausible_year" in changed(InspectionPeriodFactory(), year=1999)


def test_database_refuses_two_periods_of_one_title():
    period = InspectionPeriodFactory()

    refused(lambda: InspectionPeriodFactory(department=period.department, title=period.title))

    assert type(period).objects.count() == 1


def test_database_refuses_a_reason_twice():
    StatusReasonFactory()

    refused(lambda: StatusReason.objects.create(use="excluded", name="중복"))

    assert StatusReason.objects.filter(use="excluded", name="중복").count() == 1


def test_database_refuses_a_visit_that_ends_before_it_starts():
    assert "a_visit_ends_after_it_starts" in changed(VisitFactory(), ends_on=dt.date(2020, 12, 29))


@pytest.mark.parametrize(
    "hours",
    [{"daily_to": dt.time(9)}, {"daily_from": dt.time(14), "daily_to": dt.time(14)}],
    ids=["no start", "no length"],
)
def test_database_refuses_hours_out_of_order(hours):
    assert "the_hours_of_a_visit_are_in_order" in changed(VisitFactory(), **hours)


def test_database_refuses_a_withdrawn_visit_without_a_reason():
    moment = dt.datetime(2020, 12, 1, tzinfo=dt.UTC)

    assert "a_withdrawn_visit_has_a_reason" in changed(VisitFactory(), withdrawn_at=moment)


def test_database_refuses_a_postponement_without_a_reason():
    assert "a_postponement_has_a_reason" in changed(PostponementFactory(), reason="")


def test_a_subject_may_be_inspected_in_two_parts():
    subject = SubjectFactory()

    InspectionFactory(subject=subject)
    InspectionFactory(subject=subject)

    assert subject.inspections.count() == 2
