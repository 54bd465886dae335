from django.db import migrations

from audit import triggers
from inspections.triggers import SHEET_GUARDS


class Migration(migrations.Migration):
    dependencies = [("inspections", "0002_inspection_joint_agreements")]
    operations = [triggers.operation(SHEET_GUARDS)]
