from django.db import migrations

from audit import triggers
from audit.guards import GUARDS


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [triggers.operation(GUARDS)]
