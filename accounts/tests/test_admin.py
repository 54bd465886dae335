"""What 총괄 does with users and departments, and that nobody else gets in."""

import re

import pytest
from django.urls import reverse

from accounts.models import Department, Role, User
from accounts.tests.factories import PASSWORD, DepartmentFactory, UserFactory
from audit.models import Event

pytestmark = pytest.mark.django_db
USERS = "/admin/accounts/user/"
DEPARTMENTS = "/admin/accounts/department/"
ADMIN_PAGES = [
    "/admin/",
    "/admin/accounts/",
    USERS,
    f"{USERS}add/",
    DEPARTMENTS,
    f"{DEPARTMENTS}add/",
    f"{USERS}excel/",
]


@pytest.fixture
def superintendent():
    return UserFactory(superintendent=True, name="나총괄")


@pytest.fixture
def boss(client, superintendent):
    client.force_login(superintendent)
    return client


def actions():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def fields_of(user, **changes):
    names = ["username", "name", "role", "position", "rank", "email"]
    data = {name: getattr(user, name) for name in names} | {
        "department": user.department_id or "",
        "is_active": "on",
    }
    return {name: value for name, value in (data | changes).items() if value is not None}


@pytest.mark.parametrize("url", ADMIN_PAGES)
def test_only_the_superintendent_enters(client, superintendent, url):
    expected = {None: 302, "inspector": 403, "approver": 403, "viewer": 403, "contractor": 403}
    found = {}
    for role in expected:
        client.logout()
        if role:
            client.force_login(UserFactory(**({} if role == "inspector" else {role: True})))
        found[role] = client.get(url).status_code
    client.force_login(superintendent)

    assert found == expected
    assert client.get(url).status_code == 200


def test_the_admins_own_sign_in_page_is_ours(client):
    response = client.get("/admin/login/?next=/admin/")

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("url", ADMIN_PAGES)
def test_no_word_of_a_page_is_english(boss, url):
    UserFactory(name="김가나", username="사용자일", email="")
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>|&\w+;", " ", boss.get(url).content.decode(), flags=re.S)

    assert set(re.findall(r"[A-Za-z]{2,}", text)) <= {"xlsx", "MB"} | usernames()


def usernames():
    return {re.sub(r"\d", "", name) for name in User.objects.values_list("username", flat=True)}


class TestUsers:
    def test_a_new_user_gets_a_password_that_is_shown_once_and_must_be_changed(self, boss):
        office = DepartmentFactory()
        data = {
            "username": "gana",
            "name": "김가나",
            "role": "inspector",
            "department": office.pk,
            "is_active": "on",
        }

        response = boss.post(f"{USERS}add/", data)

        user = User.objects.get(username="gana")
        password = re.search(r"<code>([\w-]+)</code>", response.content.decode())[1]
        assert user.check_password(password)
        assert user.must_change_password
        assert actions() == ["add", "issue_password"]
        assert password not in boss.get(USERS).content.decode()

    def test_what_was_typed_stays_after_an_error(self, boss):
        response = boss.post(f"{USERS}add/", {"username": "a b", "name": "김가나", "role": "inspector"})

        page = response.content.decode()
        assert response.status_code == 200
        assert 'value="a b"' in page
        assert "점검자, 결재자, 열람자는 부서를 정해야 합니다." in page or "글자, 숫자와" in page
        assert not User.objects.filter(name="김가나").exists()

    def test_a_change_of_role_is_told_to_the_history_and_ends_the_sessions(self, boss, client):
        user = UserFactory()

        boss.post(f"{USERS}{user.pk}/change/", fields_of(user, role="viewer"))

        user.refresh_from_db()
        event = Event.objects.get(action="change_role")
        assert user.role == Role.VIEWER
        assert event.detail == {"old": "점검자", "new": "열람자"}

    def test_disabling_is_told_to_the_history(self, boss):
        user = UserFactory()

        boss.post(f"{USERS}{user.pk}/change/", fields_of(user, is_active=None))
        boss.post(f"{USERS}{user.pk}/change/", fields_of(user))

        assert actions() == ["disable", "enable"]

    def test_the_last_superintendent_keeps_his_role(self, boss, superintendent):
        office = DepartmentFactory()
        data = fields_of(superintendent, role="inspector", department=office.pk)

        response = boss.post(f"{USERS}{superintendent.pk}/change/", data)

        superintendent.refresh_from_db()
        assert superintendent.role == Role.SUPERINTENDENT
        assert "총괄 관리자가 한 사람도 남지 않습니다." in response.content.decode()

    def test_users_are_not_deleted(self, boss):
        user = UserFactory()

        assert boss.get(f"{USERS}{user.pk}/delete/").status_code == 403
        assert boss.post(f"{USERS}{user.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_passwords_are_issued_after_asking(self, boss, superintendent):
        users = [UserFactory(), UserFactory(), UserFactory(is_active=False)]
        data = {
            "action": "issue_passwords",
            "_selected_action": [user.pk for user in [*users, superintendent]],
        }

        asked = boss.post(USERS, data)
        assert all(user.check_password(PASSWORD) for user in User.objects.all())
        shown = boss.post(USERS, data | {"confirmed": "1"})

        assert "그만두기" in asked.content.decode()
        assert len(re.findall(r"<code>", shown.content.decode())) == 2
        assert [user.check_password(PASSWORD) for user in User.objects.order_by("pk")] == [
            True,
            False,
            False,
            True,
        ]
        assert actions() == ["issue_password"] * 2

    def test_sessions_of_others_are_ended(self, boss, superintendent):
        from django.test import Client  # noqa: PLC0415 - a second browser

        user, other = UserFactory(), Client()
        other.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})

        boss.post(USERS, {"action": "end_sessions", "_selected_action": [user.pk]})

        assert other.get(reverse("usersessions_list")).status_code == 302
        assert Event.objects.get(action="end_sessions").detail == {"number": 1}

    @pytest.mark.parametrize("rows", [1, 3])
    def test_list_query_count_does_not_grow(self, boss, rows, django_assert_num_queries):
        for _ in range(rows):
            UserFactory(department=DepartmentFactory(team=True))

        # session, user, departments of the filter, count, the list
        with django_assert_num_queries(5):
            boss.get(USERS)


class TestDepartments:
    def test_the_list_is_a_tree(self, boss):
        bureau = DepartmentFactory(bureau=True, name="노동민생정책관", order=2)
        office = DepartmentFactory(name="공정경제담당관", parent=bureau)
        DepartmentFactory(team=True, name="소비자보호팀", parent=office)
        DepartmentFactory(name="감사과", order=1)

        page = boss.get(DEPARTMENTS).content.decode()

        places = [
            page.index(name) for name in ("감사과", "노동민생정책관", "└ 공정경제담당관", "└ 소비자보호팀")
        ]
        assert places == sorted(places)

    @pytest.mark.parametrize("rows", [1, 3])
    def test_list_query_count_does_not_grow(self, boss, rows, django_assert_num_queries):
        for _ in range(rows):
            DepartmentFactory(team=True)

        # session, user, count, the list
        with django_assert_num_queries(4):
            boss.get(DEPARTMENTS)

    def test_a_department_is_added_and_told_to_the_history(self, boss):
        bureau = DepartmentFactory(bureau=True)
        data = {"name": "감사과", "kind": "office", "parent": bureau.pk, "order": 1, "is_active": "on"}

        response = boss.post(f"{DEPARTMENTS}add/", data)

        assert response.status_code == 302
        assert Department.objects.get(name="감사과").parent == bureau
        assert actions() == ["add"]

    @pytest.mark.parametrize(
        ("kind", "parent", "message"),
        [
            ("team", None, "팀은 과(처리과) 아래에 두어야 합니다."),
            ("team", "bureau", "팀은 과(처리과) 아래에 두어야 합니다."),
            ("office", "office", "과(처리과)는 국 아래나 맨 위에 둡니다."),
            ("bureau", "bureau", "국은 맨 위에 둡니다. 상위 부서를 비워 주세요."),
        ],
    )
    def test_a_department_in_a_wrong_place_is_refused(self, boss, kind, parent, message):
        above = DepartmentFactory(**{parent: True}).pk if parent else ""
        data = {"name": "새 부서", "kind": kind, "parent": above, "order": 1, "is_active": "on"}

        response = boss.post(f"{DEPARTMENTS}add/", data)

        assert message in response.content.decode()
        assert not Department.objects.filter(name="새 부서").exists()

    def test_a_department_in_use_is_not_deleted(self, boss):
        user = UserFactory()

        response = boss.post(f"{DEPARTMENTS}{user.department.pk}/delete/", {"post": "yes"})

        assert Department.objects.filter(pk=user.department.pk).exists()
        assert response.status_code in (200, 302)

    def test_an_unused_department_is_deleted_with_a_trace(self, boss):
        department = DepartmentFactory()

        boss.post(f"{DEPARTMENTS}{department.pk}/delete/", {"post": "yes"})

        assert not Department.objects.filter(pk=department.pk).exists()
        assert actions() == ["remove"]
