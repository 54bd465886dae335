"""Two at once at one action or disposition: one of them is done, the other is told, nothing is done twice."""

import datetime as dt
import uuid

import pytest

from accounts.tests.factories import UserFactory
from contractors.tests.factories import ContractorUserFactory
from follow_up import acting, disposing, hearing, paying
from follow_up.models import ActionReport, Disposition, Opinion, Procedure
from follow_up.tests.factories import (
    ActionReportFactory,
    DispositionFactory,
    demand,
    disposition_type,
    done_inspection,
    report_fields,
)
from inspections.tests.threads import at_once
from inspections.workflow import StaleError, TransitionError

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]
REFUSED = (StaleError, TransitionError)


def tried(act, *args, **kwargs):
    def run():
        try:
            return act(*args, **kwargs) or True
        except REFUSED:
            return None

    return run


@pytest.fixture
def action():
    return demand(won=1000)


@pytest.fixture
def officials(action):
    return [UserFactory(department=action.inspection.department) for _ in range(2)]


def reported(action):
    ActionReportFactory(action=action)
    type(action).objects.update(status="reported", status_on=dt.date(2021, 3, 1))


def test_one_report_sent_twice_is_one(action, officials):
    fields = report_fields()
    one, two = at_once(*[lambda: acting.report(action, by=officials[0], **fields)] * 2)
    assert one == two
    assert ActionReport.objects.count() == 1


def test_the_portal_and_a_letter_at_once(action, officials):
    contractor = ContractorUserFactory(contractor=action.contractor).user
    done = at_once(
        tried(acting.report, action, by=contractor, **report_fields(source="portal")),
        tried(acting.report, action, by=officials[0], **report_fields(source="letter")),
    )
    assert sum(map(bool, done)) == 1
    assert ActionReport.objects.count() == 1


def test_verified_and_sent_back_at_once(action, officials):
    reported(action)
    action.won = None
    type(action).objects.update(won=None)
    decided = {"version": action.version}
    done = at_once(
        tried(acting.verify, action, by=officials[0], how="paper", note="봄", **decided),
        tried(acting.send_back, action, by=officials[1], note="모자람", **decided),
    )
    assert sum(map(bool, done)) == 1
    action.refresh_from_db()
    assert action.status == {"verified": "verified", "rework": "rework"}[ActionReport.objects.get().verdict]


def test_a_report_while_the_demand_is_withdrawn(action, officials):
    done = at_once(
        tried(acting.report, action, by=officials[0], **report_fields()),
        tried(acting.withdraw, action, by=officials[1], version=1, reason="잘못"),
    )
    action.refresh_from_db()
    assert any(done)
    assert action.status in {"reported", "withdrawn"}
    assert action.reports.filter(verdict="").count() == (action.status == "reported")


def test_two_payments_never_take_more_than_is_owed(action, officials):
    def pay(by):
        return tried(
            paying.add, action, by=by, id=uuid.uuid4(), kind="principal", paid_on=dt.date(2021, 3, 1), won=700
        )

    done = at_once(*map(pay, officials))

    assert sum(map(bool, done)) == 1
    assert acting.rest_of(action) == 300


def test_waking_twice(action):
    type(action).objects.update(status="accepted", accepted_until=dt.date(2021, 1, 1))
    today = dt.date(2021, 1, 2)
    assert sorted(at_once(*[lambda: acting.wake(action, today=today)] * 2)) == [False, True]


def test_decided_while_an_opinion_comes_in():
    inspection = done_inspection()
    official = UserFactory(department=inspection.department)
    made = DispositionFactory(
        inspection=inspection, disposition_type=disposition_type("시정명령"), status="notified", basis="법",
        due_on=dt.date(2021, 5, 1),
    )  # fmt: skip
    Procedure.objects.create(
        disposition=made, noticed_on=dt.date(2021, 1, 1), opinion_due_on=dt.date(2021, 1, 11)
    )
    opinion = {"text": "아님", "source": "letter", "received_on": dt.date(2021, 1, 12)}
    at_once(
        tried(disposing.decide, made, by=official, version=1),
        tried(hearing.add_opinion, made, by=official, id=uuid.uuid4(), **opinion),
    )
    made.refresh_from_db()
    # Either it was decided and the opinion came too late, or the opinion is there and has to be answered.
    assert (made.status, Opinion.objects.count()) in {("decided", 0), ("notified", 1)}


def test_decided_twice_is_decided_once():
    inspection = done_inspection()
    officials = [UserFactory(department=inspection.department) for _ in range(2)]
    made = DispositionFactory(inspection=inspection, disposition_type=disposition_type("주의"))
    done = at_once(*(tried(disposing.decide, made, by=by, version=1) for by in officials))
    assert sum(map(bool, done)) == 1
    assert Disposition.objects.get().decided_by in officials
