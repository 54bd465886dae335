import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit.models import Event
from contractors.tests.factories import AgreementFactory, SubjectFactory
from inspections import planning, teams
from inspections.models import Inspection, InspectionPeriod
from inspections.tests.factories import (
    AnswerFactory,
    BasisFactory,
    InspectionFactory,
    InspectionPeriodFactory,
    PeriodPartFactory,
    TeamMemberFactory,
    VisitFactory,
    published_checklist,
)
from inspections.workflow import StaleError, TransitionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector():
    return UserFactory()


def a_part(**fields):
    return {
        "name": "", "starts_on": dt.date(2020, 12, 1), "ends_on": dt.date(2020, 12, 31), "precision": "day",
        "bodies": "", "checklist": None,
    } | fields  # fmt: skip


def create(inspector, **fields):
    given = {"year": 2020, "title": "2020년 정기 지도·점검", "parts": [a_part()]} | fields
    return planning.create_period(by=inspector, department=inspector.office, **given)


def planned(inspector, **kwargs):
    return InspectionFactory(department=inspector.department, **kwargs)


def actions():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


# Periods --------------------------------------------------------------------------------------------------


def test_a_period_is_created_with_its_parts_and_bases(inspector):
    basis = BasisFactory()

    period = create(inspector, bases=[basis], parts=[a_part(name="1차"), a_part(name="2차")])

    assert list(period.parts.values_list("order", "name")) == [(1, "1차"), (2, "2차")]
    assert list(period.bases.all()) == [basis]
    assert period.created_by == inspector
    event = Event.objects.get()
    assert (event.action, len(event.detail["parts"])) == ("create", 2)


@pytest.mark.parametrize("role", ["viewer", "superintendent", "contractor"])
def test_only_inspectors_and_leads_of_an_office_create_periods(role):
    office = DepartmentFactory()

    with pytest.raises(PermissionDenied):
        planning.create_period(
            by=UserFactory(**{role: True}), department=office, year=2020, title="가", parts=[a_part()]
        )


def test_a_period_of_another_office_is_not_created(inspector):
    with pytest.raises(PermissionDenied):
        planning.create_period(
            by=inspector, department=DepartmentFactory(), year=2020, title="가", parts=[a_part()]
        )


def test_a_second_period_of_the_same_title_is_refused(inspector):
    create(inspector)

    with pytest.raises(TransitionError, match="이미 있습니다"):
        create(inspector)


def test_a_period_needs_a_part(inspector):
    with pytest.raises(TransitionError, match="점검 기간"):
        create(inspector, parts=[])


def test_changing_keeps_the_parts_that_stay_and_removes_the_others(inspector):
    period = create(inspector, parts=[a_part(name="1차"), a_part(name="2차")])
    second = period.parts.get(name="2차")

    planning.change_period(
        period,
        by=inspector,
        version=0,
        title="바뀐 이름",
        parts=[a_part(pk=second.pk, name="하반기"), a_part()],
    )

    period.refresh_from_db()
    assert (period.title, period.version) == ("바뀐 이름", 1)
    assert period.parts.values_list("pk", "name").first() == (second.pk, "하반기")
    assert period.parts.count() == 2
    assert Event.objects.get(action="change").detail["changes"]["title"] == [
        "2020년 정기 지도·점검",
        "바뀐 이름",
    ]


def test_a_change_made_on_an_old_version_is_refused(inspector):
    period = create(inspector)
    planning.change_period(period, by=inspector, version=0, title="먼저", parts=[a_part()])

    with pytest.raises(StaleError) as caught:
        planning.change_period(period, by=inspector, version=0, title="나중", parts=[a_part()])

    assert caught.value.current.title == "먼저"


def test_a_part_with_targets_is_not_removed(inspector):
    period = create(inspector)
    planned(inspector, part=period.parts.get())

    with pytest.raises(TransitionError, match="점검대상이 들어 있는"):
        planning.change_period(period, by=inspector, version=0, parts=[a_part()])


def test_an_empty_period_is_taken_back_and_the_history_keeps_it(inspector):
    period = create(inspector)

    planning.take_back_period(period, by=inspector, reason="잘못 만듦")

    assert not InspectionPeriod.objects.exists()
    event = Event.objects.get(action="take_back")
    assert (event.detail["reason"], event.detail["was"]["title"]) == ("잘못 만듦", "2020년 정기 지도·점검")


def test_a_period_with_targets_is_not_taken_back(inspector):
    period = create(inspector)
    planned(inspector, part=period.parts.get())

    with pytest.raises(TransitionError, match="지울 수 없습니다"):
        planning.take_back_period(period, by=inspector, reason="잘못 만듦")


def test_a_period_that_another_follows_is_not_taken_back(inspector):
    period = create(inspector)
    InspectionPeriodFactory(previous=period)

    with pytest.raises(TransitionError, match="지울 수 없습니다"):
        planning.take_back_period(period, by=inspector, reason="잘못 만듦")


# The plan of an inspection --------------------------------------------------------------------------------


def test_the_plan_changes_on_the_version_it_was_shown(inspector):
    inspection = planned(inspector)

    planning.change_plan(inspection, by=inspector, version=0, method_note="점검표에 따름", methods=["paper"])

    inspection.refresh_from_db()
    assert (inspection.method_note, inspection.methods, inspection.version) == ("점검표에 따름", ["paper"], 1)
    assert Event.objects.get().detail["changes"]["method_note"] == ["", "점검표에 따름"]


def test_a_plan_changed_meanwhile_is_stale(inspector):
    inspection = planned(inspector)
    planning.change_plan(inspection, by=inspector, version=0, method_note="먼저")

    with pytest.raises(StaleError) as caught:
        planning.change_plan(inspection, by=inspector, version=0, method_note="나중")

    assert caught.value.current.method_note == "먼저"


@pytest.mark.parametrize("status", ["done", "excluded", "not_done"])
def test_the_plan_of_a_closed_inspection_does_not_change(inspector, status):
    inspection = planned(inspector, **{status: True})

    with pytest.raises(TransitionError, match="고칠 수 없습니다"):
        planning.change_plan(inspection, by=inspector, version=0, method_note="나중")


def test_joint_contractors_are_kept_beside_the_agreement(inspector):
    inspection = planned(inspector)
    first, second = (AgreementFactory(subject=inspection.subject) for _ in range(2))

    planning.change_plan(inspection, by=inspector, version=0, agreement=first, joint_agreements=[second])

    inspection.refresh_from_db()
    assert inspection.contractors == [first.contractor, second.contractor]


def test_an_agreement_of_another_subject_is_refused(inspector):
    inspection = planned(inspector)

    with pytest.raises(TransitionError, match="다른 점검대상"):
        planning.change_plan(inspection, by=inspector, version=0, agreement=AgreementFactory())


def test_the_agreement_of_the_commission_above_a_site_is_taken(inspector):
    site = SubjectFactory(site=True)
    agreement = AgreementFactory(subject=site.parent)
    inspection = planned(inspector, subject=site)

    planning.change_plan(inspection, by=inspector, version=0, agreement=agreement)

    assert Inspection.objects.get().agreement == agreement


def test_the_sheet_stays_once_an_item_is_answered(inspector):
    inspection = planned(inspector, in_progress=True)
    AnswerFactory(inspection=inspection)

    with pytest.raises(TransitionError, match="점검표를 바꿀 수 없습니다"):
        planning.change_plan(inspection, by=inspector, version=0, checklist=published_checklist())


def test_a_covered_time_out_of_order_is_refused(inspector):
    inspection = planned(inspector)
    dates = {"covers_from": dt.date(2020, 12, 31), "covers_to": dt.date(2020, 1, 1)}

    with pytest.raises(TransitionError, match="대상기간"):
        planning.change_plan(inspection, by=inspector, version=0, **dates)


def test_the_covered_time_is_printed_as_the_report_prints_it(inspector):
    inspection = planned(
        inspector,
        covers_from=dt.date(2020, 1, 1),
        covers_to=dt.date(2020, 12, 17),
        covers_precision="month",
        covers_to_present=True,
    )

    assert inspection.covers == "’20. 1. 1. ~ ’20. 12월 현재"


def test_a_planned_inspection_is_taken_back_with_its_team_and_visits(inspector):
    inspection = planned(inspector)
    TeamMemberFactory(inspection=inspection)
    VisitFactory(inspection=inspection)

    planning.take_back(inspection, by=inspector, reason="잘못 고름")

    assert not Inspection.objects.exists()
    event = Event.objects.get()
    assert event.chain == f"inspectionperiod:{inspection.part.period_id}"
    assert [len(event.detail["was"][name]) for name in ("team", "visits")] == [1, 1]


def test_an_inspection_somebody_worked_on_is_not_taken_back(inspector):
    inspection = planned(inspector)
    AnswerFactory(inspection=inspection)

    with pytest.raises(TransitionError, match="뺄 수 없습니다"):
        planning.take_back(inspection, by=inspector, reason="잘못 고름")


def test_an_inspection_that_began_is_not_taken_back(inspector):
    with pytest.raises(TransitionError, match="뺄 수 없습니다"):
        planning.take_back(planned(inspector, in_progress=True), by=inspector, reason="잘못 고름")


def test_taking_back_needs_a_reason(inspector):
    with pytest.raises(TransitionError, match="사유"):
        planning.take_back(planned(inspector), by=inspector, reason=" ")


# Teams ----------------------------------------------------------------------------------------------------


def test_an_officials_post_is_copied_as_it_is_now(inspector):
    inspection = planned(inspector)

    member = teams.add_member(inspection, by=inspector, user=inspector)

    assert (member.name, member.position) == (inspector.name, "주무관")
    assert member.organisation == inspector.department.name
    assert actions() == ["add_member"]


def test_people_from_outside_and_mere_counts_are_members(inspector):
    inspection = planned(inspector)

    teams.add_member(inspection, by=inspector, name="정자차", organisation="가람회계법인", role="expert")
    teams.add_member(inspection, by=inspector, organisation="소비자보호팀", headcount=2)

    assert [str(member) for member in inspection.team.all()] == ["정자차", "소비자보호팀 2인"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [({}, "직원을 고르거나"), ({"name": "정자차", "headcount": 2}, "한 사람")],
    ids=["nobody", "two people of one name"],
)
def test_a_member_must_be_somebody(inspector, fields, message):
    with pytest.raises(TransitionError, match=message):
        teams.add_member(planned(inspector), by=inspector, **fields)


def test_a_user_is_added_once(inspector):
    inspection = planned(inspector)
    teams.add_member(inspection, by=inspector, user=inspector)

    with pytest.raises(TransitionError, match="이미 점검자"):
        teams.add_member(inspection, by=inspector, user=inspector)


def test_a_contractors_user_is_no_inspector(inspector):
    with pytest.raises(TransitionError, match="넣을 수 없는"):
        teams.add_member(planned(inspector), by=inspector, user=UserFactory(contractor=True))


def test_members_change_places(inspector):
    inspection = planned(inspector)
    first, second = (teams.add_member(inspection, by=inspector, name=name) for name in ("가", "나"))

    teams.move_member(second, by=inspector, up=True)
    teams.move_member(second, by=inspector, up=True)

    assert list(inspection.team.all()) == [second, first]
    assert actions().count("move_member") == 1


def test_a_member_is_removed_with_a_trace(inspector):
    member = TeamMemberFactory(inspection=planned(inspector), user=None, name="정자차")

    teams.remove_member(member, by=inspector)

    assert Event.objects.get().detail["was"]["name"] == "정자차"


def test_a_team_is_copied_to_those_of_the_part_that_have_none(inspector):
    part = PeriodPartFactory(period__department=inspector.department)
    source, empty, staffed = (planned(inspector, part=part) for _ in range(3))
    teams.add_member(source, by=inspector, user=inspector)
    TeamMemberFactory(inspection=staffed)

    copied = teams.copy_team(source, by=inspector)

    assert copied == 1
    assert [member.user for member in empty.team.all()] == [inspector]
    assert staffed.team.count() == 1
