"""The first administrator of a new site."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role, User
from accounts.tests.factories import UserFactory
from audit.models import Event

pytestmark = pytest.mark.django_db
WHO = {"username": "first", "name": "김총괄", "email": "first@salpim.example"}


def create(**options):
    out = StringIO()
    call_command("create_first_admin", stdout=out, **(WHO | options))
    return out.getvalue()


def test_the_first_administrator_gets_a_password_for_one_sign_in():
    said = create()

    user = User.objects.get()
    assert user.role == Role.SUPERINTENDENT
    assert user.check_password(re.search(r"비밀번호: (\S+)", said)[1])
    assert user.must_change_password
    assert [event.action for event in Event.objects.order_by("pk")] == ["add", "issue_password"]


def test_a_second_one_is_made_only_when_asked_for():
    UserFactory(superintendent=True)

    with pytest.raises(CommandError, match="--again"):
        create()
    create(again=True)

    assert User.objects.filter(role=Role.SUPERINTENDENT).count() == 2


@pytest.mark.parametrize("wrong", [{"username": "a b"}, {"email": "nonsense"}])
def test_a_wrong_answer_is_refused_and_nothing_is_made(wrong):
    with pytest.raises(CommandError):
        create(**wrong)

    assert not User.objects.exists()
