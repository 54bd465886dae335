import datetime as dt
import threading
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Department, User
from audit.models import Event
from audit.recording import record
from prepared.queries import PreparedQuery


def make_office(name):
    return Department.objects.create(name=name, kind=Department.Kind.OFFICE)


@PreparedQuery
def offices_named(*, name, active, above):
    rows = Department.objects.filter(name=name, parent=above).select_related("parent")
    return rows if active is None else rows.filter(is_active=active)


@pytest.mark.django_db
def test_other_values_find_other_rows():
    one, two = make_office("가람과"), make_office("나루과")

    found = [
        offices_named.rows(name=name, active=True, above=None) for name in ("가람과", "나루과", "없는과")
    ]

    assert found == [[one], [two], []]


@pytest.mark.django_db
def test_the_objects_are_whole_and_bring_what_was_asked_for_along():
    office = make_office("가람과")
    team = Department.objects.create(name="한팀", kind=Department.Kind.TEAM, parent=office)

    [found] = offices_named.rows(name="한팀", active=True, above=office.pk)

    assert {field.name: getattr(found, field.attname) for field in Department._meta.concrete_fields} == {
        field.name: getattr(team, field.attname) for field in Department._meta.concrete_fields
    }
    with CaptureQueriesContext(connection) as captured:
        assert found.parent.name == "가람과"
    assert len(captured) == 0


@pytest.mark.django_db
def test_none_and_yes_or_no_are_another_statement():
    office = make_office("가람과")
    Department.objects.filter(pk=office.pk).update(is_active=False)

    assert offices_named.first(name="가람과", active=True, above=None) is None
    assert offices_named.first(name="가람과", active=False, above=None) == office
    assert offices_named.first(name="가람과", active=None, above=None) == office


@pytest.mark.django_db
def test_the_statement_is_built_once():
    built = []

    def build(*, name):
        built.append(name)
        return Department.objects.filter(name=name)

    prepared = PreparedQuery(build)
    prepared.rows(name="가람과")
    prepared.rows(name="나루과")

    assert len(built) == 1


@pytest.mark.django_db
def test_the_row_is_read_anew():
    office = make_office("가람과")
    offices_named.first(name="가람과", active=None, above=None)
    Department.objects.filter(pk=office.pk).update(prefix="새머리")

    assert offices_named.first(name="가람과", active=None, above=None).prefix == "새머리"


@pytest.mark.django_db
def test_numbers_of_their_own_kind_find_their_row():
    key = uuid.uuid4()
    by = User.objects.create(username="kim", name="김가나", department=make_office("가람과"))
    record("try", by, by=by, key=key)
    by_key = PreparedQuery(lambda *, key: Event.objects.filter(key=key))

    assert by_key.first(key=key).key == key
    assert by_key.first(key=uuid.uuid4()) is None


@pytest.mark.django_db
def test_days_find_their_rows():
    until = PreparedQuery(lambda *, day: User.objects.filter(date_joined__date__lte=day))
    user = User.objects.create(username="kim", name="김가나", department=make_office("가람과"))

    assert until.rows(day=dt.date(2000, 1, 1)) == []
    assert until.rows(day=dt.date(2100, 1, 1)) == [user]


@pytest.mark.django_db
def test_a_number_that_no_row_can_have_finds_none():
    by_pk = PreparedQuery(lambda *, pk: User.objects.filter(pk=pk))

    assert by_pk.rows(pk=2**64) == []


@pytest.mark.django_db
def test_a_query_that_can_find_nothing_finds_nothing():
    assert PreparedQuery(lambda *, pk: User.objects.none()).rows(pk=1) == []


@pytest.mark.django_db
def test_a_value_that_would_be_forgotten_is_refused():
    forgetful = PreparedQuery(lambda *, pk, name: User.objects.filter(pk=pk, name="가" if name else "나"))

    with pytest.raises(ValueError, match="name"):
        forgetful.rows(pk=1, name="나")


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_a_lock_needs_a_transaction():
    locked = PreparedQuery(lambda *, pk: User.objects.select_for_update().filter(pk=pk))

    with transaction.atomic():
        locked.rows(pk=1)
    with pytest.raises(transaction.TransactionManagementError):
        locked.rows(pk=1)


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_a_connection_of_its_own():
    make_office("가람과")
    asked = PreparedQuery(lambda *, name: Department.objects.filter(name=name))
    sessions = PreparedQuery(lambda *, key: Session.objects.filter(session_key=key))
    found = []

    def ask():
        sessions.rows(key="none")
        found.append(asked.first(name="가람과").name)
        connection.close()

    asked.rows(name="나루과")
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["가람과"] * 4
