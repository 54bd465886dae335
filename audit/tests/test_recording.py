"""The chain of events: every tampering is found, and the database refuses the plain ones."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit import guards, triggers
from audit.models import ChainHead, Event
from audit.recording import broken_links, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """Five events of one department and one of another."""
    user, department = UserFactory(), DepartmentFactory(name="감사과")
    for number in range(5):
        record("change", department, by=user, number=number)
    record("change", DepartmentFactory(), by=user)
    return list(Event.objects.filter(object_id=str(department.pk)).order_by("seq"))


@pytest.fixture
def without_guards():
    """Somebody with the password of the database."""
    triggers.uninstall(connection, guards.GUARDS)
    yield
    triggers.install(connection, guards.GUARDS)


def test_an_untouched_history_verifies(chain):
    assert broken_links() == []


@pytest.mark.parametrize(
    "change",
    [
        {"action": "view"},
        {"actor_name": "다른 사람"},
        {"actor": None},
        {"label": "다른 것"},
        {"detail": {"number": 99}},
        {"at": "2020-01-01T00:00:00Z"},
        {"ip": "10.0.0.1"},
        {"object_id": "999"},
        {"object_type": "user"},
        {"prev_hash": "0" * 64},
        {"hash": "0" * 64},
        {"seq": 50},
        {"chain": "other:1"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_event_is_found(chain, without_guards, change):
    Event.objects.filter(pk=chain[2].pk).update(**change)

    assert broken_links() != []


def test_a_forged_hash_does_not_help(chain, without_guards):
    """Whoever changes an event and works out its hash anew breaks the next link."""
    from audit.recording import digest  # noqa: PLC0415 - as a forger would

    forged = chain[2]
    forged.label = "다른 것"
    forged.hash = digest(forged)
    Event.objects.filter(pk=forged.pk).update(label=forged.label, hash=forged.hash)

    assert len(broken_links()) == 1


@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_deleted_event_is_found(chain, without_guards, place):
    Event.objects.filter(pk=chain[place].pk)._raw_delete("default")

    assert broken_links() != []


def test_a_cut_tail_is_found(chain, without_guards):
    Event.objects.filter(pk__in=[event.pk for event in chain[3:]])._raw_delete("default")

    assert broken_links() == [f"{chain[0].chain}: 마지막 이력이 잘려 나갔습니다."]


def test_a_whole_chain_cut_off_is_found(chain, without_guards):
    Event.objects.filter(chain=chain[0].chain)._raw_delete("default")

    assert broken_links() == [f"{chain[0].chain}: 마지막 이력이 잘려 나갔습니다."]


def test_a_chain_without_its_head_is_found(chain, without_guards):
    ChainHead.objects.filter(chain=chain[0].chain)._raw_delete("default")

    assert broken_links() == [f"{chain[0].chain}: 사슬의 머리가 없습니다."]


def test_two_events_that_changed_places_are_found(chain, without_guards):
    first, second = chain[1], chain[2]
    for pk, seq in [(first.pk, 90), (second.pk, first.seq), (first.pk, second.seq)]:
        Event.objects.filter(pk=pk).update(seq=seq)

    assert broken_links() != []


@pytest.mark.parametrize(
    ("model", "act", "guard"),
    [
        (Event, lambda rows: rows.update(label="x"), "event_is_never_changed"),
        (Event, lambda rows: rows._raw_delete("default"), "event_is_never_deleted"),
        (ChainHead, lambda rows: rows.update(last_seq=1), "chain_head_only_moves_on"),
        (ChainHead, lambda rows: rows._raw_delete("default"), "chain_head_is_never_deleted"),
    ],
    ids=["change event", "delete event", "set back head", "delete head"],
)
def test_the_database_refuses(chain, model, act, guard):
    with pytest.raises(DatabaseError, match=guard), transaction.atomic():
        act(model.objects.all())


def test_what_fails_leaves_no_event():
    user = UserFactory()
    with transaction.atomic():
        record("change", user, by=user)
        transaction.set_rollback(True)

    assert not Event.objects.exists()


def test_an_event_keeps_who_it_was_even_if_he_is_renamed():
    user = UserFactory(name="김가나", position="주무관")
    record("view", user, by=user)
    user.name = "김다라"
    user.save()

    assert Event.objects.get().actor_name == "김가나 주무관"
    assert broken_links() == []


def test_verify_events_is_content_with_an_untouched_history(chain):
    out = StringIO()

    call_command("verify_events", stdout=out)

    assert "이력 6건을 확인했습니다. 바뀐 것이 없습니다." in out.getvalue()


def test_verify_events_fails_on_a_broken_one(chain, without_guards):
    Event.objects.filter(pk=chain[2].pk).update(label="x")
    out = StringIO()

    with pytest.raises(CommandError) as refused:
        call_command("verify_events", stdout=out)

    assert refused.value.returncode == 1
    assert f"{chain[0].chain}: 3번 이력의 내용이 바뀌었습니다." in out.getvalue()


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_right_chain():
    department, users = DepartmentFactory(), [UserFactory(), UserFactory()]
    start = threading.Barrier(2)

    def write(user):
        start.wait()
        for number in range(20):
            record("change", department, by=user, number=number)
        connections.close_all()

    threads = [threading.Thread(target=write, args=(user,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 41))
    assert broken_links() == []
