from django.core.exceptions import ValidationError

from contractors.models import Subject, SubjectKind
from contractors.sheets.lookups import Lookup, office_path, offices
from spreadsheets import values
from spreadsheets.importing import Column, Sheet


class SubjectSheet(Sheet):
    title = "점검대상"
    model = Subject

    def __init__(self):
        kinds = Lookup("점검대상 종류", [(kind.name, kind) for kind in SubjectKind.objects.all()])
        self.columns = [
            Column(
                "담당 부서",
                "department",
                offices(),
                lambda subject: office_path(subject.department),
                True,
                "처리과 이름, 같은 이름이 있으면 ‘국 > 과’",
                "노동민생정책관 > 공정경제담당관",
            ),
            Column("이름", "name", required=True, example="전자상거래센터 운영"),
            Column(
                "상위 점검대상",
                "parent_name",
                write=lambda subject: subject.parent and subject.parent.name,
                guidance="시설이나 사업장이면 그 위에 있는, 같은 부서의 점검대상",
                example="",
            ),
            Column("종류", "kind", kinds, lambda subject: subject.kind.name, True, example="민간위탁 사무"),
            Column("자치구", "district", example="중구"),
            Column(
                "분류", "classification", guidance="‘ > ’로 나누어 다섯 단계까지", example="경제 > 소비자보호"
            ),
            Column("소재지", "address"),
            Column("사용", "is_active", values.yes_or_no, guidance="예 또는 아니오", example="예"),
        ]

    def find(self, row):
        same = Subject.objects.filter(department=row["department"], name=row["name"])
        if "parent_name" in row:
            row["parent"] = self._parent(row["department"], row.pop("parent_name"))
            return same.filter(parent=row["parent"]).select_related("parent", "kind").first()
        found = list(same.select_related("parent", "kind"))
        if len(found) > 1:
            raise ValidationError("같은 이름의 점검대상이 여럿입니다. ‘상위 점검대상’ 열도 적어 주세요.")
        return found[0] if found else None

    def _parent(self, department, name):
        if not name:
            return None
        found = list(Subject.objects.filter(department=department, name=name))
        if len(found) != 1:
            raise ValidationError(f"상위 점검대상: 이 부서에서 하나로 찾을 수 없습니다: {name}")
        return found[0]

    def for_export(self, queryset):
        return queryset.select_related("department__parent", "parent", "kind")
