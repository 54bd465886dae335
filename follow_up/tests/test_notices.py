"""Each side hears by mail what the other did: a link, nothing of the matter; a dead server is no harm."""

import datetime as dt
import uuid

import pytest
from django.core import mail

from accounts.tests.factories import UserFactory
from contractors.tests.factories import AgreementFactory, ContractorUserFactory
from follow_up import acting, asking, hearing
from follow_up.models import DeadlineRule
from follow_up.tests.factories import (
    DispositionFactory,
    PaperItemFactory,
    demand,
    disposition_type,
    report_fields,
)
from inspections.tests.factories import InspectionFactory, TeamMemberFactory
from reports import creating
from reports.models import Document, Letter
from reports.tests.factories import Office, approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def official():
    return UserFactory(email="official@city.example")


@pytest.fixture
def action(official):
    action = demand(text="비밀스러운 조치", in_charge=official)
    type(official).objects.filter(pk=official.pk).update(department=action.inspection.department)
    return action


@pytest.fixture
def contractor(action):
    return ContractorUserFactory(contractor=action.contractor, user__email="center@center.example").user


def sent_to():
    return [message.to[0] for message in mail.outbox]


def test_both_sides_hear_of_a_report_and_its_verdict(
    action, official, contractor, django_capture_on_commit_callbacks
):
    by = UserFactory(department=action.inspection.department)
    with django_capture_on_commit_callbacks(execute=True):
        acting.report(action, by=contractor, **report_fields(source="portal"))
    assert sent_to() == ["official@city.example"]
    assert f"/follow-up/actions/{action.pk}/" in mail.outbox[0].body

    action.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        acting.send_back(action, by=by, version=action.version, note="비밀스러운 까닭")
    assert sent_to()[1:] == ["center@center.example"]
    assert f"/portal/actions/{action.pk}/" in mail.outbox[1].body
    assert not any("비밀" in message.body + message.subject for message in mail.outbox)


def test_what_the_official_enters_himself_is_no_news(action, official, django_capture_on_commit_callbacks):
    by = UserFactory(department=action.inspection.department)
    with django_capture_on_commit_callbacks(execute=True):
        acting.report(action, by=by, **report_fields())
    assert mail.outbox == []


def test_a_demand_that_was_not_told_is_not_told_by_mail(
    action, contractor, django_capture_on_commit_callbacks
):
    type(action).objects.update(told_on=None)
    by = UserFactory(department=action.inspection.department)
    with django_capture_on_commit_callbacks(execute=True):
        acting.object_to(action, by=by, id=uuid.uuid4(), text="아님", source="letter")
        acting.decide_objection(action, by=by, version=2, decision="dismissed", reason="아님")
    assert mail.outbox == []


def test_an_announced_disposition_and_the_opinion(contractor, action, django_capture_on_commit_callbacks):
    made = DispositionFactory(
        inspection=action.inspection,
        contractor=action.contractor,
        disposition_type=disposition_type("시정명령"),
    )
    member = UserFactory(email="member@city.example")
    TeamMemberFactory(inspection=made.inspection, user=member)
    with django_capture_on_commit_callbacks(execute=True):
        hearing.notify(
            made, by=member, version=1, rule=DeadlineRule.objects.get(name="의견제출 기한"),
            noticed_on=dt.date(2021, 3, 2),
        )  # fmt: skip
        told = {"text": "아님", "source": "portal", "received_on": dt.date(2021, 3, 3)}
        hearing.add_opinion(made, by=contractor, id=uuid.uuid4(), **told)
    assert sent_to() == ["center@center.example", "member@city.example"]


def test_papers_and_wishes(django_capture_on_commit_callbacks):
    agreement = AgreementFactory()
    inspection = InspectionFactory(in_progress=True, agreement=agreement)
    user = ContractorUserFactory(contractor=agreement.contractor, user__email="center@center.example").user
    member = UserFactory(email="member@city.example")
    TeamMemberFactory(inspection=inspection, user=member)
    item = PaperItemFactory(inspection=inspection, answered_by=user)
    with django_capture_on_commit_callbacks(execute=True):
        asking.judge(item, by=member, version=1, state="lacking", note="도장이 없음")
        asking.send(item, by=user, version=2, answer="찍음")
        wish = asking.wish(inspection, by=user, id=uuid.uuid4(), kind="postpone", text="겹침")
        asking.answer_wish(wish, by=member, answer="refused", answer_text="바꿀 수 없음")
    center, city = "center@center.example", "member@city.example"
    assert sent_to() == [center, city, city, center]


def test_one_mail_for_a_letter_with_many_demands(django_capture_on_commit_callbacks):
    office = Office()
    agreement = AgreementFactory()
    inspection = InspectionFactory(done=True, department=office.department, agreement=agreement)
    for _ in range(3):
        demand(inspection, told_on=None)
    ContractorUserFactory(contractor=agreement.contractor, user__email="center@center.example")
    document = creating.create([inspection], by=office.drafter, kind=Document.Kind.CORRECTION)
    Letter.objects.update(organisation="가온시", sender="가온시장", receivers="대표")
    with django_capture_on_commit_callbacks(execute=True):
        approved(office, document=Document.objects.get(pk=document.pk))
    assert sent_to().count("center@center.example") == 1


def test_a_dead_mail_server_holds_nothing_up(
    action, official, contractor, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "follow_up.tests.test_reminding.Dead"
    with django_capture_on_commit_callbacks(execute=True):
        acting.report(action, by=contractor, **report_fields(source="portal"))
    action.refresh_from_db()
    assert action.status == "reported"
