"""Departments and users as Excel sheets."""

from django.core.exceptions import ValidationError

from accounts import enrolling, organising
from accounts.models import Department, Role, User
from spreadsheets import values
from spreadsheets.importing import Column, Sheet

SEPARATOR = ">"
KINDS = {
    "국": Department.Kind.BUREAU,
    "과": Department.Kind.OFFICE,
    "과(처리과)": Department.Kind.OFFICE,
    "팀": Department.Kind.TEAM,
}
SHORT_KINDS = {Department.Kind.BUREAU: "국", Department.Kind.OFFICE: "과", Department.Kind.TEAM: "팀"}
ROLES = {role.label: role for role in Role}


def department_of_path(value):
    """The department that `노동민생정책관 > 공정경제담당관` names; a name that exists once will do."""
    names = [name.strip() for name in values.text(value).split(SEPARATOR)]
    if names == [""]:
        return None
    found = Department.objects.filter(name=names[-1])
    for depth, name in enumerate(reversed(names[:-1]), start=1):
        found = found.filter(**{"__".join(["parent"] * depth + ["name"]): name})
    found = list(found.select_related("parent__parent")[:2])
    if not found:
        raise ValueError(f"‘{value}’이라는 부서가 없습니다. 위의 부서부터 차례로 적어 주세요.")
    if len(found) > 1:
        raise ValueError(f"‘{value}’이라는 부서가 여럿입니다. ‘국 > 과 > 팀’처럼 위의 부서부터 적어 주세요.")
    return found[0]


def path_of(department):
    return department.path if department else ""


class DepartmentSheet(Sheet):
    title = "부서"
    model = Department
    columns = [
        Column(
            "상위 부서",
            "parent",
            department_of_path,
            lambda department: path_of(department.parent),
            guidance="맨 위의 부서는 비웁니다. 상위 부서가 먼저 나오도록 줄을 놓습니다.",
            example="노동민생정책관",
        ),
        Column("부서명", "name", required=True, example="공정경제담당관"),
        Column(
            "종류",
            "kind",
            values.choice(KINDS),
            lambda department: SHORT_KINDS.get(department.kind, ""),
            required=True,
            guidance="국, 과, 팀 가운데 하나. 문서번호를 매기는 처리과는 과입니다.",
            example="과",
        ),
        Column(
            "문서번호 머리",
            "prefix",
            guidance="과에만 적습니다. 비우면 부서명을 씁니다.",
            example="공정경제담당관",
        ),
        Column(
            "순서",
            "order",
            lambda value: values.integer(value) or 0,
            guidance="작은 수가 먼저 나옵니다.",
            example=10,
        ),
        Column("사용", "is_active", values.yes_or_no, guidance="예 또는 아니오", example="예"),
    ]

    def find(self, row):
        """A department is found again by its place and name."""
        return Department.objects.filter(parent=row.get("parent"), name=row["name"]).first()

    def save(self, instance, *, by):
        store = organising.add_department if instance._state.adding else organising.change_department
        store(instance, by=by)

    def for_export(self, queryset):
        return queryset.select_related("parent__parent")


class UserSheet(Sheet):
    """New users come without a password: 총괄 issues the first ones from the list."""

    title = "사용자"
    model = User
    columns = [
        Column("아이디", "username", required=True, guidance="로그인할 때 쓰는 이름", example="gana.kim"),
        Column("이름", "name", required=True, example="김가나"),
        Column(
            "역할",
            "role",
            values.choice(ROLES),
            lambda user: user.get_role_display(),
            required=True,
            guidance=", ".join(ROLES),
            example="점검자",
        ),
        Column(
            "부서",
            "department",
            department_of_path,
            lambda user: path_of(user.department),
            guidance="‘국 > 과 > 팀’처럼 적습니다.",
            example="노동민생정책관 > 공정경제담당관",
        ),
        Column("직위", "position", guidance="결재란에 찍힙니다.", example="주무관"),
        Column("직급", "rank", example="행정7급"),
        Column(
            "전자우편", "email", guidance="비밀번호를 다시 정할 때 씁니다.", example="gana.kim@salpim.example"
        ),
        Column("사용", "is_active", values.yes_or_no, guidance="예 또는 아니오", example="예"),
    ]

    def find(self, row):
        return (
            User.objects.filter(username=row["username"]).select_related("department__parent__parent").first()
        )

    def save(self, instance, *, by):
        if instance._state.adding:
            enrolling.add_user(instance, by=by)
        elif instance == by and not (instance.is_active and instance.role == Role.SUPERINTENDENT):
            raise ValidationError("자기 계정을 끄거나 자기 역할을 바꿀 수는 없습니다.")
        else:
            enrolling.change_user(instance, by=by)

    def for_export(self, queryset):
        return queryset.select_related("department__parent__parent")
