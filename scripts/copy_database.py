"""Copy everything from one database into another, empty one: the way from SQLite to PostgreSQL.

    DATABASE_URL=postgres://… .venv/bin/python scripts/copy_database.py sqlite:////path/of/the/old.sqlite3

Django's dumpdata will not do: JSON cuts moments to milliseconds and XML trims texts, so that the hashes of
the history and of the signed papers would no longer hold. Here rows go over as they are, in one transaction.
"""

import os
import sys
from pathlib import Path

import django
import environ

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from accounts.models import User  # noqa: E402
from audit import triggers  # noqa: E402

LEFT_OUT = {"contenttypes", "sessions", "usersessions"}  # made by migrate, or of no use elsewhere


def models():
    found = apps.get_models(include_auto_created=True)
    return [
        each
        for each in found
        if each._meta.app_label not in LEFT_OUT and each._meta.label != "auth.Permission"
    ]


def copy(model):
    rows = model._base_manager.using("old").order_by("pk").iterator()
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        row.save_base(raw=True, using="default", force_insert=True)
    if count:
        print(f"{model._meta.label}: {count}")


@transaction.atomic
def copy_all():
    triggers.uninstall(connection)
    for model in models():
        model._base_manager.all()._raw_delete("default")  # what the migrations put there
    for model in models():
        copy(model)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    triggers.install(connection)


def main(old):
    if connection.vendor != "postgresql":
        sys.exit("DATABASE_URL must name the new PostgreSQL database.")
    connections.settings = connections.configure_settings(
        {"default": connections.settings["default"], "old": environ.Env.db_url_config(old)}
    )
    call_command("migrate", "--check", database="old")
    call_command("migrate", "--no-input", verbosity=0)
    if User.objects.exists():
        sys.exit("The new database already has users: it must be empty.")
    copy_all()
    call_command("verify_events")


if len(sys.argv) != 2:
    sys.exit(__doc__)
main(sys.argv[1])
