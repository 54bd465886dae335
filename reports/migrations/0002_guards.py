from django.db import migrations

from audit.triggers import operation
from reports.triggers import GUARDS


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [operation(GUARDS)]
