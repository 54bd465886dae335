import pytest

from accounts import navigation
from accounts.tests.factories import UserFactory


@pytest.fixture
def whole_site(monkeypatch):
    """Every entry has its page, whatever is built already."""
    urls = {entry.url_name: f"/{entry.icon}/" for entry in navigation.ENTRIES} | {"home": "/"}
    monkeypatch.setattr(navigation, "_url", lambda name, urlconf: urls[name])


def labels(user):
    return [entry.label for entry in navigation.entries_for(user, "/")]


OFFICE = ["내 업무", "점검 회차", "점검", "조치", "문서", "결재함", "공개"]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("inspector", OFFICE),
        ("approver", OFFICE),
        ("viewer", [label for label in OFFICE if label != "결재함"]),
        ("superintendent", [*OFFICE, "관리"]),
        ("contractor", ["지금 할 일", "받은 문서", "조치"]),
    ],
)
def test_each_role_sees_its_entries(whole_site, role, seen):
    assert labels(UserFactory.build(role=role, department=None)) == seen


def test_the_first_administrator_sees_the_administration(whole_site):
    assert "관리" in labels(UserFactory.build(is_superuser=True, department=None))


@pytest.mark.parametrize(
    ("path", "current"), [("/", "내 업무"), ("/clipboard/7/visits/", "점검"), ("/somewhere/", None)]
)
def test_the_entry_above_the_page_is_current(whole_site, path, current):
    entries = navigation.entries_for(UserFactory.build(department=None), path)

    assert next((entry.label for entry in entries if entry.is_current), None) == current


def test_an_entry_without_a_page_is_left_out(monkeypatch):
    monkeypatch.setattr(navigation, "_url", lambda name, urlconf: "/" if name == "home" else None)

    assert labels(UserFactory.build(department=None)) == ["내 업무"]


@pytest.mark.django_db
def test_a_stranger_gets_no_navigation(client):
    response = client.get("/accounts/login/")

    assert "navigation" not in response.context
    assert "data-idle-seconds" not in response.content.decode()
