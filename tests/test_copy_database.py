"""scripts/copy_database.py: a city that outgrew SQLite goes on in PostgreSQL with its history unbroken."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [pytest.mark.pg, pytest.mark.slow]
FIRST_DAY = """
from django.core.management import call_command
from accounts import organising
from accounts.models import Department, User
call_command("create_first_admin", username="admin", name="신코토", email="admin@example.com")
admin = User.objects.get()
organising.add_department(Department(name="행정국", kind="bureau"), by=admin)
from publications.tests.factories import published
published(text="지도 점검")
"""

SEARCHING = """
from publications.search import Query, find
print("found", len(find(Query("점검")).editions), len(find(Query("점감")).editions))
"""

ADDING = """
from accounts.models import Department
print(Department.objects.create(name="복지국", kind="bureau").pk)
"""
DELETING = """
from audit.models import Event
Event.objects.all()._raw_delete("default")
"""


def run(url, *command):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "READ_DOTENV": "False",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost",
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def new_database():
    """The address of an empty database on the server of the tests."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    given, name = connection.settings_dict, f"copied_{secrets.token_hex(4)}"
    server = psycopg2.connect(
        host=given["HOST"],
        port=given["PORT"],
        user=given["USER"],
        password=given["PASSWORD"],
        dbname="postgres",
    )
    server.autocommit = True
    server.cursor().execute(f"CREATE DATABASE {name}")
    yield f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{name}"
    server.cursor().execute(f"DROP DATABASE {name}")
    server.close()


def test_everything_goes_over_once_and_verifies(new_database, tmp_path):
    old = f"sqlite:///{tmp_path}/old.sqlite3"
    for command in [("migrate", "--verbosity", "0"), ("shell", "-v0", "-c", FIRST_DAY)]:
        code, told = run(old, "manage.py", *command)
        assert code == 0, told

    code, told = run(new_database, "scripts/copy_database.py", old)
    again, refused = run(new_database, "scripts/copy_database.py", old)

    assert code == 0, told
    assert "바뀐 것이 없습니다" in told
    assert "accounts.Department: 1\n" in told
    assert "found 1 0" in run(new_database, "manage.py", "shell", "-v0", "-c", SEARCHING)[1]
    assert again == 1
    assert "must be empty" in refused
    # The next row gets a number of its own, and the guards are there again.
    assert run(new_database, "manage.py", "shell", "-v0", "-c", ADDING) == (0, "2\n")
    assert "event_is_never_deleted" in run(new_database, "manage.py", "shell", "-v0", "-c", DELETING)[1]
