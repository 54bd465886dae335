"""Where allauth asks us: no sign-up, Korean texts, and every event of an account told to the history."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_username
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction

from accounts import chronicle, mailing
from accounts.addresses import client_address
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "아이디 또는 비밀번호가 맞지 않습니다.",
        "invalid_login": "아이디 또는 비밀번호가 맞지 않습니다.",
        "incorrect_password": "비밀번호가 맞지 않습니다.",
        "enter_current_password": "지금 쓰는 비밀번호가 맞지 않습니다.",
        "too_many_login_attempts": "로그인을 너무 여러 번 시도했습니다. 잠시 뒤에 다시 해 주세요.",
        "rate_limited": "짧은 시간에 너무 여러 번 했습니다. 잠시 뒤에 다시 해 주세요.",
        "invalid_password_reset": "비밀번호를 다시 정하는 주소가 맞지 않거나 이미 쓰였습니다.",
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        try:
            return super().is_safe_url(url)
        except ValueError:  # `http://[`: no address at all
            return False

    def get_client_ip(self, request):
        return client_address(request) or "0.0.0.0"  # noqa: S104 - an address to note, not to listen on

    def get_password_change_redirect_url(self, request):
        return settings.LOGIN_REDIRECT_URL

    def login(self, request, user):
        super().login(request, user)
        chronicle.tell("sign_in", user, by=user)

    def logout(self, request):
        chronicle.tell("sign_out", request.user, by=request.user)
        super().logout(request)

    def authentication_failed(self, request, **credentials):
        if getattr(request, "axes_locked_out", False) and request.axes_failures_since_start is None:
            return  # refused without looking; noted when the lock began
        # Of a name that nobody has, nothing is noted: it may be a password typed into the wrong field.
        user = User.objects.filter(username=credentials.get("username", "")).first()
        chronicle.tell("fail_sign_in", user or User(name="없는 아이디"), by=None)

    @transaction.atomic
    def set_password(self, user, password):
        """Every way to a new password of one's own comes by here: change, first password, reset by mail."""
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        chronicle.tell("change_password", user, by=user)

    def send_mail(self, template_prefix, email, context):
        """Later and elsewhere: an answer that waits for the mail would tell that the address is known."""
        mailing.send_soon(super().send_mail, template_prefix, email, context)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "인증번호가 맞지 않습니다. 인증 앱에 지금 보이는 번호를 적어 주세요.",
        "cannot_delete_authenticator": "이 역할은 2단계 인증을 꺼 둘 수 없습니다.",
    }

    def get_totp_label(self, user):
        return user_username(user)

    def can_delete_authenticator(self, authenticator):
        return authenticator.user.role not in settings.MFA_REQUIRED_ROLES

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher():
    """The secrets of second factors are of no use to whoever has only the database."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(_salted(key)).digest())) for key in keys]
    )


def _salted(key):
    return f"accounts.second-factor:{key}".encode()
