"""kill -9 in the midst of the last signature: never half a paper, never two numbers, never a gap."""

import os
import random
import signal
import time
from contextlib import nullcontext

import pytest
from django.db import connection

from audit import recording
from reports import archive, issuing
from reports.models import Document, Edition, NumberCounter
from reports.tests.factories import AttachmentFactory, Office, draft, quick_rendering, signed, step_of

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]
STAND_IN, REAL = quick_rendering, nullcontext
TIMES = [
    (12, STAND_IN),
    pytest.param(100, STAND_IN, marks=pytest.mark.slow),
    pytest.param(20, REAL, marks=pytest.mark.slow),
]


def sign_in_a_process(document, office, rendering):
    """The pid of a process of its own that gives the last signature."""
    pid = os.fork()
    if pid:
        return pid
    try:
        connection.connect()  # the one inherited is its parent's, who would find it used up at the end
        with rendering():
            issuing.approve(step_of(document, office.head), by=office.head)
    finally:
        os._exit(0)


def kill_after(pid, delay):
    time.sleep(delay)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def wait_for_the_database():
    """PostgreSQL notices that a client is gone when it next writes to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                       " AND datname = current_database() AND state LIKE 'idle in%'")  # fmt: skip


@pytest.mark.parametrize(("times", "rendering"), TIMES)
def test_a_killed_signature_leaves_all_or_nothing(times, rendering):
    office, chance = Office(), random.Random(20261127)  # noqa: S311 - the same moments each time
    whole, longest = 1, _time_of_one(office, rendering)
    document = _ready(office)
    for turn in range(times):
        # Every fourth is in time, whatever else the machine does.
        delay = 4 * longest if turn % 4 == 3 else chance.uniform(0, 1.2 * longest)
        kill_after(sign_in_a_process(document, office, rendering), delay)
        wait_for_the_database()
        document.refresh_from_db()
        whole += _is_whole_or_untouched(document, office)
        if document.status == Document.Status.APPROVED:
            document = _ready(office)

    assert 1 < whole <= times  # some were in time and some were not
    numbers = list(Document.objects.exclude(number=None).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, whole + 1))
    assert recording.broken_links() == []
    assert list(archive.problems()) == []
    with quick_rendering():
        issuing.approve(
            step_of(document, office.head), by=office.head
        )  # what was interrupted can be done again


def _time_of_one(office, rendering):
    """Seconds that a signature takes which nobody kills."""
    document = _ready(office)
    start = time.monotonic()
    os.waitpid(sign_in_a_process(document, office, rendering), 0)
    return time.monotonic() - start


def _ready(office):
    return signed(office, document=AttachmentFactory(document=draft(office)).document)


def _is_whole_or_untouched(document, office):
    last = NumberCounter.objects.filter(department=office.department).values_list("last", flat=True).first()
    edition = Edition.objects.filter(document=document).first()
    if document.status == Document.Status.APPROVED:
        assert issuing.problems(edition) == []
        assert edition.files.count() == 1
        assert last == document.number
        return True
    assert document.status == Document.Status.IN_APPROVAL
    assert (document.number, edition) == (None, None)
    assert step_of(document, office.head).status == "waiting"
    assert last in (None, Document.objects.exclude(number=None).count())
    return False
