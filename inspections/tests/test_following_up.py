"""Actions: demanded while the inspection is open."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit.models import Event
from contractors.tests.factories import AgreementFactory
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


def test_the_contractor_of_the_inspection_has_to_act(inspector):
    agreement = AgreementFactory()
    inspection = InspectionFactory(in_progress=True, agreement=agreement, department=inspector.department)

    ours = following_up.add_action(inspection, by=inspector, id=uuid.uuid4(), text="고침", owner="department")
    theirs = following_up.add_action(inspection, by=inspector, id=uuid.uuid4(), text="고침")

    assert [ours.contractor, theirs.contractor] == [None, agreement.contractor]
    assert theirs.in_charge == inspector


def test_of_several_contractors_one_is_chosen(inspector):
    inspection = InspectionFactory(
        in_progress=True, agreement=AgreementFactory(), department=inspector.department
    )
    joint, stranger = AgreementFactory(subject=inspection.subject), AgreementFactory()
    inspection.joint_agreements.add(joint)
    fields = {"by": inspector, "id": uuid.uuid4(), "text": "고침"}

    with pytest.raises(TransitionError, match="이 점검의 수탁기관"):
        following_up.add_action(inspection, contractor=stranger.contractor, **fields)

    assert (
        following_up.add_action(inspection, contractor=joint.contractor, **fields).contractor
        == joint.contractor
    )


def test_what_was_told_is_not_deleted(inspection, inspector):
    action = ActionFactory(inspection=inspection, told_on=ON)

    with pytest.raises(TransitionError, match="이미 알렸거나"):
        following_up.delete_action(action, by=inspector, version=1)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("an_action_of_another_department_names_it", {"owner": "other"}),
        ("an_action_says_what_to_do", {"text": ""}),
        ("an_accepted_action_says_until_when", {"status": "accepted"}),
        ("an_accepted_action_says_until_when", {"accepted_until": ON}),
        ("a_reported_action_says_when", {"status": "reported", "status_on": None}),
    ],
)
def test_the_database_refuses_a_wrong_action(inspection, constraint, wrong):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ActionFactory(inspection=inspection, **wrong)
    assert ActionFactory(inspection=inspection, owner="other", department=DepartmentFactory()).pk
