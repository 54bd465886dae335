from django.db import migrations

from audit import triggers
from reports.triggers import GUARDS


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [triggers.operation(GUARDS)]
