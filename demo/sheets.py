"""The sheets of the demo city, through the same import and publishing that 총괄 uses."""

from pathlib import Path

from django.conf import settings

from inspections import checklist_rows, checklists
from inspections.models import Checklist

FOLDER = Path(settings.BASE_DIR) / "inspections" / "demo_data"
COMMISSION = "민간위탁 지도점검표"
FACILITY = "시설 안전 지도점검표"
LIBRARY = "공공도서관 지도점검표"
FILES = {
    COMMISSION: "checklist_commission_2020.csv",
    FACILITY: "checklist_facility_safety.csv",
    LIBRARY: "checklist_library.csv",
}
MARKING = {LIBRARY: {"threshold": 70, "bands": [["우수", 90], ["보통", 70], ["미흡", 0]]}}


def load(admin):
    for name, file in FILES.items():
        marking = MARKING.get(name, {})
        sheet, _ = Checklist.objects.get_or_create(name=name, version=1, defaults=marking)
        if sheet.is_draft:
            checklists.import_rows(sheet, checklist_rows.read_csv(FOLDER / file), by=admin)
            checklists.publish(sheet, by=admin)
