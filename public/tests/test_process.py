"""The site as a process of its own, on SQLite: few apps, nothing of the office, no writing."""

import sqlite3

import pytest

from public.tests.public_process import VISIT, answers, run

PUBLISH = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", "publications", verbosity=0, skip_checks=True)
from public.tests.addresses import addresses, full_edition
from django.urls import set_urlconf
set_urlconf("config.public_urls")
import json
print(json.dumps(addresses(full_edition())))
"""
LOOK_AROUND = """
import django, json, sys
django.setup()
import django.urls
from django.apps import apps
django.urls.get_resolver().url_patterns
office = ("accounts", "audit", "contractors", "inspections", "follow_up", "reports", "portal", "demo")
print(json.dumps({
    "apps": [config.name for config in apps.get_app_configs()],
    "models": sorted({model._meta.app_label for model in apps.get_models()}),
    "loaded": sorted(name for name in sys.modules if name.split(".")[0] in office),
}))
"""
WRITE = """
import django
django.setup()
from publications.models import PublicFacet
PublicFacet.objects.create(kind="year", value="1999", count=1)
"""
WHAT_IS_SERVED = """
import json
from config import public_wsgi
from django.conf import settings
print(json.dumps([settings.ROOT_URLCONF, settings.SETTINGS_MODULE]))
"""
IMPORT_MODELS = "import django; django.setup(); import {}.models"
WHERE_IT_READS = """
import json, os
from config import public_settings
print(json.dumps([os.environ["DATABASE_URL"], public_settings.DATABASES["default"]["NAME"]]))
"""
CHECK = """
import django
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
"""
HOW_IT_READS = """
import json
from config import public_settings
print(json.dumps(public_settings.DATABASES["default"]["OPTIONS"]))
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A file with one edition, and the addresses of the site for it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('public')}/public.sqlite3"
    return url, answers(PUBLISH, settings="config.settings", DATABASE_URL=url)


def test_every_address_answers_and_sets_no_cookie(database):
    url, addresses = database

    found = answers(VISIT, *addresses, PUBLIC_DATABASE_URL=url)

    assert len(found) == len(addresses) > 15
    assert {path: answer for path, answer in found.items() if answer != [200, [], None]} == {}


def test_only_what_it_needs_is_loaded(database):
    found = answers(LOOK_AROUND, PUBLIC_DATABASE_URL=database[0])

    assert found["apps"] == [
        "config", "publications", "public", "whitenoise.runserver_nostatic", "django.contrib.staticfiles",
        "csp",
    ]  # fmt: skip
    assert found["models"] == ["publications"]
    assert [name for name in found["loaded"] if "models" in name or name.split(".")[0] != "accounts"] == []


@pytest.mark.parametrize("app", ["accounts", "inspections", "reports", "audit"])
def test_no_model_of_the_office_can_be_imported(database, app):
    done = run(IMPORT_MODELS.format(app), PUBLIC_DATABASE_URL=database[0])

    assert done.returncode != 0
    assert "isn't in an application in INSTALLED_APPS" in done.stderr


def test_it_cannot_write(database):
    done = run(WRITE, PUBLIC_DATABASE_URL=database[0])

    assert "attempt to write a readonly database" in done.stderr


def test_the_address_of_the_offices_database_is_not_kept(database):
    found = answers(
        WHERE_IT_READS, PUBLIC_DATABASE_URL=database[0], DATABASE_URL="postgres://office:secret@db/office"
    )

    assert found == [database[0], database[0].removeprefix("sqlite:///")]


def test_a_transaction_on_postgresql_only_reads():
    found = answers(HOW_IT_READS, PUBLIC_DATABASE_URL="postgres://public:x@127.0.0.1/salpim?sslmode=require")

    session = "-c default_transaction_read_only=on -c statement_timeout=15s"
    assert found == {"sslmode": "require", "options": session}


def test_the_deployment_check_is_content(database):
    done = run(CHECK, PUBLIC_DATABASE_URL=database[0], HTTPS="True", ALLOWED_HOSTS="open.example")

    assert done.returncode == 0, done.stderr


def test_an_environment_that_names_the_office_does_not_bring_it_to_the_citizens(tmp_path):
    database = f"sqlite:///{tmp_path}/empty.sqlite3"
    sqlite3.connect(tmp_path / "empty.sqlite3").close()

    served = answers(WHAT_IS_SERVED, settings="config.settings", DATABASE_URL=database)

    assert served == ["config.public_urls", "config.public_settings"]
