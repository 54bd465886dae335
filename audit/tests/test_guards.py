"""The guards of all apps stand in the migrated database."""

import pytest
from django.db import connection

from audit.triggers import all_guards

INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.mark.smoke
@pytest.mark.django_db
def test_every_guard_is_installed_and_none_is_left_over():
    # SQLite forgets the triggers of a table that a later migration makes anew: install them again there.
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        installed = {name for (name,) in cursor.fetchall()}

    assert installed == {guard.name for guard in all_guards()}
