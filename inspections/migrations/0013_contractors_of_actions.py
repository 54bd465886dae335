"""Actions that were demanded before they named their contractor and the day of the report."""

from django.db import migrations
from django.db.models import F


def fill(apps, _editor):
    action = apps.get_model("inspections", "Action")
    own = action.objects.filter(owner="contractor", contractor=None, inspection__agreement__isnull=False)
    for pk, contractor in own.values_list("pk", "inspection__agreement__contractor"):
        action.objects.filter(pk=pk).update(contractor=contractor)
    action.objects.filter(status__in=["reported", "verified"], reported_on=None).update(reported_on=F("status_on"))


class Migration(migrations.Migration):
    dependencies = [("inspections", "0012_follow_up")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
