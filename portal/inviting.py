"""Inviting somebody of a contractor: an account without a password, and a mail with a link to choose one."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from accounts import enrolling, mailing
from accounts.models import Role, User
from audit.recording import record
from contractors import permissions
from contractors.models import ContractorUser
from inspections.workflow import TransitionError

SUBJECT = "[살핌] 점검 누리집에 초대합니다"


@transaction.atomic
def invite(contractor, *, name, email, by):
    """A new account for this address; one that is there for the contractor gets the mail once more."""
    if not permissions.can_invite(by, contractor):
        raise PermissionDenied
    email = email.strip().lower()
    user = User.objects.filter(username=email).first()
    if user is None:
        user = User(username=email, email=email, name=name.strip(), role=Role.CONTRACTOR)
        enrolling.add_user(user, by=by)
        ContractorUser.objects.create(user=user, contractor=contractor)
    elif not ContractorUser.objects.filter(user=user, contractor=contractor).exists():
        raise TransitionError(
            "이미 다른 곳에서 쓰는 전자우편입니다. 다른 주소를 적거나 총괄 관리자에게 물어보세요."
        )
    elif user.has_usable_password() or not user.is_active:
        raise TransitionError(
            "이미 쓰고 있는 사람입니다. 비밀번호를 잊었으면 로그인 화면에서 다시 정할 수 있습니다."
        )
    record("invite", contractor, by=by, user=str(user), email=email)
    mailing.send_soon(_send, user.pk, str(contractor))
    return user


def _send(pk, contractor):
    user = User.objects.get(pk=pk)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, _, token = key.partition("-")
    address = settings.SITE_URL + reverse("account_reset_password_from_key", args=[uid, token])
    body = (
        f"{user.name}님, {contractor}의 점검 누리집에 초대합니다.\n"
        "통지를 받고, 자료와 조치결과를 보낼 수 있습니다.\n\n"
        f"아래 주소에서 비밀번호를 정하면 쓸 수 있습니다. 로그인할 때 아이디는 {user.username}입니다.\n\n"
        f"{address}\n\n이 메일을 받을 까닭이 없으면 지워 주세요.\n"
    )
    send_mail(SUBJECT, body, None, [user.email])
