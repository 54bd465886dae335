"""Somebody of a contractor is invited by mail, chooses a password, and is in."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import DepartmentFactory, UserFactory
from audit.models import Event
from contractors.tests.factories import AgreementFactory, ContractorUserFactory
from inspections.workflow import TransitionError
from portal import inviting

pytestmark = pytest.mark.django_db
PASSWORD = "연두빛-우산이-셋-있다"


@pytest.fixture
def agreement():
    return AgreementFactory(subject__department=DepartmentFactory())


@pytest.fixture
def official(agreement):
    return UserFactory(department=agreement.subject.department)


def test_from_the_mail_to_the_first_page(client, agreement, official, django_capture_on_commit_callbacks):
    client.force_login(official)
    url = reverse("portal:invite", args=[agreement.contractor_id])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"name": "나솔솔", "email": "Sol@Center.example"})
    assert "초대함" in client.get(url).content.decode()
    client.logout()

    [message] = mail.outbox
    assert message.to == ["sol@center.example"]
    address = re.search(r"https?://\S+", message.body)[0].split("/", 3)[3]
    form = client.get(f"/{address}", follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse("account_login"), {"login": "sol@center.example", "password": PASSWORD})

    page = client.get(reverse("portal:home"))
    assert page.status_code == 200
    assert str(agreement.contractor) in page.content.decode()
    assert Event.objects.filter(action="invite").exists()


def test_who_has_no_password_yet_is_invited_again(agreement, official, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            inviting.invite(agreement.contractor, name="나솔솔", email="sol@center.example", by=official)
    assert len(mail.outbox) == 2
    assert User.objects.filter(role="contractor").count() == 1


def test_an_address_of_somebody_else_is_refused(agreement, official):
    other = ContractorUserFactory(user__username="sol@center.example").user
    with pytest.raises(TransitionError, match="이미 다른 곳에서"):
        inviting.invite(agreement.contractor, name="나솔솔", email=other.username, by=official)


def test_who_is_in_already_is_not_invited(agreement, official):
    user = ContractorUserFactory(contractor=agreement.contractor, user__username="sol@center.example").user
    with pytest.raises(TransitionError, match="이미 쓰고 있는"):
        inviting.invite(agreement.contractor, name="나솔솔", email=user.username, by=official)


def test_another_office_does_not_invite(client, agreement):
    stranger = UserFactory(department=DepartmentFactory(team=True))
    with pytest.raises(PermissionDenied):
        inviting.invite(agreement.contractor, name="나", email="a@b.example", by=stranger)
    client.force_login(stranger)
    assert client.get(reverse("portal:invite", args=[agreement.contractor_id])).status_code == 403
