"""단계: the same sheet as others filled it in before, or beside, the inspection itself."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contractors.models import Subject
from inspections.models.answer import AnswerValues, answer_constraints
from inspections.models.checklist import ChecklistItem
from inspections.models.inspection import Inspection
from notation import dates


class StageQuerySet(models.QuerySet):
    def to_be_filled_by(self, contractor):
        """자체점검 that the contractor has not sent yet, of inspections that are open."""
        waiting = Inspection.objects.of_contractor(contractor).open()
        return self.filter(kind=Stage.Kind.SELF, submitted_at=None, inspection__in=waiting)


class Stage(models.Model):
    """자체점검 of the contractor, 1차 of a district …: who filled the sheet in, and when.

    The inspection's own answers are the last stage and stand in Answer, as they do where there is no other.
    """

    class Kind(models.TextChoices):
        SELF = "self", "자체점검"
        FIRST = "first", "1차 점검"
        SECOND = "second", "2차 점검"

    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.CASCADE, related_name="stages"
    )
    kind = models.CharField("단계", max_length=8, choices=Kind, default=Kind.SELF)
    order = models.PositiveSmallIntegerField("순서", editable=False)
    organisation = models.CharField("작성 기관", max_length=80, help_text="예: 가람노인종합복지관, 중구청")
    starts_on = models.DateField("시작일", null=True, blank=True)
    ends_on = models.DateField("종료일", null=True, blank=True)
    submitted_at = models.DateTimeField("제출 일시", null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="제출한 사람", on_delete=models.PROTECT, null=True,
        editable=False, related_name="+",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = "점검 단계"
        verbose_name_plural = "점검 단계"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "kind"],
                name="a_stage_of_a_kind_is_there_once",
                violation_error_message="이미 있는 단계입니다.",
            ),
            models.CheckConstraint(
                name="a_stage_names_who_filled_it_in",
                condition=~Q(organisation=""),
                violation_error_message="작성 기관을 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_stage_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="종료일이 시작일보다 앞섭니다.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.organisation}"

    @property
    def when(self):
        """2020. 12. 1. ~ 2020. 12. 4., or nothing."""
        start = self.starts_on or self.ends_on
        if start is None:
            return ""
        return dates.long_range(start, self.ends_on or start)


class StageAnswer(AnswerValues):
    """One item answered at one stage."""

    stage = models.ForeignKey(Stage, verbose_name="단계", on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(
        ChecklistItem, verbose_name="점검항목", on_delete=models.PROTECT, related_name="stage_answers"
    )
    site = models.ForeignKey(
        Subject, verbose_name="장소", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "단계 답변"
        verbose_name_plural = "단계 답변"
        ordering = ["item__order", "pk"]
        constraints = answer_constraints("stage", of="_of_a_stage", at="_at_a_stage")

    def __str__(self):
        return f"{self.item.code} {self.stage.get_kind_display()} 답변"
