"""Checklists: named, versioned sheets. A published version is frozen (see inspections.triggers)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
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
    threshold = models.DecimalField(
        "통과 점수", max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="100점으로 환산한 점수가 이보다 낮으면 미달입니다. 예: 70",
    )  # fmt: skip
    bands = models.JSONField(
        "등급 기준", default=list, blank=True,
        help_text='[["A", 90], ["B", 80]]: 등급과 그 등급이 되는 가장 낮은 환산 점수.',
    )  # fmt: skip
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
    must_reach = models.DecimalField(
        "과락 기준(%)", max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="꼭 통과해야 하는 지표에만. 득점이 배점의 이만큼에 못 미치거나 부적정이 있으면 과락입니다.",
    )  # fmt: skip

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
        CHOICE = "choice", "여럿 중 하나"
        GRADE = "grade", "등급"
        DATE = "date", "날짜"
        MONEY = "money", "금액(원)"
        BUNDLE = "bundle", "여러 물음"
        TABLE = "table", "표"

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
    parts = models.JSONField(
        "물음·칸", default=list, blank=True, help_text='["정관", "규정"]: 여러 물음의 물음, 표의 칸.'
    )
    rows = models.JSONField("표의 줄", default=list, blank=True, help_text='["1층", "2층"]')
    is_per_site = models.BooleanField(
        "장소마다 묻기", default=False, help_text="여러 장소를 점검할 때 장소마다 따로 답합니다."
    )
    follows = models.CharField(
        "앞 항목",
        max_length=20,
        blank=True,
        help_text="같은 지표의 앞 항목 코드. 그 답에 따라 보이는 항목에만.",
    )
    follows_if = models.JSONField(
        "보이는 답",
        default=list,
        blank=True,
        help_text='["부적정"]: 앞 항목의 답이 이 가운데 하나이면 보임.',
    )
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
            models.CheckConstraint(
                name="an_item_of_several_questions_names_them",
                condition=~Q(answer_type__in=["bundle", "table"]) | ~Q(parts=[]),
                violation_error_message="여러 물음과 표에는 물음이나 칸을 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="an_item_that_follows_says_when_it_is_shown",
                condition=Q(follows="", follows_if=[]) | (~Q(follows="") & ~Q(follows_if=[])),
                violation_error_message="앞 항목과 보이는 답은 함께 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.text}"
