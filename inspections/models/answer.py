"""Answers to the items of a checklist."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contractors.models import Subject
from inspections.models.checklist import ChecklistItem, Indicator
from inspections.models.inspection import Inspection


class AnswerQuerySet(models.QuerySet):
    def answered(self):
        """Those that hold an answer: a row may also carry an opinion alone, or one of several questions."""
        return self.filter(
            Q(is_not_applicable=True)
            | ~Q(verdict="")
            | ~Q(choice="")
            | ~Q(text="")
            | Q(number__isnull=False)
            | Q(dated_on__isnull=False)
        )


def answer_constraints(owner, of="", at=""):
    """What holds for every table of answers; `of` and `at` end the names of those of another table."""
    without_verdict = Q(verdict="", choice="", number=None, dated_on=None, cells={})
    return [
        # Two of them: SQLite cannot take NULL for equal in one.
        models.UniqueConstraint(
            fields=[owner, "item"],
            condition=Q(site=None),
            name=f"one_answer_to_an_item{of}",
            violation_error_message="이미 답한 항목입니다.",
        ),
        models.UniqueConstraint(
            fields=[owner, "item", "site"],
            name=f"one_answer_to_an_item_at_a_site{of}",
            violation_error_message="이 장소에 이미 답한 항목입니다.",
        ),
        models.CheckConstraint(
            name=f"not_applicable_has_a_reason{at}",
            condition=Q(is_not_applicable=False, not_applicable_reason="")
            | (Q(is_not_applicable=True) & ~Q(not_applicable_reason="")),
            violation_error_message="해당사항 없음에는 사유를 적어야 합니다.",
        ),
        models.CheckConstraint(
            name=f"not_applicable_carries_no_verdict{at}",
            condition=Q(is_not_applicable=False) | without_verdict,
            violation_error_message="해당사항 없음인 항목에는 답을 함께 둘 수 없습니다.",
        ),
    ]


class AnswerValues(models.Model):
    """What is answered to one item. An empty value means: not answered (never 적정).

    Written by inspections.answering only; `version` counts the saves.
    """

    class Verdict(models.TextChoices):
        PASS = "pass", "적정"
        FAIL = "fail", "부적정"
        NEUTRAL = "neutral", "판정 없음"

    choice = models.CharField("선택", max_length=60, blank=True, help_text="선택지의 이름 그대로")
    text = models.TextField("서술", blank=True)
    number = models.DecimalField("수치·점수", max_digits=16, decimal_places=3, null=True, blank=True)
    dated_on = models.DateField("날짜", null=True, blank=True)
    cells = models.JSONField(
        "물음마다의 답",
        default=dict,
        blank=True,
        help_text='{"1층": {"소화기": "이상없음"}}',
    )
    verdict = models.CharField("판정", max_length=8, choices=Verdict, blank=True)
    opinion = models.TextField("의견", blank=True)
    is_not_applicable = models.BooleanField("해당사항 없음", default=False)
    not_applicable_reason = models.CharField("해당 없는 까닭", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="답한 사람",
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField("답한 일시")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_answered(self):
        values = (self.verdict, self.choice, self.text, self.dated_on)
        return self.is_not_applicable or self.number is not None or any(values)


class Answer(AnswerValues):
    """One item answered in one inspection."""

    inspection = models.ForeignKey(
        Inspection,
        verbose_name="점검",
        on_delete=models.CASCADE,
        related_name="answers",
    )
    item = models.ForeignKey(
        ChecklistItem,
        verbose_name="점검항목",
        on_delete=models.PROTECT,
        related_name="answers",
    )
    site = models.ForeignKey(
        Subject,
        verbose_name="장소",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="장소마다 묻는 항목에만",
    )

    class Meta:
        verbose_name = "점검항목 답변"
        verbose_name_plural = "점검항목 답변"
        ordering = ["item__order", "pk"]
        constraints = answer_constraints("inspection")

    def __str__(self):
        return f"{self.item.code} 답변"


class IndicatorExemption(models.Model):
    """A whole indicator that does not apply to this inspection, with its reason."""

    inspection = models.ForeignKey(
        Inspection,
        verbose_name="점검",
        on_delete=models.CASCADE,
        related_name="exemptions",
    )
    indicator = models.ForeignKey(Indicator, verbose_name="지표", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("사유", max_length=300)
    exempted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="정한 사람",
        on_delete=models.PROTECT,
        related_name="+",
    )
    exempted_at = models.DateTimeField("정한 일시")

    class Meta:
        verbose_name = "해당사항 없는 지표"
        verbose_name_plural = "해당사항 없는 지표"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "indicator"],
                name="an_indicator_is_exempted_once",
                violation_error_message="이미 해당사항 없음으로 둔 지표입니다.",
            ),
            models.CheckConstraint(
                name="an_exemption_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message="해당사항 없음에는 사유를 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator} 해당사항 없음"
