"""Actions: demanded while the inspection is open, followed up once it is done."""

import contextlib
import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit.models import Event
from inspections import following_up
from inspections.tests.factories import ActionFactory, FindingFactory, InspectionFactory
from inspections.workflow import StaleError, TransitionError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march")]
ON = dt.date(2021, 3, 2)


@pytest.fixture
def march():
    with time_machine.travel("2021-03-02T10:00:00+09:00", tick=False):
        yield


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True)


@pytest.fixture
def inspector(inspection):
    return UserFactory(department=inspection.department)


def test_an_action_answers_lines_of_its_inspection(inspection, inspector):
    line = FindingFactory(inspection=inspection)

    action = following_up.add_action(
        inspection, by=inspector, id=uuid.uuid4(), text="나라장터 이용", findings=[line]
    )

    assert list(action.findings.all()) == [line]
    assert Event.objects.get(action="add_action").detail["findings"] == [str(line.pk)]


def test_a_line_of_another_inspection_is_refused(inspection, inspector):
    with pytest.raises(TransitionError, match="이 점검의 점검결과"):
        following_up.add_action(
            inspection, by=inspector, id=uuid.uuid4(), text="주의", findings=[FindingFactory()]
        )


def test_a_stale_change_is_refused(inspection, inspector):
    action = ActionFactory(inspection=inspection)
    following_up.save_action(action, by=inspector, version=1, text="둘")

    with pytest.raises(StaleError) as stale:
        following_up.save_action(action, by=inspector, version=1, text="셋")

    assert stale.value.current.text == "둘"


def test_a_deleted_action_leaves_what_it_said(inspection, inspector):
    action = ActionFactory(inspection=inspection, text="나라장터 이용")

    following_up.delete_action(action, by=inspector, version=1)

    assert not inspection.actions.exists()
    assert Event.objects.get(action="delete_action").detail["text"] == "나라장터 이용"


@pytest.mark.parametrize("status", ["demanded", "reported", "verified"])
@pytest.mark.parametrize("act", ["register_report", "verify"])
def test_every_step_of_the_follow_up_in_every_status(act, status):
    action = ActionFactory(inspection=InspectionFactory(done=True), status=status)
    inspector = UserFactory(department=action.inspection.department)
    allowed = {("register_report", "demanded"): "reported", ("verify", "reported"): "verified"}

    with contextlib.suppress(TransitionError):
        getattr(following_up, act)(action, by=inspector, on=ON, note="공문으로 받음")
    action.refresh_from_db()

    assert action.status == allowed.get((act, status), status)


def test_follow_up_waits_until_the_inspection_is_done(inspection, inspector):
    with pytest.raises(TransitionError, match="점검을 완료한 뒤"):
        following_up.register_report(ActionFactory(inspection=inspection), by=inspector, on=ON, note="함")


@pytest.mark.parametrize(("on", "note"), [(ON + dt.timedelta(days=1), "함"), (ON, "  ")])
def test_follow_up_needs_a_past_day_and_words(on, note):
    action = ActionFactory(inspection=InspectionFactory(done=True))
    inspector = UserFactory(department=action.inspection.department)

    with pytest.raises(TransitionError):
        following_up.register_report(action, by=inspector, on=on, note=note)


def test_a_stranger_may_not_follow_up():
    action = ActionFactory(inspection=InspectionFactory(done=True))

    with pytest.raises(PermissionDenied):
        following_up.verify(action, by=UserFactory(), on=ON, note="확인")


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("an_action_of_another_department_names_it", {"owner": "other"}),
        ("an_action_says_what_to_do", {"text": ""}),
    ],
)
def test_the_database_refuses_a_wrong_action(inspection, constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ActionFactory(inspection=inspection, **wrong)
    assert ActionFactory(inspection=inspection, owner="other", department=DepartmentFactory()).pk
