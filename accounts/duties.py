"""What a user has to do before he may work: change a first password, set up a second factor."""

from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

ALWAYS_OPEN = ("account_logout", "keep_session", "healthz", "readyz")
HAS_SECOND_FACTOR = "has_second_factor"


@dataclass(frozen=True)
class Duty:
    message: str
    pages: tuple  # the first is where to do it; the others are needed on the way


CHANGE_PASSWORD = Duty(
    "처음 받은 비밀번호는 한 번만 쓸 수 있습니다. 새 비밀번호를 정해 주세요.",
    ("account_change_password", *ALWAYS_OPEN),
)
SET_UP_SECOND_FACTOR = Duty(
    "이 역할은 2단계 인증을 써야 합니다. 인증 앱을 등록해 주세요.",
    (
        "mfa_activate_totp",
        "mfa_index",
        "mfa_view_recovery_codes",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "account_change_password",
        *ALWAYS_OPEN,
    ),
)


def duty_of(request):
    """The first duty still open, or None."""
    if request.user.must_change_password:
        return CHANGE_PASSWORD
    if request.user.role in settings.MFA_REQUIRED_ROLES and not _has_second_factor(request):
        return SET_UP_SECOND_FACTOR
    return None


def _has_second_factor(request):
    # Asked once in a session; taking the factor away ends it (accounts.adapter.MFAAdapter).
    if not request.session.get(HAS_SECOND_FACTOR):
        if not is_mfa_enabled(request.user):
            return False
        request.session[HAS_SECOND_FACTOR] = True
    return True
