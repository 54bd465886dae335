"""The kinds a city starts with. They are editable; 민간위탁 사무 and its relatives carry the yearly duty."""

from django.db import migrations

KINDS = [
    ("민간위탁 사무", True),
    ("공공위탁 사무", True),
    ("대행 사무", True),
    ("보조사업", False),
    ("사용·수익허가", False),
    ("위임 사무", False),
    ("시설", False),
    ("사업", False),
    ("사업장", False),
    ("직영", False),
]


def add(apps, _editor):
    kind = apps.get_model("contractors", "SubjectKind")
    for order, (name, is_commission) in enumerate(KINDS, start=1):
        kind.objects.get_or_create(name=name, defaults={"is_commission": is_commission, "order": order * 10})


class Migration(migrations.Migration):
    dependencies = [("contractors", "0002_guards")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
