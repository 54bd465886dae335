"""The tables that a city starts with; all of it is editable. And reports of actions that wait to be verified."""

from django.db import migrations
from django.utils import timezone

# (family, name, what it needs)
TYPES = [
    ("administrative", "조치 없음", "is_none"),
    ("administrative", "현지시정", ""),
    ("administrative", "시정", "needs_deadline"),
    ("administrative", "시정명령", "is_disposal needs_deadline"),
    ("administrative", "주의", ""),
    ("administrative", "개선", "needs_deadline"),
    ("administrative", "권고", ""),
    ("administrative", "통보", ""),
    ("administrative", "1차 경고", ""),
    ("administrative", "2차 경고", ""),
    ("administrative", "3차 경고", ""),
    ("administrative", "기관경고", ""),
    ("administrative", "제도개선", ""),
    ("financial", "회수", "needs_amount needs_deadline needs_statement"),
    ("financial", "환수", "is_disposal needs_amount needs_deadline needs_statement"),
    ("financial", "추징", "needs_amount needs_deadline needs_statement"),
    ("financial", "반환", "needs_amount needs_deadline needs_statement"),
    ("financial", "감액", "needs_amount needs_statement"),
    ("financial", "변상", "needs_amount needs_deadline needs_persons needs_statement"),
    ("financial", "환급", "needs_amount needs_deadline"),
    ("personal", "주의", "needs_persons needs_statement"),
    ("personal", "훈계", "needs_persons needs_statement"),
    ("personal", "경고", "needs_persons needs_statement"),
    ("personal", "징계", "needs_persons needs_statement"),
    ("personal", "교체", "needs_persons needs_statement"),
    ("qualification", "사업정지", "is_disposal needs_period"),
    ("qualification", "자격정지", "is_disposal needs_persons needs_period"),
    ("qualification", "시설장 교체", "is_disposal needs_persons"),
    ("qualification", "폐쇄", "is_disposal needs_hearing"),
    ("qualification", "협약해지", ""),
    ("qualification", "허가취소", "is_disposal needs_hearing"),
    ("external", "감사의뢰", ""),
    ("external", "수사의뢰", ""),
    ("external", "고발", ""),
]
# (purpose, name, length, unit, counts_first, moves, basis)
RULES = [
    ("opinion", "의견제출 기한", 10, "day", False, True, "행정절차법 제21조제3항"),
    ("hearing", "청문 통지", 10, "day", False, True, "행정절차법 제21조제2항"),
    ("correction", "시정 기한", 30, "day", False, True, ""),
    ("postponement", "연기 신청 회신", 7, "day", False, True, "행정조사기본법 제18조"),
    ("result", "점검 결과 통지", 7, "day", False, True, "행정조사기본법 제24조"),
    ("appeal", "이의신청", 30, "day", False, True, "행정기본법 제36조"),
    ("appeal", "행정심판 청구", 90, "day", False, True, "행정심판법 제27조"),
    ("suspension", "정지 기간", 1, "month", True, False, "행정기본법 제6조제2항"),
]


def add(apps, _editor):
    types, rules = apps.get_model("follow_up", "DispositionType"), apps.get_model("follow_up", "DeadlineRule")
    for order, (family, name, flags) in enumerate(TYPES, start=1):
        defaults = {"order": order * 10} | dict.fromkeys(flags.split(), True)
        types.objects.get_or_create(family=family, name=name, defaults=defaults)
    for purpose, name, length, unit, first, moves, basis in RULES:
        rules.objects.get_or_create(
            name=name,
            defaults={"purpose": purpose, "length": length, "unit": unit, "counts_first": first, "moves": moves,
                      "basis": basis},
        )  # fmt: skip


def keep_reports(apps, _editor):
    """What was reported before there were reports as rows: entered by whoever completed the inspection."""
    action, report = apps.get_model("inspections", "Action"), apps.get_model("follow_up", "ActionReport")
    for one in action.objects.filter(status="reported", reports=None).select_related("inspection"):
        report.objects.create(
            action=one, text=one.status_note, done_on=one.status_on, received_on=one.status_on, source="letter",
            entered_by_id=one.inspection.completed_by_id, entered_at=timezone.now(),
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("follow_up", "0001_initial"), ("inspections", "0013_contractors_of_actions")]
    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
        migrations.RunPython(keep_reports, migrations.RunPython.noop),
    ]
