"""People and the offices they work in."""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce


class DepartmentQuerySet(models.QuerySet):
    def offices(self):
        """The departments that register papers and own inspections (처리과)."""
        return self.filter(kind=Department.Kind.OFFICE)

    def below(self, department):
        """The department and all that stand under it. The tree is three levels deep at most."""
        return self.filter(Q(pk=department.pk) | Q(parent=department) | Q(parent__parent=department))

    def in_tree_order(self):
        """Each department behind the one above it, with its `depth` from 0 to 2."""
        depth = Case(When(parent=None, then=0), When(parent__parent=None, then=1), default=2)

        def second(name, top, output_field):
            own = When(parent__parent=None, then=F(name))
            return Case(
                When(parent=None, then=Value(top)),
                own,
                default=F(f"parent__{name}"),
                output_field=output_field,
            )

        return self.annotate(
            depth=depth,
            first_order=Coalesce("parent__parent__order", "parent__order", "order"),
            first_name=Coalesce("parent__parent__name", "parent__name", "name"),
            second_order=second("order", -1, models.IntegerField()),
            second_name=second("name", "", models.CharField()),
        ).order_by(*self.model.TREE_ORDER)


class Department(models.Model):
    """One node of the city's organisation: 국 > 과(처리과) > 팀."""

    class Kind(models.TextChoices):
        BUREAU = "bureau", "국"
        OFFICE = "office", "과(처리과)"
        TEAM = "team", "팀"

    # What may stand below what: a team below an office, an office below a bureau or at the top.
    PARENT_KINDS = {
        Kind.BUREAU: {None},
        Kind.OFFICE: {None, Kind.BUREAU},
        Kind.TEAM: {Kind.OFFICE},
    }

    PARENT_ERRORS = {
        Kind.BUREAU: "국은 맨 위에 둡니다. 상위 부서를 비워 주세요.",
        Kind.OFFICE: "과(처리과)는 국 아래나 맨 위에 둡니다.",
        Kind.TEAM: "팀은 과(처리과) 아래에 두어야 합니다.",
    }
    TREE_ORDER = ("first_order", "first_name", "second_order", "second_name", "depth", "order", "name", "pk")

    name = models.CharField("부서명", max_length=60)
    kind = models.CharField("종류", max_length=10, choices=Kind)
    parent = models.ForeignKey(
        "self",
        verbose_name="상위 부서",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    prefix = models.CharField(
        "문서번호 머리",
        max_length=60,
        blank=True,
        help_text="처리과에만 적습니다. 비우면 부서명을 씁니다.",
    )
    members_may_approve = models.BooleanField(
        "점검자의 최종 결재 허용",
        default=False,
        help_text="점검에 참여한 사람도 사유를 적으면 그 결과보고를 최종 결재할 수 있습니다.",
    )
    signers_may_correct = models.BooleanField(
        "결재 중 수정 허용",
        default=True,
        help_text="검토자와 결재자가 문서를 고쳐서 결재할 수 있습니다. 고친 곳은 줄마다 남습니다.",
    )
    # Printed at the foot of the letters of an office.
    address = models.CharField("우편번호·주소", max_length=200, blank=True, help_text="예: 우 01234 …로 1")
    homepage = models.CharField("누리집", max_length=120, blank=True)
    phone = models.CharField("전화", max_length=40, blank=True)
    fax = models.CharField("전송(팩스)", max_length=40, blank=True)
    order = models.PositiveIntegerField("순서", default=0)
    is_active = models.BooleanField("사용", default=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = "부서"
        verbose_name_plural = "부서"
        ordering = ["order", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="one_department_of_a_name_under_a_parent",
                violation_error_message="같은 상위 부서 아래에 같은 이름의 부서가 있습니다.",
            ),
            # Of its own: SQLite knows no unique constraint in which two nulls are the same.
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(parent=None),
                name="one_department_of_a_name_at_the_top",
                violation_error_message="맨 위에 같은 이름의 부서가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="only_an_office_has_a_document_prefix",
                condition=Q(prefix="") | Q(kind="office"),
                violation_error_message="문서번호 머리는 과(처리과)에만 적습니다.",
            ),
            models.CheckConstraint(
                name="a_team_has_an_office_above",
                condition=~Q(kind="team") | Q(parent__isnull=False),
                violation_error_message="팀은 과(처리과) 아래에 두어야 합니다.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        above = self.parent.kind if self.parent else None
        if self.kind in self.PARENT_KINDS and above not in self.PARENT_KINDS[self.kind]:
            raise ValidationError({"parent": self.PARENT_ERRORS[self.kind]})
        below = set(self.children.values_list("kind", flat=True)) if self.pk else set()
        if any(self.kind not in self.PARENT_KINDS[kind] for kind in below):
            raise ValidationError({"kind": "아래에 다른 부서가 있어 종류를 이렇게 바꿀 수 없습니다."})

    @property
    def path(self):
        """노동민생정책관 > 공정경제담당관: how a department is named where its name alone is not enough."""
        return f"{self.parent.path} > {self.name}" if self.parent else self.name

    @property
    def office(self):
        """The 처리과 this department belongs to, or None for a bureau."""
        if self.kind == self.Kind.OFFICE:
            return self
        return self.parent if self.kind == self.Kind.TEAM else None

    @property
    def bureau(self):
        office = self.office
        return self if self.kind == self.Kind.BUREAU else office.parent if office else None

    @property
    def document_prefix(self):
        return self.prefix or self.name


class Role(models.TextChoices):
    INSPECTOR = "inspector", "점검자"
    APPROVER = "approver", "결재자"
    SUPERINTENDENT = "superintendent", "총괄 관리자"
    VIEWER = "viewer", "열람자"
    CONTRACTOR = "contractor", "수탁기관"


class User(AbstractUser):
    """A person with one account. What he may do is in accounts.permissions, by role."""

    first_name = None
    last_name = None
    username = models.CharField(
        "아이디",
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator(message="글자, 숫자와 @ . + - _ 만 쓸 수 있습니다.")],
        error_messages={"unique": "같은 아이디를 쓰는 사용자가 있습니다."},
    )
    email = models.EmailField(
        "전자우편", blank=True, help_text="비밀번호를 다시 정하는 주소를 이리로 보냅니다."
    )
    is_active = models.BooleanField(
        "사용", default=True, help_text="끄면 로그인할 수 없고, 지금 접속도 바로 끝납니다."
    )
    name = models.CharField("이름", max_length=40)
    role = models.CharField("역할", max_length=20, choices=Role, default=Role.INSPECTOR)
    position = models.CharField(
        "직위",
        max_length=40,
        blank=True,
        help_text="결재란에 찍히는 이름. 예: 소비자보호팀장",
    )
    rank = models.CharField("직급", max_length=40, blank=True, help_text="예: 행정7급")
    department = models.ForeignKey(
        Department,
        verbose_name="부서",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
    )
    must_change_password = models.BooleanField("다음 로그인 때 비밀번호 변경", default=False)

    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        verbose_name = "사용자"
        verbose_name_plural = "사용자"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_official_belongs_to_a_department",
                condition=Q(role__in=["contractor", "superintendent"]) | Q(department__isnull=False),
                violation_error_message="점검자, 결재자, 열람자는 부서를 정해야 합니다.",
            ),
            models.CheckConstraint(
                name="a_contractors_user_has_no_department",
                condition=~Q(role="contractor") | Q(department__isnull=True),
                violation_error_message="수탁기관 사용자에게는 부서를 두지 않습니다.",
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.position or self.rank}".strip()

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def is_staff(self):
        """Only 총괄 enters the admin; there is no separate switch that could disagree with the role."""
        return self.is_superuser or self.role == Role.SUPERINTENDENT

    @property
    def is_inspector(self):
        return self.role == Role.INSPECTOR

    @property
    def is_approver(self):
        return self.role == Role.APPROVER

    @property
    def is_superintendent(self):
        return self.role == Role.SUPERINTENDENT

    @property
    def is_viewer(self):
        return self.role == Role.VIEWER

    @property
    def is_contractor(self):
        return self.role == Role.CONTRACTOR

    @property
    def office(self):
        """The 처리과 whose work this person sees, or None."""
        return self.department.office if self.department_id else None
