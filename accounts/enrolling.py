"""People come, move and leave: what 총괄 does with accounts. Every act is told to the history."""

import secrets

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import chronicle, sessions
from accounts.models import Role, User

WATCHED = ["username", "name", "department", "position", "rank", "email"]
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
LAST_ONE = "총괄 관리자가 한 사람도 남지 않습니다. 다른 사람을 먼저 총괄 관리자로 정해 주세요."


@transaction.atomic
def add_user(user, *, by):
    """A new account without a password: it cannot be used before one is issued."""
    user.set_unusable_password()
    user.must_change_password = True
    user.full_clean()
    user.save()
    chronicle.tell("add", user, by=by, role=user.get_role_display())


@transaction.atomic
def change_user(user, *, by):
    """Store the changed account. Who loses his role or his account is signed out everywhere."""
    before = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if would_leave_no_superintendent(before, user):
        raise ValidationError(LAST_ONE)
    user.full_clean()
    user.save(update_fields=[*WATCHED, "role", "is_active"])
    if changes := chronicle.changes_between(before, user, WATCHED):
        chronicle.tell("change", user, by=by, changes=changes)
    if before.role != user.role:
        chronicle.tell("change_role", user, by=by, old=before.get_role_display(), new=user.get_role_display())
    if before.is_active != user.is_active:
        chronicle.tell("enable" if user.is_active else "disable", user, by=by)
    if before.role != user.role or not user.is_active:
        sessions.end_all(user)


@transaction.atomic
def issue_password(user, *, by):
    """A new password, good for one sign-in, after which its owner chooses his own. Returned, not kept."""
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    sessions.end_all(user)
    chronicle.tell("issue_password", user, by=by)
    return password


@transaction.atomic
def sign_out_everywhere(user, *, by):
    ended = sessions.end_all(user)
    chronicle.tell("end_sessions", user, by=by, number=ended)
    return ended


@transaction.atomic
def drop_second_factor(user, *, by):
    """For a lost telephone: the next sign-in asks for the password only, or to set up a new factor."""
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user)
    chronicle.tell("drop_second_factor", user, by=by)


def would_leave_no_superintendent(before, after):
    """Whether the last person in charge would lose the role or the account."""
    if not _is_in_charge(before) or _is_in_charge(after):
        return False
    # All of them are locked, so that two cannot switch each other off at the same moment.
    in_charge = User.objects.select_for_update(of=("self",)).filter(role=Role.SUPERINTENDENT, is_active=True)
    return not in_charge.exclude(pk=before.pk)


def _is_in_charge(user):
    return user.role == Role.SUPERINTENDENT and bool(user.is_active)
