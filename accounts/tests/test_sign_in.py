"""Signing in, being locked out and what the history keeps of it."""

import pytest
from django.urls import reverse

from accounts.tests.factories import PASSWORD, UserFactory
from audit.models import Event

pytestmark = pytest.mark.django_db
URL = "/accounts/login/"


def sign_in(client, username, password=PASSWORD, **extra):
    return client.post(URL, {"login": username, "password": password}, **extra)


def actions():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def test_a_user_signs_in_with_name_and_password(client):
    user = UserFactory()

    response = sign_in(client, user.username)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert actions() == ["sign_in"]
    assert Event.objects.get().ip == "127.0.0.1"


def test_signing_in_gives_the_session_a_new_key(client):
    client.get(URL)
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key

    sign_in(client, UserFactory().username)

    assert client.session.session_key not in (None, before)


@pytest.mark.parametrize("username", ["known", "unknown"])
def test_a_wrong_password_does_not_tell_whether_the_name_exists(client, username):
    UserFactory(username="known")

    response = sign_in(client, username, "틀린 비밀번호")

    assert response.status_code == 200
    assert "아이디 또는 비밀번호가 맞지 않습니다." in response.content.decode()
    assert response.context["form"]["login"].value() == username
    assert actions() == ["fail_sign_in"]


def test_a_name_that_nobody_has_is_not_written_down(client):
    sign_in(client, "어쩌면-비밀번호", "x")

    event = Event.objects.get()
    assert (event.label, event.actor, "어쩌면" in str(event.detail)) == ("없는 아이디", None, False)


def test_a_disabled_user_cannot_sign_in(client):
    user = UserFactory(is_active=False)

    response = sign_in(client, user.username)

    assert response["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_a_disabled_user_is_out_at_the_next_request(client):
    user = UserFactory()
    client.force_login(user)
    user.is_active = False
    user.save(update_fields=["is_active"])

    response = client.get(reverse("account_change_password"))

    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_next_leads_to_the_page_asked_for_but_never_to_another_site(client):
    user = UserFactory()

    inside = client.post(f"{URL}?next=/accounts/sessions/", {"login": user.username, "password": PASSWORD})
    client.logout()
    outside = client.post(f"{URL}?next=https://evil.example/", {"login": user.username, "password": PASSWORD})

    assert inside["Location"] == "/accounts/sessions/"
    assert outside["Location"] == "/"


def test_signing_out_ends_the_session_and_is_noted(client):
    sign_in(client, UserFactory().username)

    response = client.post(reverse("account_logout"))

    assert response.status_code == 302
    assert "_auth_user_id" not in client.session
    assert actions() == ["sign_in", "sign_out"]


def test_there_is_no_sign_up(client):
    assert client.get("/accounts/signup/").status_code in (302, 404)
    assert "account_signup" not in str(client.get(URL).content)


class TestLockOut:
    def fail(self, client, username, times=5, **extra):
        return [sign_in(client, username, "틀림", **extra).status_code for _ in range(times)]

    def test_the_fifth_wrong_password_locks_and_the_right_one_does_not_open(self, client):
        user = UserFactory()

        assert self.fail(client, user.username) == [200] * 4 + [429]
        response = sign_in(client, user.username)

        assert response.status_code == 429
        assert "10분 뒤에 다시 로그인해 주세요." in response.content.decode()

    def test_the_lock_opens_after_ten_minutes_and_tries_do_not_prolong_it(self, client, time_machine):
        user = UserFactory()
        time_machine.move_to("2026-03-02T09:00:00+09:00", tick=False)
        self.fail(client, user.username)

        time_machine.shift(9 * 60)
        assert self.fail(client, user.username, 1) == [429]
        time_machine.shift(61)

        assert sign_in(client, user.username).status_code == 302

    def test_the_lock_holds_for_this_name_from_this_address_only(self, client):
        user, other = UserFactory(), UserFactory()
        self.fail(client, user.username)

        assert sign_in(client, other.username).status_code == 302
        client.logout()
        assert sign_in(client, user.username, REMOTE_ADDR="10.0.0.9").status_code == 302

    def test_twenty_wrong_passwords_from_an_address_lock_it_for_every_name(self, client):
        user = UserFactory()

        statuses = [self.fail(client, f"name{number}", 1)[0] for number in range(20)]

        assert statuses == [200] * 19 + [429]
        assert sign_in(client, user.username).status_code == 429

    def test_one_good_account_does_not_buy_new_tries_at_others(self, client):
        user = UserFactory()
        for number in range(19):
            self.fail(client, f"name{number}", 1)
        sign_in(client, user.username)
        client.logout()

        assert self.fail(client, "name99", 1) == [429]

    def test_a_name_that_nobody_has_is_locked_in_the_same_way(self, client):
        assert self.fail(client, "nobody") == [200] * 4 + [429]

    def test_capital_letters_do_not_make_a_new_name(self, client):
        user = UserFactory(username="gana")
        statuses = [self.fail(client, name, 1)[0] for name in ("gana", "Gana", "GANA", "gAna", "gaNa")]

        assert statuses == [200] * 4 + [429]
        assert sign_in(client, user.username).status_code == 429

    def test_a_script_gets_the_message_as_json(self, client):
        self.fail(client, "nobody")

        response = sign_in(client, "nobody", headers={"X-Requested-With": "fetch"})

        assert response.status_code == 429
        assert "잠시 잠갔습니다" in response.json()["message"]
