"""Database triggers that refuse what no code may do, for PostgreSQL and SQLite alike.

A Guard names a table, an event and an SQL condition on OLD and NEW that both databases understand.
Every app lists its guards in `<app>/triggers.py` as GUARDS and installs them by a migration.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import migrations


@dataclass(frozen=True)
class Guard:
    name: str
    table: str
    event: str  # INSERT, UPDATE or DELETE
    condition: str
    message: str
    postgresql_before: str = ""  # a statement that runs first there, to take a lock

    def create_sql(self, vendor):
        return self._postgresql() if vendor == "postgresql" else self._sqlite()

    def drop_sql(self, vendor):
        if vendor == "postgresql":
            return (
                f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}; DROP FUNCTION IF EXISTS {self.name}();"
            )
        return f"DROP TRIGGER IF EXISTS {self.name};"

    def _sqlite(self):
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW "
            f"WHEN {self.condition} BEGIN SELECT RAISE(ABORT, '{self.name}: {self.message}'); END;"
        )

    def _postgresql(self):
        # A function per guard: WHEN of a PostgreSQL trigger may not hold a subquery.
        row = "OLD" if self.event == "DELETE" else "NEW"
        return (
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{self.postgresql_before} IF {self.condition} THEN "
            f"RAISE EXCEPTION '{self.name}: {self.message}' "
            f"USING ERRCODE = '23514', CONSTRAINT = '{self.name}'; END IF; RETURN {row}; END $$; "
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}();"
        )


def install(connection, guards=None):
    """Anew where they are there already."""
    guards = all_guards() if guards is None else guards
    uninstall(connection, guards)
    _run(connection, "create_sql", guards)


def uninstall(connection, guards=None):
    _run(connection, "drop_sql", all_guards() if guards is None else guards)


def all_guards():
    """The guards of all installed apps: tests take them away to empty tables, then put them back."""
    modules = [f"{config.name}.triggers" for config in apps.get_app_configs() if config.name != "audit"]
    found = [import_module(name).GUARDS for name in [*modules, "audit.guards"] if find_spec(name)]
    return [guard for guards in found for guard in guards]


def operation(guards):
    """The migration operation that installs these guards, those of tables that come later excepted."""
    return migrations.RunPython(
        lambda _apps, editor: install(editor.connection, _guards_here(editor.connection, guards)),
        lambda _apps, editor: uninstall(editor.connection, guards),
    )


def stepping_aside(*operations):
    """Schema changes with all guards taken away meanwhile.

    SQLite builds a changed table anew: its triggers go with the old one, and a trigger elsewhere that reads
    the old one stops the change. Guards of tables that a later migration brings come with that migration.
    """
    aside = migrations.RunPython(
        lambda _apps, editor: uninstall(editor.connection, _guards_here(editor.connection)),
        lambda _apps, editor: install(editor.connection, _guards_here(editor.connection)),
    )
    back = migrations.RunPython(aside.reverse_code, aside.code)
    return [aside, *operations, back]


def _guards_here(connection, guards=None):
    tables = set(connection.introspection.table_names())
    return [guard for guard in (all_guards() if guards is None else guards) if guard.table in tables]


def _run(connection, method, guards):
    with connection.cursor() as cursor:
        for guard in guards:
            sql = getattr(guard, method)(connection.vendor)
            # psycopg2 reads % as a placeholder only when parameters are given; none are.
            cursor.execute(sql)
