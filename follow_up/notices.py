"""Mail on what the other side did: a link, never a word of the matter, sent once the act is committed.

A mail server that fails is logged and undoes nothing: the first page of each side says the same.
"""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from inspections.models import TeamMember

PREFIX = "[살핌] "
FOOT = "내용은 메일에 적지 않습니다. 로그인해서 확인해 주세요."


def to_contractor(contractor, text, name, *args):
    """To all who speak for it; `name`, `args`: the page of the portal."""
    if contractor is None:
        return
    users = User.objects.filter(contractor_user__contractor=contractor, is_active=True)
    _mail(users, text, name, args)


def to_official(action, text):
    """To whoever is in charge of the demand, else to whoever completed the inspection."""
    official = action.in_charge or action.inspection.completed_by
    if official is not None and official.is_active:
        _mail([official], text, "follow_up:action", [action.pk])


def to_team(inspection, text, name, *args):
    """To those of the team who have an account, while there is no demand yet."""
    members = TeamMember.objects.filter(inspection=inspection, user__is_active=True)
    _mail(User.objects.filter(pk__in=members.values("user")), text, name, args)


def _mail(users, text, name, args):
    addresses = sorted({user.email for user in users if user.email})
    body = f"{text}\n\n{settings.SITE_URL}{reverse(name, args=args)}\n\n{FOOT}\n"

    def send():
        for address in addresses:  # one by one: nobody learns of the others
            send_mail(f"{PREFIX}{text}", body, None, [address])

    if addresses:
        transaction.on_commit(send, robust=True)
