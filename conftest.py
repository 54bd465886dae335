import os
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client, TransactionTestCase

from audit import triggers

BASE_DIR = Path(__file__).resolve().parent
CHROMIUM = "/usr/bin/chromium"
FAKE_CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
LOOPBACK = ("127.", "::1", "localhost")

# Once Playwright runs, its event loop is in the thread of the tests, and Django would refuse to query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config):
    if not (BASE_DIR / "static/vendor/fonts/NanumGothic.ttf").exists():
        pytest.exit("Fonts and assets are missing: run scripts/setup.sh test first.")
    socket.socket.connect = _only_loopback(socket.socket.connect)


def _only_loopback(connect):
    def guarded(self, address):
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise RuntimeError(f"A test reached for the network: {address}")
        return connect(self, address)

    return guarded


def pytest_collection_modifyitems(items):
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    for item in items:
        if item.get_closest_marker("pg"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: scripts/with_postgresql.sh"))


@pytest.fixture(autouse=True)
def empty_caches():
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After a test with transaction=True Django empties every table.

    Our triggers refuse DELETE, so they step aside meanwhile; and the codes that migrations brought come back.
    """
    with django_db_blocker.unblock():
        migrated = connection.creation.serialize_db_to_string()
    flush = TransactionTestCase._fixture_teardown

    def flush_and_restore(self):
        triggers.uninstall(connection)
        try:
            connection._test_serialized_contents = migrated
            self.serialized_rollback = True  # tells Django to send no signal: all rows come back as they were
            flush(self)
            connection.creation.deserialize_db_from_string(migrated)
        finally:
            triggers.install(connection)

    TransactionTestCase._fixture_teardown = flush_and_restore
    yield
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        _end_other_sessions()


def _end_other_sessions():
    """While Playwright runs, Django keeps another connection, and a database in use is not dropped."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


# Browser --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args():
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    return {
        "executable_path": CHROMIUM,
        "args": [*arguments, "--disable-sync", "--no-first-run", "--disable-dev-shm-usage", *FAKE_CAMERA],
    }


@pytest.fixture(scope="session")
def browser_context_args():
    return {"locale": "ko-KR", "timezone_id": "Asia/Seoul", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def page_of(browser, browser_context_args, live_server):
    """Open a browser window of its own for a user: `page_of(user).goto(...)`; `page_of(None)` is a stranger.

    Addresses are relative to the test server. A script error or a breach of the content security policy
    in any window fails the test.
    """
    contexts, complaints = [], []

    def open_page(user, **context_args):
        wanted = {"base_url": live_server.url} | browser_context_args | context_args
        context = browser.new_context(**wanted)
        contexts.append(context)
        if user:
            context.add_cookies([_session_cookie(user, live_server.url)])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.extend(_policy_breaches(message)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _session_cookie(user, url):
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def _policy_breaches(message):
    return [message.text] if "Content Security Policy" in message.text else []
