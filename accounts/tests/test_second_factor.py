"""The second factor: asked for after the password, good once, required of the roles that need it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

from accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SECRET = generate_totp_secret()
PAGE = "/accounts/sessions/"


@pytest.fixture
def user(time_machine):
    time_machine.move_to("2026-03-02T09:00:00+09:00", tick=False)
    user = UserFactory(superintendent=True)
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def code():
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def sign_in(client, user):
    return client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})


def give(client, value):
    return client.post(reverse("mfa_authenticate"), {"code": value})


def test_the_password_alone_does_not_sign_in(client, user):
    response = sign_in(client, user)

    assert response["Location"] == reverse("mfa_authenticate")
    assert client.get(PAGE).status_code == 302


def test_password_and_code_sign_in(client, user):
    sign_in(client, user)
    give(client, code())

    assert client.get(PAGE).status_code == 200


def test_a_wrong_code_is_refused_in_korean(client, user):
    sign_in(client, user)

    response = give(client, "000000")

    assert "인증번호가 맞지 않습니다." in response.content.decode()
    assert client.get(PAGE).status_code == 302


def test_a_code_is_good_once(client, user):
    same = code()
    sign_in(client, user)
    give(client, same)
    client.logout()
    sign_in(client, user)

    give(client, same)

    assert client.get(PAGE).status_code == 302


def test_a_recovery_code_is_good_once(client, user):
    recovery = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()[
        0
    ]
    found = []
    for _ in range(2):
        client.logout()
        sign_in(client, user)
        give(client, recovery)
        found.append(client.get(PAGE).status_code)

    assert found == [200, 302]


def test_the_secrets_are_not_readable_in_the_database(user):
    assert SECRET not in str(list(Authenticator.objects.values("data")))


def test_a_new_password_by_mail_does_not_pass_the_second_factor(client, user):
    user.set_password(PASSWORD)
    user.save()

    assert sign_in(client, user)["Location"] == reverse("mfa_authenticate")


class TestRequired:
    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.MFA_REQUIRED_ROLES = ["superintendent"]

    def test_without_one_every_page_leads_to_setting_it_up(self, client):
        client.force_login(UserFactory(superintendent=True))

        assert client.get("/admin/")["Location"] == reverse("mfa_activate_totp")

    def test_other_roles_are_free(self, client):
        client.force_login(UserFactory())

        assert client.get(PAGE).status_code == 200

    def test_with_one_the_way_is_free(self, client, user):
        client.force_login(user)

        assert client.get("/admin/").status_code == 200

    def test_it_cannot_be_switched_off(self, client, user):
        sign_in(client, user)
        give(client, code())

        client.post(reverse("mfa_deactivate_totp"))

        assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_setting_it_up_asks_for_the_password_and_gives_recovery_codes(client):
    user = UserFactory()
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    value = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))

    response = client.post(reverse("mfa_activate_totp"), {"code": value})

    assert page.status_code == 200
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"\b\d{8}\b", client.get(response["Location"]).content.decode())) == 10
