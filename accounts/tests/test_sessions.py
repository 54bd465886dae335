"""How long one stays signed in, and what happens to the page when it is over."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import PASSWORD, UserFactory
from audit.models import Event

pytestmark = pytest.mark.django_db
PAGE = "/accounts/sessions/"
START = "2026-03-02T09:00:00+09:00"
MINUTE, HOUR = 60, 3600


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(START, tick=False)
    return time_machine


@pytest.fixture
def user(clock):
    return UserFactory()


def signed_in(user):
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client


def test_thirty_idle_minutes_are_allowed_and_no_more(user, clock):
    client = signed_in(user)

    clock.shift(30 * MINUTE)
    assert client.get(PAGE).status_code == 200
    clock.shift(30 * MINUTE + 1)
    response = client.get(PAGE)

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={PAGE}"
    assert Event.objects.first().action == "end_session"


def test_the_sign_in_page_says_why(user, clock):
    client = signed_in(user)
    clock.shift(HOUR)

    page = client.get(PAGE, follow=True).content.decode()

    assert "오래 쓰지 않아 로그아웃했습니다." in page


def test_the_idle_time_is_a_setting(user, clock, settings):
    settings.SESSION_IDLE_MINUTES = 10
    client = signed_in(user)

    clock.shift(10 * MINUTE + 1)

    assert client.get(PAGE).status_code == 302


def test_after_twelve_hours_even_a_busy_user_signs_in_again(user, clock):
    client = signed_in(user)
    statuses = []
    for _ in range(37):
        clock.shift(20 * MINUTE)
        statuses.append(client.get(PAGE).status_code)

    assert statuses == [200] * 36 + [302]


def test_saying_that_one_is_still_there_prolongs_the_session(user, clock):
    client = signed_in(user)

    for _ in range(3):
        clock.shift(20 * MINUTE)
        assert client.post(reverse("keep_session")).status_code == 204

    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"X-Requested-With": "fetch"}, {"HX-Request": "true"}, {"Accept": "application/json"}]
)
@pytest.mark.parametrize("ended", ["by time", "never began"])
def test_a_script_hears_that_the_session_is_over(user, clock, headers, ended):
    client = signed_in(user) if ended == "by time" else Client()
    clock.shift(HOUR)

    response = client.post(reverse("keep_session"), headers=headers)

    assert response.status_code == 401
    assert response.json()["login_url"] == reverse("account_login")


@pytest.mark.parametrize(
    ("referer", "expected"),
    [
        ("http://testserver/accounts/2fa/?a=1", "/accounts/2fa/%3Fa%3D1"),
        ("https://evil.example/x", "/"),
        ("", "/"),
    ],
)
def test_after_a_form_was_sent_too_late_one_returns_to_the_page_it_stood_on(user, clock, referer, expected):
    client = signed_in(user)
    clock.shift(HOUR)

    response = client.post(reverse("keep_session"), headers={"Referer": referer})

    assert response["Location"] == f"{reverse('account_login')}?next={expected}"


def test_a_password_change_ends_the_other_sessions_and_keeps_this_one(user):
    here, there = signed_in(user), signed_in(user)
    new = "산위의바람-이천이십육"

    here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert here.get(PAGE).status_code == 200
    assert there.get(PAGE).status_code == 302


def test_one_sees_and_ends_ones_own_sessions(user):
    here, there, stranger = signed_in(user), signed_in(user), signed_in(UserFactory())
    of_there = user.usersession_set.exclude(session_key=here.session.session_key).get()

    assert stranger.post(reverse("end_session", args=[of_there.pk])).status_code == 404
    assert here.post(reverse("end_session", args=[of_there.pk])).status_code == 302

    assert there.get(PAGE).status_code == 302
    assert here.get(PAGE).status_code == 200


def test_the_session_in_use_is_ended_by_signing_out_only(user):
    client = signed_in(user)

    client.post(reverse("end_session", args=[user.usersession_set.get().pk]))

    assert client.get(PAGE).status_code == 200


def test_all_other_sessions_are_ended_at_once(user):
    here, there = signed_in(user), signed_in(user)

    here.post(PAGE)

    assert (here.get(PAGE).status_code, there.get(PAGE).status_code) == (200, 302)


def test_a_request_costs_no_write_within_half_a_minute(user, clock, django_assert_num_queries):
    client = signed_in(user)
    client.get("/accounts/2fa/")

    clock.shift(29)
    # session, user, second factors twice
    with django_assert_num_queries(4) as captured:
        client.get("/accounts/2fa/")

    assert [
        query["sql"] for query in captured.captured_queries if not query["sql"].startswith("SELECT")
    ] == []


def test_ready_tells_who_is_signed_in_and_gives_a_token(client):
    user = UserFactory()
    client.force_login(user)

    answer = client.get(reverse("session_ready")).json()

    assert answer["user"] == user.pk
    assert answer["token"]
