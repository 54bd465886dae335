"""What a password may be, how one gets a new one, and the first one of all."""

import re

import pytest
from django.conf import settings as project
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import PASSWORD, UserFactory
from audit.models import Event

pytestmark = pytest.mark.django_db
NEW = "산위의바람-이천이십육"
CHANGE = "/accounts/password/change/"
PUBLIC_SECTOR = get_password_validators([project.PASSWORD_RULES["public-sector"]])


@pytest.mark.parametrize(
    "password",
    [
        "짧은말-20",  # nine characters at most
        "qwertyuiop",
        "password123",
        "1234567890123",
        "aaaaaaaaaaaaa",
        "gana.kim2026",
        "김가나-2026-봄봄",
        "rlarksk-2026-xx",  # 김가나 with the keyboard set to English
        "비밀번호12345",
        "qlalfqjsgh12345",
        "서울시청2026!!",
        "사랑해사랑해2026",
    ],
)
def test_a_weak_password_is_refused(password):
    user = User(username="gana.kim", name="김가나", email="gana.kim@salpim.example")

    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)

    assert all(re.search("[가-힣]", message) for message in refused.value.messages)


@pytest.mark.parametrize(
    "password", [PASSWORD, NEW, "correct horse battery staple", "가" * 40 + "나다라" * 20, "x7#Qm!92kLp0"]
)
def test_a_good_password_is_taken_whole(password):
    user = UserFactory(name="김가나")
    validate_password(password, user)
    user.set_password(password)

    assert user.check_password(password)
    assert not user.check_password(password[:-1])


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("Abcdef12", False),
        ("abcdefg12", False),
        ("Abcdefg12", True),
        ("abcdef-12", True),
        ("바다구름-12345", False),
    ],
)
def test_the_public_sector_profile_asks_for_nine_characters_of_three_kinds(password, is_good):
    try:
        validate_password(password, password_validators=PUBLIC_SECTOR)
    except ValidationError:
        assert not is_good
    else:
        assert is_good


class TestChange:
    @pytest.fixture
    def user(self, client):
        user = UserFactory()
        client.force_login(user)
        return user

    def change(self, client, old=PASSWORD, new=NEW, again=None):
        return client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again or new})

    def test_the_password_is_changed_and_noted(self, client, user):
        response = self.change(client)

        user.refresh_from_db()
        assert (response.status_code, response["Location"]) == (302, "/")
        assert user.check_password(NEW)
        assert Event.objects.get().action == "change_password"
        assert NEW not in str(Event.objects.values())

    def test_a_mail_tells_the_owner(self, client, user, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            self.change(client)

        assert [message.to for message in mail.outbox] == [[user.email]]

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            ({"old": "틀림"}, "지금 쓰는 비밀번호가 맞지 않습니다."),
            ({"again": "다름"}, "두 비밀번호가 서로 다릅니다."),
            ({"new": PASSWORD}, "지금 비밀번호와 다른 비밀번호를 정해 주세요."),
            ({"new": "짧다"}, "비밀번호가 너무 짧습니다."),
        ],
    )
    def test_what_is_wrong_is_said_in_korean(self, client, user, data, message):
        response = self.change(client, **data)

        user.refresh_from_db()
        assert message in response.content.decode()
        assert user.check_password(PASSWORD)


class TestFirstPassword:
    @pytest.fixture
    def user(self, client):
        user = UserFactory(must_change_password=True)
        client.force_login(user)
        return user

    def test_until_it_is_changed_every_page_leads_to_the_change(self, client, user):
        for path in ("/", "/accounts/sessions/", "/inspections/"):
            assert client.get(path)["Location"] == CHANGE
        assert client.get(CHANGE).status_code == 200

    def test_a_script_is_refused_with_the_reason(self, client, user):
        response = client.post("/inspections/", headers={"X-Requested-With": "fetch"})

        assert response.status_code == 403
        assert "새 비밀번호를 정해 주세요." in response.json()["message"]

    def test_one_may_sign_out(self, client, user):
        assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")

    def test_after_the_change_the_way_is_free(self, client, user):
        client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

        assert client.get("/accounts/sessions/").status_code == 200


class TestReset:
    URL = "/accounts/password/reset/"

    def ask(self, client, email, capture):
        with capture(execute=True):
            return client.post(self.URL, {"email": email})

    def test_the_answer_does_not_tell_whether_the_address_is_known(
        self, client, django_capture_on_commit_callbacks
    ):
        user = UserFactory()
        known = self.ask(client, user.email, django_capture_on_commit_callbacks)
        unknown = self.ask(client, "nobody@salpim.example", django_capture_on_commit_callbacks)

        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert [message.to for message in mail.outbox] == [[user.email]]

    def test_the_mail_leads_to_a_new_password(self, client, django_capture_on_commit_callbacks):
        user = UserFactory(must_change_password=True)
        self.ask(client, user.email, django_capture_on_commit_callbacks)
        link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]

        form = client.get(link, follow=True)
        client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

        user.refresh_from_db()
        assert user.check_password(NEW)
        assert not user.must_change_password
        assert "_auth_user_id" not in client.session

    def test_a_link_works_once(self, client, django_capture_on_commit_callbacks):
        user = UserFactory()
        self.ask(client, user.email, django_capture_on_commit_callbacks)
        link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
        form = client.get(link, follow=True)
        client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
        client.session.flush()

        again = client.get(link, follow=True)

        assert "password1" not in again.content.decode()

    def test_the_mail_is_korean(self, client, django_capture_on_commit_callbacks):
        self.ask(
            client,
            UserFactory(username="가나", email="a@salpim.example").email,
            django_capture_on_commit_callbacks,
        )
        message = mail.outbox[0]
        without_links = re.sub(r"https?://\S+|\S+@\S+", "", message.body)

        assert message.subject.startswith("[살핌] ")
        assert re.findall(r"[A-Za-z]{3,}", message.subject.removeprefix("[살핌] ") + without_links) == []

    def test_a_disabled_user_gets_no_mail(self, client, django_capture_on_commit_callbacks):
        self.ask(client, UserFactory(is_active=False).email, django_capture_on_commit_callbacks)

        assert mail.outbox == []
