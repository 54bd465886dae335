"""Let a role of PostgreSQL read the tables of the public site, and nothing else.

The role has to be there: making one needs rights that the site's own role should not have, and a password.
    sudo -u postgres createuser --pwprompt salpim_public
Run again after every migration: a table made anew is not granted to anybody.
"""

import re

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

NAME = re.compile("[a-z_][a-z0-9_]{0,62}")
ROLE = """
    SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolname = current_user
        OR EXISTS (SELECT 1 FROM pg_auth_members WHERE member = pg_roles.oid)
    FROM pg_roles WHERE rolname = %s
"""
# Whatever the role may do to tables, also by what PUBLIC may or another owner has granted.
REACHED = """
    SELECT format('%%I.%%I', nspname, relname)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relkind IN ('r', 'v', 'm', 'p', 'f') AND nspname NOT IN ('pg_catalog', 'information_schema')
      AND nspname NOT LIKE 'pg_toast%%' AND nspname NOT LIKE 'pg_temp%%'
      AND ((has_any_column_privilege(%(role)s, pg_class.oid, 'SELECT')
            AND NOT (nspname = 'public' AND relname = ANY(%(tables)s)))
        OR has_table_privilege(%(role)s, pg_class.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
        OR has_any_column_privilege(%(role)s, pg_class.oid, 'INSERT, UPDATE, REFERENCES'))
    ORDER BY 1
"""


class Command(BaseCommand):
    help = "PostgreSQL 역할에 공개 누리집의 표만 읽게 합니다."

    def add_arguments(self, parser):
        parser.add_argument("name", help="역할 이름, 예: salpim_public")

    def handle(self, *, name, **options):
        if connection.vendor != "postgresql":
            self.stdout.write("SQLite에는 역할이 없습니다. 공개 누리집이 파일을 읽기 전용으로 엽니다.")
            return
        if not NAME.fullmatch(name):
            raise CommandError("역할 이름은 영문 소문자, 숫자, 밑줄로 적습니다.")
        with transaction.atomic(), connection.cursor() as cursor:
            _refuse_the_mighty(cursor, name)
            for statement in _statements(name):
                cursor.execute(statement)
            self._check(cursor, name)
        self.stdout.write(f"{name}: 공개 누리집의 표 {len(_tables())}개만 읽을 수 있습니다.")

    def _check(self, cursor, name):
        cursor.execute(REACHED, {"role": name, "tables": _tables()})
        if reached := [row[0] for row in cursor.fetchall()]:
            raise CommandError(f"{name}이 다른 표에도 닿습니다. 먼저 거두세요: {', '.join(reached)}")
        cursor.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [name])
        if cursor.fetchone()[0]:
            self.stderr.write(
                "모든 역할이 public에 표를 만들 수 있습니다(15 이전의 데이터베이스). 소유자로 실행하세요:"
                " REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
            )


def _refuse_the_mighty(cursor, name):
    cursor.execute(ROLE, [name])
    row = cursor.fetchone()
    if row is None:
        raise CommandError(f"역할이 없습니다. 먼저 만드세요: sudo -u postgres createuser --pwprompt {name}")
    if row[0]:
        raise CommandError(f"{name}은 다른 권한을 가진 역할입니다. 아무 권한도 없는 역할을 새로 만드세요.")


def _tables():
    return [model._meta.db_table for model in apps.get_app_config("publications").get_models()]


def _statements(name):
    role = connection.ops.quote_name(name)
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        yield f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {role}"
        yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON {kind} FROM {role}"
    yield f"REVOKE ALL ON SCHEMA public FROM {role}"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT SELECT ON {', '.join(map(connection.ops.quote_name, _tables()))} TO {role}"
