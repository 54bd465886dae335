"""Sign-in, password, second factor and sessions in a real browser, in Korean and without axe violations."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail

from accounts.tests.factories import PASSWORD, UserFactory
from tests.browser.test_look import violations

pytestmark = pytest.mark.browser

# Three words in a row: a text of allauth that slipped in.
ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")


def is_good(page, heading):
    assert page.locator("h1").inner_text() == heading
    assert violations(page) == []
    assert not ENGLISH.search(page.locator("main").inner_text())
    return True


@pytest.fixture
def user(db):
    return UserFactory(username="gana")


def sign_in(page, user, password=PASSWORD):
    page.goto("/accounts/login/")
    page.get_by_label("아이디").fill(user.username)
    page.get_by_label("비밀번호").first.fill(password)
    page.get_by_role("button", name="로그인").click()


def prove_again(page):
    assert is_good(page, "본인 확인")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.get_by_role("button", name="확인").click()


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_wrong_password_is_told_and_the_name_stays(page_of, user):
    page = page_of(None)

    sign_in(page, user, "틀린 비밀번호")

    assert is_good(page, "로그인")
    assert "아이디 또는 비밀번호가 맞지 않습니다." in page.get_by_role("alert").first.inner_text()
    assert page.get_by_label("아이디").input_value() == "gana"


def test_password_is_reset_by_mail(page_of, user):
    page = page_of(None)
    page.goto("/accounts/password/reset/")
    assert is_good(page, "비밀번호 다시 정하기")

    page.get_by_label("전자우편").fill(user.email)
    page.get_by_role("button", name="주소 보내기").click()
    assert is_good(page, "전자우편을 보냈습니다")
    address = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body).group()
    assert mail.outbox[0].subject == "[살핌] 비밀번호를 다시 정하는 주소"

    page.goto(address)
    assert is_good(page, "새 비밀번호")
    for label in ["새 비밀번호", "새 비밀번호 다시 한 번"]:
        page.get_by_label(label, exact=False).first.fill("달밤의소나무-2027")
    page.get_by_label("새 비밀번호 다시 한 번").fill("달밤의소나무-2027")
    page.get_by_role("button", name="비밀번호 바꾸기").click()
    page.wait_for_load_state()
    assert is_good(page, "비밀번호를 바꿨습니다")

    page.goto(address)
    assert is_good(page, "쓸 수 없는 주소입니다")


def test_password_change_names_what_is_wrong(page_of, user):
    page = page_of(user)
    page.goto("/accounts/password/change/")
    assert is_good(page, "비밀번호 바꾸기")

    page.get_by_label("지금 비밀번호").fill("틀린 것")
    page.get_by_label("새 비밀번호 다시 한 번").fill("다른 것")
    page.get_by_label(re.compile("^새 비밀번호(?! 다시)")).fill("짧다")
    page.get_by_role("main").get_by_role("button", name="비밀번호 바꾸기").click()

    assert is_good(page, "비밀번호 바꾸기")
    assert page.locator("[data-error-summary] a").count() >= 2


def test_second_factor_is_set_up_used_and_taken_away(page_of, user):
    page = page_of(None)
    sign_in(page, user)
    page.goto("/accounts/2fa/")
    assert is_good(page, "2단계 인증")

    page.get_by_role("link", name="인증 앱 등록").click()
    prove_again(page)
    assert is_good(page, "인증 앱 등록")
    secret = page.locator("main code").inner_text()
    page.get_by_label("인증번호").fill(code_of(secret))
    page.get_by_role("button", name="등록").click()
    assert is_good(page, "복구 코드")
    recovery_code = page.locator(".codes code").first.inner_text()

    page = page_of(None)
    sign_in(page, user)
    assert is_good(page, "2단계 인증")
    page.get_by_label("인증번호").fill(recovery_code)
    page.get_by_role("button", name="확인").click()

    page.goto("/accounts/2fa/recovery-codes/generate/")
    prove_again(page)
    assert is_good(page, "복구 코드 만들기")
    page.goto("/accounts/2fa/totp/deactivate/")
    assert is_good(page, "인증 앱 해제")
    page.get_by_role("button", name="해제").click()
    assert is_good(page, "2단계 인증")


def test_sensitive_pages_ask_for_the_password_again(page_of, user):
    page = page_of(user)  # a session that began without a password

    page.goto("/accounts/2fa/totp/activate/")
    prove_again(page)

    assert is_good(page, "인증 앱 등록")


def test_another_session_is_listed_and_ended(page_of, user):
    here, there = page_of(None), page_of(None)
    for page in [here, there]:
        sign_in(page, user)

    here.goto("/accounts/sessions/")
    assert is_good(here, "내 세션")
    here.get_by_role("button", name=re.compile("^끝내기")).click()

    assert here.locator("tbody tr").count() == 1
    there.goto("/accounts/sessions/")
    assert is_good(there, "로그인")


def test_sign_out_asks_first(page_of, user):
    page = page_of(user)

    page.goto("/accounts/logout/")
    assert is_good(page, "로그아웃할까요?")
    page.get_by_role("main").get_by_role("button", name="로그아웃").click()

    assert is_good(page, "로그인")
