"""The reasons a city starts with for leaving a target out, or for not getting to it. They are editable."""

from django.db import migrations

REASONS = {
    "excluded": ["폐업", "협약 종료", "다른 점검과 중복", "점검 주기 아님", "표본에 들지 않음", "그 밖"],
    "not_done": ["폐업", "폐문", "중복", "자료 미제출", "기관 사정", "그 밖"],
}


def add(apps, _editor):
    reason = apps.get_model("inspections", "StatusReason")
    for use, names in REASONS.items():
        for order, name in enumerate(names, start=1):
            reason.objects.get_or_create(use=use, name=name, defaults={"order": order * 10})


class Migration(migrations.Migration):
    dependencies = [("inspections", "0002_guards")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
