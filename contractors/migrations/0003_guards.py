from django.db import migrations

from audit import triggers
from contractors.triggers import GUARDS


class Migration(migrations.Migration):
    dependencies = [("contractors", "0002_alter_contractor_business_number_and_more")]
    operations = [triggers.operation(GUARDS)]
