from django.db import migrations

from audit import triggers
from contractors.triggers import GUARDS


class Migration(migrations.Migration):
    dependencies = [("contractors", "0001_initial")]
    operations = [triggers.operation(GUARDS)]
