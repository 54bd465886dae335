from django.db import migrations

from audit import triggers
from inspections.triggers import GUARDS


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial")]
    operations = [triggers.operation(GUARDS)]
