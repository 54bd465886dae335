import socket

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from config import checks

pytestmark = pytest.mark.smoke


def test_the_driver_is_psycopg2():
    """Django takes psycopg 3 as soon as any package brings it along."""
    assert not is_psycopg3


def test_connections_are_kept():
    age = connection.settings_dict["CONN_MAX_AGE"]

    assert age == (600 if connection.vendor == "postgresql" else None)


def test_sqlite_writers_queue_up_instead_of_failing():
    if connection.vendor == "sqlite":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert "journal_mode=WAL" in connection.settings_dict["OPTIONS"]["init_command"]


def test_the_database_and_the_fonts_are_fit(db):
    call_command("check", databases=["default"])


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True)


def test_a_missing_font_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)

    assert [error.id for error in checks.check_fonts(None)] == ["config.E001"]


def test_the_file_system_of_a_database_is_that_of_the_nearest_mount(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda / ext4 rw 0 0\nserver:/x /srv nfs4 rw 0 0\n/dev/sdb /srv/db xfs rw 0 0\n")

    kinds = [checks._file_system_of(checks.Path(path), mounts) for path in ("/a", "/srv/a", "/srv/db/a")]

    assert kinds == ["ext4", "nfs4", "xfs"]


def test_tests_cannot_reach_the_network():
    with socket.socket() as outside, pytest.raises(RuntimeError, match="reached for the network"):
        outside.connect(("192.0.2.1", 80))
