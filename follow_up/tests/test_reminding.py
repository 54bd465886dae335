"""Deadlines are told in time, once each, to whom they concern, however often and late the job runs."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.tests.factories import DepartmentFactory, UserFactory
from contractors.tests.factories import AgreementFactory, ContractorUserFactory
from follow_up import acting, due, reminding
from follow_up.models import Procedure, Reminder, ReminderSetting
from follow_up.tests.factories import (
    ActionReportFactory,
    DispositionFactory,
    PaperItemFactory,
    demand,
    disposition_type,
)
from inspections.tests.factories import InspectionFactory, StageFactory
from inspections.tests.threads import at_once

pytestmark = pytest.mark.django_db
DUE = dt.date(2021, 3, 15)  # a Monday


@pytest.fixture
def day():
    """Set the day: day(3) is three days before the deadline, day(-1) the day after."""
    with time_machine.travel("2021-03-01T09:00:00+09:00", tick=False) as clock:
        yield lambda left: clock.move_to(f"{DUE - dt.timedelta(days=left)}T09:00:00+09:00")


@pytest.fixture
def official():
    return UserFactory(department=DepartmentFactory(team=True), email="official@city.example")


@pytest.fixture
def action(official):
    return demand(in_charge=official, due_on=DUE)


@pytest.fixture
def contractor(action):
    return ContractorUserFactory(contractor=action.contractor, user__email="center@center.example").user


def occasions(user):
    return list(Reminder.objects.filter(user=user).order_by("pk").values_list("occasion", flat=True))


def test_each_occasion_once_over_the_weeks(day, action, official, contractor):
    for left in range(10, -16, -1):
        day(left)
        reminding.remind()
        reminding.remind()

    expected = ["d7", "d3", "d0", "late1", "late2", "late3"]
    assert occasions(official) == occasions(contractor) == expected


def test_what_passed_while_the_job_was_down_is_not_made_up_for(day, action, official):
    day(8)
    reminding.remind()
    day(-1)  # down from the eighth day before to the day after
    assert reminding.remind() == 1
    assert occasions(official) == ["late1"]


def test_the_lead_hears_when_it_is_late(day, action, official):
    lead = UserFactory(approver=True, department=official.department)
    UserFactory(approver=True, department=DepartmentFactory(team=True))
    day(0)
    reminding.remind()
    assert occasions(lead) == []
    day(-2)
    reminding.remind()
    assert occasions(lead) == ["late1"]
    assert Reminder.objects.filter(occasion="late1").count() == 2


def test_another_office_hears_of_what_it_is_asked(day, official):
    office = DepartmentFactory()
    theirs = UserFactory(department=office)
    demand(owner="other", department=office, contractor=None, in_charge=official, due_on=DUE)
    day(3)
    reminding.remind()
    assert occasions(theirs) == ["d3"]


@pytest.mark.parametrize(
    "change", [{"told_on": None}, {"status": "verified", "status_on": DUE}, {"due_on": None}]
)
def test_who_is_not_reminded(day, action, contractor, change):
    type(action).objects.update(**change)
    day(3)
    reminding.remind()
    assert occasions(contractor) == []


def test_a_new_deadline_is_reminded_of_anew(day, action, official):
    day(3)
    reminding.remind()
    type(action).objects.update(due_on=DUE + dt.timedelta(days=3))
    reminding.remind()
    assert occasions(official) == ["d3", "d7"]


def test_opinions_are_reminded_of_until_their_day(day):
    made = DispositionFactory(disposition_type=disposition_type("시정명령"), status="notified")
    Procedure.objects.create(disposition=made, noticed_on=dt.date(2021, 3, 1), opinion_due_on=DUE)
    user = ContractorUserFactory(contractor=made.contractor).user
    for left in (7, 3, 0, -1, -8):
        day(left)
        reminding.remind()
    assert occasions(user) == ["d7", "d3", "d0"]


def test_papers_and_an_own_check_are_reminded_of(day):
    agreement = AgreementFactory()
    user = ContractorUserFactory(contractor=agreement.contractor).user
    inspection = InspectionFactory(in_progress=True, agreement=agreement)
    PaperItemFactory(inspection=inspection, state="asked", due_on=DUE)
    PaperItemFactory(inspection=inspection, state="asked", due_on=DUE)
    sent = PaperItemFactory(inspection=inspection, due_on=DUE)
    StageFactory(inspection=inspection, kind="self", ends_on=DUE + dt.timedelta(days=3))
    day(3)
    assert reminding.remind() == 2
    assert reminding.remind() == 0
    assert occasions(user) == ["d3", "d7"]
    sent.inspection.paper_items.update(state="sent", answered_on=DUE, answered_by=user)
    day(0)
    reminding.remind()
    assert occasions(user) == ["d3", "d7", "d3"]  # the check alone


# Mail -----------------------------------------------------------------------------------------------------


def test_one_mail_gathers_all_and_says_nothing_of_the_matter(day, action, official, contractor):
    demand(action.inspection, in_charge=official, due_on=DUE - dt.timedelta(days=5), text="비밀스러운 조치")
    day(3)
    reminding.remind()

    assert reminding.send_digests() == 2
    assert reminding.send_digests() == 0

    told = {message.to[0]: message for message in mail.outbox}
    assert set(told) == {"official@city.example", "center@center.example"}
    assert told["official@city.example"].subject == "[살핌] 기한 알림 2건"
    body = told["center@center.example"].body
    assert "기한이 지난 것 1건, 기한이 다가온 것 1건이 있습니다." in body
    assert "/portal/" in body
    assert "비밀" not in body + told["official@city.example"].subject


def test_each_person_sets_how_often(day, action, official, contractor):
    ReminderSetting.objects.create(user=official, frequency="weekly")
    ReminderSetting.objects.create(user=contractor, frequency="never")
    day(3)  # a Friday
    reminding.remind()
    assert reminding.send_digests() == 0
    day(0)  # the Monday after: both occasions in one mail
    reminding.remind()
    assert reminding.send_digests() == 1
    assert mail.outbox[0].subject == "[살핌] 기한 알림 2건"


def test_what_was_settled_before_the_mail_is_not_told(day, action, official):
    day(3)
    reminding.remind()
    ActionReportFactory(action=action)
    type(action).objects.update(status="reported", status_on=dt.date(2021, 3, 12))
    assert reminding.send_digests() == 0
    assert not Reminder.objects.filter(mailed_at=None).exists()


def test_a_dead_mail_server_loses_nothing(day, action, official, settings, caplog):
    settings.EMAIL_BACKEND = "follow_up.tests.test_reminding.Dead"
    day(3)
    reminding.remind()
    assert reminding.send_digests() == 0
    assert "could not be sent" in caplog.text

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert reminding.send_digests() == 1


class Dead:
    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_remind_and_mail_once(day, action, official, contractor):
    day(3)
    made = at_once(reminding.remind, reminding.remind)
    assert Reminder.objects.count() == 2
    assert sum(made) >= 2

    sent = at_once(reminding.send_digests, reminding.send_digests)

    assert sum(sent) == len(mail.outbox) == 2


# The command ----------------------------------------------------------------------------------------------


def test_the_command_wakes_reminds_and_mails(day, action, official):
    acting.accept_until(action, by=UserFactory(department=action.inspection.department), version=1,
                        until=dt.date(2021, 3, 10), reason="예산")  # fmt: skip
    day(4)
    out = StringIO()
    call_command("run_due", stdout=out)
    call_command("run_due", stdout=out)

    assert out.getvalue().splitlines() == [
        "미룬 조치 다시 요구: 1건", "기한 알림: 1건", "알림 메일: 1건",
        "미룬 조치 다시 요구: 0건", "기한 알림: 0건", "알림 메일: 0건",
    ]  # fmt: skip


def test_a_step_that_fails_holds_up_no_other(day, action, official, monkeypatch):
    def broken():
        raise RuntimeError

    monkeypatch.setattr(due, "STEPS", [("고장", broken), *due.STEPS])
    day(3)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("run_due", stdout=out)
    assert out.getvalue().splitlines()[:3] == ["고장: 실패", "미룬 조치 다시 요구: 0건", "기한 알림: 1건"]


# Pages ----------------------------------------------------------------------------------------------------


def test_reminders_stand_on_the_first_page_until_the_thing_is_opened(
    day, action, official, contractor, client
):
    type(action.inspection).objects.update(department=official.office)
    day(3)
    reminding.remind()
    for user, first, page in (
        (official, "home", reverse("follow_up:action", args=[action.pk])),
        (contractor, "portal:home", reverse("portal:action", args=[action.pk])),
    ):
        client.force_login(user)
        assert "조치 기한 3일 남음" in client.get(reverse(first)).content.decode()
        assert page in client.get(reverse("follow_up:reminders")).content.decode()
        assert client.get(page).status_code == 200
        assert "조치 기한 3일 남음" not in client.get(reverse(first)).content.decode()


def test_the_setting_is_kept(client, official):
    client.force_login(official)
    client.post(reverse("follow_up:reminders"), {"frequency": "weekly"})
    client.post(reverse("follow_up:reminders"), {"frequency": "never"})
    assert ReminderSetting.objects.get().frequency == "never"
    assert client.post(reverse("follow_up:reminders"), {"frequency": "x"}).status_code == 422
