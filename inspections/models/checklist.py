"""Checklists: named, versioned sheets. A published version is frozen (see inspections.triggers)."""

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q


class ChecklistQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Checklist.Status.PUBLISHED)


class Checklist(models.Model):
    """One version of a sheet (지도점검표). Written by inspections.checklists only."""

    class Status(models.TextChoices):
        DRAFT = "draft", "작성 중"
        PUBLISHED = "published", "확정"
        RETIRED = "retired", "사용 중지"

    name = models.CharField("이름", max_length=120)
    version = models.PositiveIntegerField("판", default=1)
    status = models.CharField("상태", max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    guidance = models.TextField("작성 안내", blank=True)
    copied_from = models.ForeignKey(
        "self",
        verbose_name="복사한 판",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
    )
    published_at = models.DateTimeField("확정 일시", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="확정한 사람",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = "점검표"
        verbose_name_plural = "점검표"
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"],
                name="one_checklist_of_a_name_and_version",
                violation_error_message="같은 이름과 판의 점검표가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="a_published_checklist_says_when_and_by_whom",
                condition=Q(status="draft", published_at=None, published_by=None)
                | Q(
                    status__in=["published", "retired"],
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
                violation_error_message="확정 상태와 확정 기록이 일치하지 않습니다.",
            ),
        ]

    def __str__(self):
        return f"{self.name} (제{self.version}판)"

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT


class Indicator(models.Model):
    """지표: one heading of a sheet with what is looked at under it."""

    checklist = models.ForeignKey(
        Checklist,
        verbose_name="점검표",
        on_delete=models.CASCADE,
        related_name="indicators",
    )
    order = models.PositiveIntegerField("순서")
    area = models.CharField("분야", max_length=60, help_text="예: 일반운영")
    label = models.CharField(
        "지표 표시",
        max_length=30,
        blank=True,
        help_text="예: 공통지표(1). 없으면 비워 둡니다.",
    )
    name = models.CharField("지표명", max_length=120)
    viewpoints = models.TextField("점검사항", blank=True, help_text="한 줄에 하나씩 적습니다.")

    class Meta:
        verbose_name = "지표"
        verbose_name_plural = "지표"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "order"],
                name="one_indicator_at_a_place_of_a_checklist",
                violation_error_message="같은 순서의 지표가 이미 있습니다.",
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.name}" if self.label else self.name

    @property
    def key(self):
        """What tells it from the other indicators of its sheet; the same in every version."""
        return (self.area, self.label, self.name)

    @property
    def viewpoint_lines(self):
        return [line.strip() for line in self.viewpoints.splitlines() if line.strip()]


class ChecklistItem(models.Model):
    """점검항목: one question with the shape of its answer."""

    class AnswerType(models.TextChoices):
        VERDICT = "verdict", "적정/부적정"
        PROSE = "prose", "서술"
        NUMBER = "number", "수치(기준 대비)"
        SCORE = "score", "점수"
        TICK = "tick", "둘 중 하나 표시"

    class Rule(models.TextChoices):
        OFF = "off", "받지 않음"
        OPTIONAL = "optional", "선택"
        REQUIRED = "required", "필수"
        ON_FAIL = "on_fail", "부적정일 때 필수"

    class Comparison(models.TextChoices):
        AT_LEAST = "ge", "이상"
        AT_MOST = "le", "이하"

    indicator = models.ForeignKey(
        Indicator, verbose_name="지표", on_delete=models.CASCADE, related_name="items"
    )
    order = models.PositiveIntegerField("순서")
    code = models.CharField(
        "항목 코드",
        max_length=20,
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9가-힣.\-]+$",
                "항목 코드는 글자, 숫자, 점, 붙임표로만 적습니다.",
            )
        ],
        help_text="판이 바뀌어도 그대로인 코드. 지난해 답과 이어집니다. 예: 1-3",
    )
    text = models.TextField("점검항목")
    guidance = models.TextField("안내", blank=True)
    answer_type = models.CharField("답의 모양", max_length=10, choices=AnswerType, default=AnswerType.VERDICT)
    options = models.JSONField(
        "선택지", default=list, blank=True,
        help_text='[["검토완료", "pass"], ["해당없음", "neutral"]]: 이름과 판정(pass|fail|neutral)의 쌍.',
    )  # fmt: skip
    unit = models.CharField("단위", max_length=20, blank=True)
    standard = models.DecimalField("기준값", max_digits=14, decimal_places=3, null=True, blank=True)
    comparison = models.CharField("기준 비교", max_length=2, choices=Comparison, blank=True)
    max_score = models.DecimalField(
        "만점",
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    weight = models.DecimalField("가중치", max_digits=6, decimal_places=3, default=1)
    evidence_rule = models.CharField("증빙", max_length=10, choices=Rule, default=Rule.OPTIONAL)
    note_rule = models.CharField("의견", max_length=10, choices=Rule, default=Rule.OPTIONAL)

    class Meta:
        verbose_name = "점검항목"
        verbose_name_plural = "점검항목"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "code"],
                name="one_item_of_a_code_in_an_indicator",
                violation_error_message="같은 지표에 같은 코드의 항목이 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="a_score_item_has_a_maximum",
                condition=~Q(answer_type="score") | Q(max_score__gt=0),
                violation_error_message="점수 항목에는 만점을 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_standard_says_how_it_is_compared",
                condition=Q(standard__isnull=True) | ~Q(comparison=""),
                violation_error_message="기준값이 있으면 이상인지 이하인지 정해야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.text}"
