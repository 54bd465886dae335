"""The life of an action: who may do what in which state, and what is kept of it."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit.models import Event
from contractors.tests.factories import ContractorUserFactory
from follow_up import acting, paying
from follow_up.models import ActionReport
from follow_up.tests.factories import demand, done_inspection, report_fields
from inspections.models import Action
from inspections.tests.factories import InspectionFactory
from inspections.workflow import StaleError, TransitionError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]
TODAY = dt.date(2021, 3, 2)
LATER = dt.date(2021, 6, 1)


@pytest.fixture
def march():
    with time_machine.travel("2021-03-02T10:00:00+09:00", tick=False):
        yield


@pytest.fixture
def action():
    return demand(due_on=dt.date(2021, 2, 26))


@pytest.fixture
def official(action):
    return UserFactory(department=action.inspection.department)


def reported(action, official, **fields):
    acting.report(action, by=official, **report_fields(**fields))
    action.refresh_from_db()
    return action


def test_reported_sent_back_reported_and_verified(action, official):
    reported(action, official)
    acting.send_back(action, by=official, version=action.version, note="증빙이 없음", due_on=LATER)
    action.refresh_from_db()
    assert (action.status, action.due_on) == ("rework", LATER)

    reported(action, official)
    acting.verify(action, by=official, version=action.version, how="visit", note="현장에서 봄")

    action.refresh_from_db()
    assert sorted(report.verdict for report in action.reports.all()) == ["rework", "verified"]
    assert (action.status, action.status_note) == ("verified", "현장에서 봄")
    told = list(
        Event.objects.filter(object_id=str(action.pk)).order_by("pk").values_list("action", flat=True)
    )
    assert told == ["report_action", "send_back_action", "report_action", "verify_action"]


def test_a_report_sent_twice_is_one(action, official):
    fields = report_fields()

    one, two = (acting.report(action, by=official, **fields) for _ in range(2))

    assert one == two
    assert ActionReport.objects.count() == 1


def test_the_contractor_reports_and_the_official_verifies(action, official):
    contractor = ContractorUserFactory(contractor=action.contractor).user
    acting.report(action, by=contractor, **report_fields(source="portal"))
    action.refresh_from_db()

    with pytest.raises(PermissionDenied):
        acting.verify(action, by=contractor, version=action.version, how="paper", note="됐음")
    acting.verify(action, by=official, version=action.version, how="paper", note="서류를 봄")

    assert action.reports.get().decided_by == official


def test_nobody_verifies_what_he_did_himself():
    action = demand(owner="department", contractor=None)
    own, other = (UserFactory(department=action.inspection.department) for _ in range(2))
    reported(action, own, source="office")

    with pytest.raises(TransitionError, match="다른 사람이 확인"):
        acting.verify(action, by=own, version=action.version, how="paper", note="봄")
    acting.verify(action, by=other, version=action.version, how="paper", note="봄")

    with pytest.raises(IntegrityError, match="nobody_verifies_his_own_report"), transaction.atomic():
        action.reports.update(decided_by=own)


def test_strangers_and_other_contractors_are_refused(action):
    stranger = UserFactory(department=DepartmentFactory(team=True))
    other = ContractorUserFactory().user

    for by in (stranger, other):
        with pytest.raises(PermissionDenied):
            acting.report(action, by=by, **report_fields(source="portal"))
        with pytest.raises(PermissionDenied):
            acting.extend(action, by=by, version=1, due_on=LATER, reason="늦음")


def test_what_was_not_told_yet_is_hidden_from_the_contractor(action):
    user = ContractorUserFactory(contractor=action.contractor).user
    assert list(Action.objects.visible_to(user)) == [action]

    Action.objects.update(told_on=None)

    assert not Action.objects.visible_to(user).exists()
    with pytest.raises(PermissionDenied):
        acting.report(Action.objects.get(), by=user, **report_fields(source="portal"))


def test_the_office_that_is_asked_sees_this_one_and_reports():
    asked = DepartmentFactory()
    action, other = demand(owner="other", department=asked, contractor=None), demand()
    helper = UserFactory(department=asked)

    assert list(Action.objects.visible_to(helper)) == [action]
    acting.report(action, by=helper, **report_fields(source="office"))
    with pytest.raises(PermissionDenied):
        acting.report(other, by=helper, **report_fields(source="office"))


def test_an_objection_ends_the_demand_or_leaves_it(action, official):
    fields = {"text": "이미 고쳤음", "source": "letter"}
    acting.object_to(action, by=official, id=uuid.uuid4(), **fields)
    action.refresh_from_db()
    acting.decide_objection(action, by=official, version=action.version, decision="dismissed", reason="아님",
                            due_on=LATER)  # fmt: skip
    action.refresh_from_db()
    assert (action.status, action.due_on) == ("demanded", LATER)

    acting.object_to(action, by=official, id=uuid.uuid4(), **fields)
    action.refresh_from_db()
    acting.decide_objection(action, by=official, version=action.version, decision="upheld", reason="맞음")

    action.refresh_from_db()
    assert action.status == "withdrawn"
    assert [each.decision for each in action.objections.order_by("decided_on", "decision")] == [
        "dismissed",
        "upheld",
    ]


def test_what_is_accepted_until_a_day_rests_and_comes_back(action, official):
    until = dt.date(2021, 12, 31)
    acting.accept_until(action, by=official, version=1, until=until, reason="다음 해 예산")
    action.refresh_from_db()

    assert not Action.objects.open(TODAY).exists()
    assert Action.objects.open(until + dt.timedelta(days=1)).get() == action  # even if nobody wakes it
    assert not acting.wake(action, today=until)
    assert acting.wake(action, today=until + dt.timedelta(days=1))
    assert not acting.wake(action, today=until + dt.timedelta(days=1))

    action.refresh_from_db()
    assert (action.status, action.accepted_until) == ("demanded", None)
    said = Event.objects.filter(action="wake_action").last().detail["note"]
    assert said == "미루어 준 날(2021. 12. 31.)이 지나 다시 요구합니다."


def test_late_stays_visible(action, official):
    assert action.is_late(TODAY)
    reported(action, official, received_on=TODAY)
    acting.verify(action, by=official, version=action.version, how="paper", note="봄")
    action.refresh_from_db()

    assert action.is_late(TODAY)
    assert not Action.objects.overdue(TODAY).exists()


def test_in_time_is_not_late_however_late_it_is_verified(action, official):
    reported(action, official, received_on=action.due_on, done_on=action.due_on)
    assert not action.is_late(LATER)


@pytest.mark.parametrize("wrong", [{"done_on": TODAY + dt.timedelta(days=1)}, {"text": " "}])
def test_a_report_needs_words_and_a_past_day(action, official, wrong):
    with pytest.raises(TransitionError):
        acting.report(action, by=official, **report_fields(**wrong))


def test_nothing_is_followed_up_before_the_inspection_is_done(official):
    action = demand(InspectionFactory(in_progress=True, department=official.department), contractor=None)
    with pytest.raises(TransitionError, match="점검을 완료한 뒤"):
        acting.report(action, by=official, **report_fields())


def test_a_stale_page_decides_nothing(action, official):
    reported(action, official)
    with pytest.raises(StaleError):
        acting.verify(action, by=official, version=1, how="paper", note="봄")


def test_the_first_letter_counts(official):
    action = demand(told_on=None)
    acting.tell(action, on=TODAY, paper="과-1(2021. 3. 2.)", by=official)
    told = acting.tell(action, on=LATER, paper="과-2(2021. 6. 1.)", by=official)

    assert (told.told_on, told.told_by_paper) == (TODAY, "과-1(2021. 3. 2.)")


# Money ----------------------------------------------------------------------------------------------------


def pay(action, official, won, kind="principal", **fields):
    return paying.add(action, by=official, id=uuid.uuid4(), kind=kind, paid_on=TODAY, won=won, **fields)


def test_part_payments_leave_an_exact_rest():
    action = demand(won=1_000_000)
    official = UserFactory(department=action.inspection.department)
    pay(action, official, 333_333)
    wrong = pay(action, official, 333_333)
    pay(action, official, 5_000, kind="interest")
    assert acting.rest_of(action) == 333_334

    paying.take_back(wrong, by=official, reason="두 번 적음")
    assert acting.rest_of(action) == 666_667
    with pytest.raises(TransitionError, match=r"남은 금액\(666,667원\)"):
        pay(action, official, 666_668)
    with pytest.raises(TransitionError, match="이미 되돌린"):
        paying.take_back(wrong, by=official, reason="다시")

    pay(action, official, 666_667)
    assert acting.rest_of(action) == 0


def test_a_rest_is_verified_only_with_a_reason():
    action = demand(won=500)
    official = UserFactory(department=action.inspection.department)
    reported(action, official)

    with pytest.raises(TransitionError, match="500원이 남아"):
        acting.verify(action, by=official, version=action.version, how="paper", note="봄")
    acting.verify(
        action, by=official, version=action.version, how="paper", note="봄", rest_reason="결손 처리"
    )

    assert Event.objects.get(action="verify_action").detail["rest"] == 500


def test_money_is_paid_only_where_it_is_demanded(action, official):
    with pytest.raises(TransitionError, match="금액을 요구한 조치가 아닙니다"):
        pay(action, official, 1)


def test_done_inspections_make_demands():
    assert demand(done_inspection()).contractor
