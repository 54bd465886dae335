"""What makes lines of approval: who decides what, who stands in for whom, and lines to be used again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Department
from reports.models.approval import ApprovalStep
from reports.models.document import Document


class DecisionRule(models.Model):
    """전결: at which level a kind of paper is finally decided (위임전결규정)."""

    class Level(models.TextChoices):
        TEAM = "team", "팀장"
        OFFICE = "office", "과장(담당관)"
        BUREAU = "bureau", "국장"

    department = models.ForeignKey(
        Department,
        verbose_name="처리과",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        limit_choices_to={"kind": "office"},
        related_name="decision_rules",
        help_text="비우면 모든 처리과에 적용됩니다. 처리과를 정한 규칙이 앞섭니다.",
    )
    kind = models.CharField("문서 종류", max_length=12, choices=Document.Kind)
    level = models.CharField("전결권자", max_length=8, choices=Level, default=Level.OFFICE)

    class Meta:
        verbose_name = "전결 규칙"
        verbose_name_plural = "전결 규칙"
        ordering = ["kind", "department__name", "pk"]
        constraints = [
            # Two of them: SQLite cannot take NULL for equal in one.
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(department=None),
                name="one_decision_rule_of_a_kind",
                violation_error_message="이 종류의 규칙이 이미 있습니다.",
            ),
            models.UniqueConstraint(
                fields=["department", "kind"],
                name="one_decision_rule_of_a_kind_in_an_office",
                violation_error_message="이 처리과에 이 종류의 규칙이 이미 있습니다.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_level_display()} 전결"


class AbsenceQuerySet(models.QuerySet):
    def in_force(self):
        """Those that were not taken back, past ones too."""
        return self.filter(ended_at=None)

    def on(self, day):
        """Those by which somebody may stand in on that day."""
        return self.in_force().filter(starts_on__lte=day, ends_on__gte=day)


class Absence(models.Model):
    """A time in which another signs: 대결 for one who is away, 직무대리 for a vacant post."""

    class Mode(models.TextChoices):
        DEPUTY = "대결", "대결"
        ACTING = "직무대리", "직무대리"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="부재자", on_delete=models.PROTECT, related_name="absences"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="대신할 사람", on_delete=models.PROTECT, related_name="+"
    )
    mode = models.CharField("구분", max_length=6, choices=Mode, default=Mode.DEPUTY)
    starts_on = models.DateField("시작일")
    ends_on = models.DateField("종료일")
    reason = models.CharField("사유", max_length=120, help_text="예: 연가, 출장, 병가")
    ended_at = models.DateTimeField("거둔 일시", null=True, editable=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "부재와 대결"
        verbose_name_plural = "부재와 대결"
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(
                fields=["substitute", "starts_on"], name="absence_in_force", condition=Q(ended_at=None)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="nobody_stands_in_for_himself",
                condition=~Q(user=F("substitute")),
                violation_error_message="자기 자신을 대신할 사람으로 정할 수 없습니다.",
            ),
            models.CheckConstraint(
                name="an_absence_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="종료일이 시작일보다 앞섭니다.",
            ),
        ]

    def __str__(self):
        return f"{self.user} → {self.substitute} ({self.starts_on} ~ {self.ends_on})"


class LineTemplate(models.Model):
    """A line of approval that an office uses again, for one kind of paper or for all."""

    department = models.ForeignKey(
        Department, verbose_name="처리과", on_delete=models.CASCADE, related_name="line_templates"
    )
    kind = models.CharField("문서 종류", max_length=12, choices=Document.Kind, blank=True)
    name = models.CharField("이름", max_length=40)

    class Meta:
        verbose_name = "결재선 틀"
        verbose_name_plural = "결재선 틀"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "name"],
                name="one_line_template_of_a_name_in_an_office",
                violation_error_message="같은 이름의 결재선이 이미 있습니다.",
            ),
        ]

    def __str__(self):
        return self.name


class LineTemplateStep(models.Model):
    template = models.ForeignKey(
        LineTemplate, verbose_name="결재선 틀", on_delete=models.CASCADE, related_name="steps"
    )
    order = models.PositiveIntegerField("순서")
    act = models.CharField("행위", max_length=8, choices=ApprovalStep.Act)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="사람", on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = "결재선 틀의 단계"
        verbose_name_plural = "결재선 틀의 단계"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "order"], name="one_step_at_a_place_of_a_line_template"
            ),
        ]

    def __str__(self):
        return f"{self.get_act_display()} {self.user}"
