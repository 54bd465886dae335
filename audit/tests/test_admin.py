"""The history in the admin: to be read by 총괄, to be changed by nobody."""

import pytest

from accounts.addresses import client_address
from accounts.tests.factories import DepartmentFactory, UserFactory
from audit import guards, triggers
from audit.models import Event
from audit.recording import record

pytestmark = pytest.mark.django_db
LIST = "/admin/audit/event/"


@pytest.fixture
def boss(client):
    client.force_login(UserFactory(superintendent=True))
    return client


@pytest.fixture
def event():
    return record(
        "change_role", UserFactory(name="김가나"), by=UserFactory(name="나총괄"), old="점검자", new="열람자"
    )


def test_the_history_is_listed_in_korean(boss, event):
    page = boss.get(LIST).content.decode()

    assert "역할 변경" in page
    assert "나총괄" in page
    assert "change_role" not in page.replace("?action=change_role", "")


def test_the_list_is_filtered_by_what_was_done(boss, event):
    record("view", DepartmentFactory(), by=None)

    page = boss.get(f"{LIST}?action=view").content.decode()

    assert "역할 변경" not in page.split('id="result_list"')[1].split("</table>")[0]


def test_an_event_is_shown_with_its_details(boss, event):
    page = boss.get(f"{LIST}{event.pk}/change/").content.decode()

    assert "<li>전: 점검자</li>" in page
    assert 'name="_save"' not in page


@pytest.mark.parametrize(
    ("path", "method"), [("add/", "get"), ("add/", "post"), ("{}/delete/", "post"), ("{}/change/", "post")]
)
def test_nobody_changes_it(boss, event, path, method):
    assert getattr(boss, method)(LIST + path.format(event.pk)).status_code == 403
    assert Event.objects.count() == 1


def test_the_page_of_verification_says_that_all_is_well(boss, event):
    assert "고치거나 지우거나 순서를 바꾼 것이 없습니다." in boss.get(f"{LIST}verify/").content.decode()


def test_the_page_of_verification_says_what_is_wrong(boss, event, db):
    from django.db import connection  # noqa: PLC0415

    triggers.uninstall(connection, guards.GUARDS)
    Event.objects.filter(pk=event.pk).update(label="x")
    triggers.install(connection, guards.GUARDS)

    page = boss.get(f"{LIST}verify/").content.decode()

    assert "1번 이력의 내용이 바뀌었습니다." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_query_count_does_not_grow(boss, rows, django_assert_num_queries):
    for _ in range(rows):
        record("view", DepartmentFactory(), by=UserFactory())

    # session, user, the words of two filters, count, the list
    with django_assert_num_queries(6):
        boss.get(LIST)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.2.3.4", "9.9.9.9"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "9.9.9.9"),
        (1, "nonsense", None),
    ],
)
def test_the_address_is_the_one_our_own_proxies_saw(rf, settings, proxies, forwarded, expected):
    settings.PROXY_COUNT = proxies

    assert (
        client_address(rf.get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="9.9.9.9")) == expected
    )
