from django.db import migrations

from audit import triggers
from publications.triggers import GUARDS

INDEX = "CREATE INDEX public_grams ON publications_publicentry USING gin (grams) WITH (fastupdate = off)"


def index(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(INDEX)


def no_index(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX public_grams")


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_initial")]

    operations = [migrations.RunPython(index, no_index), triggers.operation(GUARDS)]
