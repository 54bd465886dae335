"""What was allowed a moment ago is refused at the next request, once the right to it is gone."""

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import DepartmentFactory
from tests.access.test_matrix import answer
from tests.access.world import undone

pytestmark = pytest.mark.django_db

ELSEWHERE = "another office"
# Who, what changes about him, what he then asks for, and the answer. Before the change it is not refused.
TAKEN_AWAY = [
    ("own", {"role": "viewer"}, "POST", "inspections:complete", "inspection", "403"),
    ("own", {"role": "viewer"}, "GET", "reports:document", "draft", "404"),
    ("own", {"role": "superintendent", "department": None}, "POST", "reports:line_create", "draft", "403"),
    ("own", {"role": "contractor", "department": None}, "GET", "reports:document", "draft", "404"),
    ("own", {"is_active": False}, "POST", "reports:discard", "draft", "login"),
    ("colleague", {"department": ELSEWHERE}, "GET", "inspections:detail", "inspection", "404"),
    ("colleague", {"department": ELSEWHERE}, "GET", "reports:document", "draft", "404"),
    ("colleague", {"is_active": False}, "GET", "inspections:detail", "inspection", "login"),
    ("lead", {"department": ELSEWHERE}, "POST", "inspections:start", "inspection", "404"),
    ("lead", {"is_active": False}, "POST", "reports:sign", "paper", "login"),
    ("lead", {"role": "viewer"}, "POST", "reports:sign", "paper", "404"),
    ("head", {"role": "inspector"}, "POST", "reports:approve", "paper", "403"),
    ("viewer", {"role": "inspector"}, "GET", "inspections:detail", "inspection", "404"),
    ("superintendent", {"role": "viewer", "department": ELSEWHERE}, "GET", "admin:index", None, "403"),
    ("superuser", {"is_superuser": False}, "GET", "admin:index", None, "403"),
]


@pytest.mark.parametrize(("role", "change", "method", "name", "about", "refusal"), TAKEN_AWAY)
def test_the_next_request_is_refused(world, role, change, method, name, about, refusal):
    path = path_of(world, name.replace("discard", "document_discard"), about)

    before = answer(world, role, method, path)
    with undone():
        user = User.objects.get(pk=world.users[role].pk)
        for field, value in change.items():
            setattr(user, field, DepartmentFactory() if value == ELSEWHERE else value)
        user.save()
        after = answer(world, role, method, path)

    assert before not in ("403", "404", "login")
    assert after == refusal


def path_of(world, name, about):
    steps = {"reports:sign": world.review, "reports:approve": world.decision}
    args = [getattr(world, about).pk] if about else []
    return reverse(name, args=[*args, *([steps[name].pk] if name in steps else [])])


def test_a_password_changed_elsewhere_ends_this_session(world):
    with undone():
        user = User.objects.get(pk=world.users["own"].pk)
        user.set_password("강물-위의-다리-2026")
        user.save(update_fields=["password"])
        after = answer(world, "own", "GET", reverse("reports:document_list"))

    assert after == "login"


def test_who_leaves_the_team_leaves_the_inspection(world):
    path = reverse("inspections:detail", args=[world.inspection.pk])

    before = answer(world, "member", "GET", path)
    with undone():
        world.inspection.team.filter(user=world.users["member"]).delete()
        after = answer(world, "member", "GET", path)

    assert (before, after) == ("200", "404")


def test_who_signs_reads_only_the_papers_he_is_asked_about(world):
    found = {
        name: answer(world, "concurring", "GET", reverse("reports:document", args=[getattr(world, name).pk]))
        for name in ("draft", "paper", "issued")
    }

    assert found == {"draft": "404", "paper": "200", "issued": "200"}
