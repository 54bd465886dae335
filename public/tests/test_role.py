"""The role of the public site in PostgreSQL: it reads the tables of publications, and nothing else at all."""

import io

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg2.errors import InsufficientPrivilege

from public.tests.addresses import addresses, full_edition
from public.tests.public_process import VISIT, answers

PASSWORD = "only-for-this-test"


def grant(role):
    told = io.StringIO()
    call_command("grant_public_role", role, stdout=told, stderr=told)
    return told.getvalue()


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def tables():
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


@pytest.fixture
def role(transactional_db):
    name = f"{connection.settings_dict['NAME']}_public"
    execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
    yield name
    execute(f"DROP OWNED BY {name}")
    execute(f"DROP ROLE {name}")


@pytest.fixture
def as_role(role):
    """Run a statement as the role, in a connection of its own."""
    settings = connection.settings_dict
    made = psycopg2.connect(
        dbname=settings["NAME"], host=settings["HOST"], port=settings["PORT"], user=role, password=PASSWORD
    )
    made.autocommit = True

    def run(statement):
        with made.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None

    yield run
    made.close()


@pytest.mark.pg
def test_it_reads_the_public_tables_and_no_other(role, as_role):
    edition = full_edition()
    execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}")  # as somebody may have tried before
    execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}")
    assert "8개만 읽을 수 있습니다" in grant(role)

    assert as_role("SELECT id FROM publications_publicedition") == [(edition.pk,)]
    others = [name for name in tables() if not name.startswith("publications_")]
    assert len(others) > 50
    for name in others:
        with pytest.raises(InsufficientPrivilege):
            as_role(f'SELECT 1 FROM "{name}"')  # noqa: S608


@pytest.mark.pg
def test_it_writes_nowhere(role, as_role):
    full_edition()
    grant(role)

    for name in tables():
        for statement in (
            f'INSERT INTO "{name}" DEFAULT VALUES', f'DELETE FROM "{name}"', f'TRUNCATE "{name}"',  # noqa: S608
            f'ALTER TABLE "{name}" ADD COLUMN x int', f'DROP TABLE "{name}"',
        ):  # fmt: skip
            with pytest.raises(InsufficientPrivilege):
                as_role(statement)
    for statement in (
        "UPDATE publications_publicedition SET title = ''",
        "SELECT nextval('publications_publicedition_id_seq')",
        "CREATE TABLE mine (id int)",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ):
        with pytest.raises(InsufficientPrivilege):
            as_role(statement)


@pytest.mark.pg
def test_the_site_answers_through_it(role):
    edition = full_edition()
    grant(role)
    settings = connection.settings_dict
    url = f"postgres://{role}:{PASSWORD}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"

    paths = ["/documents/?q=지도점검", "/documents/?q=점", *addresses(edition)]
    found = answers(VISIT, *paths, PUBLIC_DATABASE_URL=url)

    assert {path: answer for path, answer in found.items() if answer != [200, [], None]} == {}


@pytest.mark.pg
def test_it_may_be_granted_again(role, as_role):
    grant(role)
    grant(role)

    assert as_role("SELECT 1 FROM publications_publicfacet") == []


@pytest.mark.pg
def test_a_table_that_all_may_read_is_told(role):
    execute("GRANT SELECT ON accounts_user TO PUBLIC")

    try:
        with pytest.raises(CommandError, match="accounts_user"):
            grant(role)
    finally:
        execute("REVOKE SELECT ON accounts_user FROM PUBLIC")


@pytest.mark.pg
@pytest.mark.parametrize("right", ["SUPERUSER", "CREATEROLE", "CREATEDB", "BYPASSRLS"])
def test_a_mighty_role_is_refused(role, right):
    execute(f"ALTER ROLE {role} {right}")

    with pytest.raises(CommandError, match="다른 권한"):
        grant(role)


@pytest.mark.pg
def test_a_role_that_belongs_to_another_is_refused(role):
    execute(f"GRANT pg_read_all_data TO {role}")

    with pytest.raises(CommandError, match="다른 권한"):
        grant(role)


@pytest.mark.pg
def test_a_role_that_is_not_there_has_to_be_made_first(db):
    with pytest.raises(CommandError, match="createuser --pwprompt nobody_there"):
        grant("nobody_there")


@pytest.mark.parametrize("name", ['x"; DROP TABLE accounts_user; --', "Public", "", "a" * 64])
@pytest.mark.pg
def test_a_name_is_a_plain_word(db, name):
    with pytest.raises(CommandError, match="영문 소문자"):
        grant(name)


def test_sqlite_has_no_roles(db):
    if connection.vendor == "sqlite":
        assert "SQLite에는 역할이 없습니다" in grant("salpim_public")
