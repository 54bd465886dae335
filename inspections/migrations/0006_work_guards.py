from django.db import migrations

from audit import triggers
from inspections.work_guards import WORK_GUARDS


class Migration(migrations.Migration):
    dependencies = [("inspections", "0005_waived_warnings")]
    operations = [triggers.operation(WORK_GUARDS)]
