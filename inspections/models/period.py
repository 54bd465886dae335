"""점검 회차: a round of inspections set up together, and what it rests on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Department
from inspections.models.checklist import Checklist
from notation import dates


class DatePrecision(models.TextChoices):
    DAY = "day", "일까지"
    MONTH = "month", "월까지"


class Basis(models.Model):
    """점검 근거: a law, ordinance, guideline or agreement an inspection rests on."""

    class Kind(models.TextChoices):
        LAW = "law", "법령"
        ORDINANCE = "ordinance", "조례"
        GUIDELINE = "guideline", "지침"
        AGREEMENT = "agreement", "협약"
        POLICY = "policy", "방침"
        DOCUMENT = "document", "문서"

    kind = models.CharField("종류", max_length=12, choices=Kind)
    title = models.CharField("제목", max_length=160)
    article = models.CharField("조항", max_length=60, blank=True)
    number = models.CharField("번호", max_length=60, blank=True)
    dated_on = models.DateField("날짜", null=True, blank=True)
    is_active = models.BooleanField("사용", default=True)

    class Meta:
        verbose_name = "점검 근거"
        verbose_name_plural = "점검 근거"
        ordering = ["kind", "title", "article"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "title", "article", "number"],
                name="one_basis_of_a_title_and_article",
                violation_error_message="같은 근거가 이미 있습니다.",
            ),
        ]

    def __str__(self):
        return f"「{self.title}」 {self.article}".strip()


class StatusReason(models.Model):
    """Why a target was excluded or not done: the first of two levels; the second is free text."""

    class Use(models.TextChoices):
        EXCLUDED = "excluded", "제외"
        NOT_DONE = "not_done", "미실시"

    use = models.CharField("쓰임", max_length=10, choices=Use)
    name = models.CharField("사유", max_length=60, help_text="예: 폐업, 폐문, 중복, 미제출")
    order = models.PositiveIntegerField("순서", default=0)

    class Meta:
        verbose_name = "제외·미실시 사유"
        verbose_name_plural = "제외·미실시 사유"
        ordering = ["use", "order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["use", "name"],
                name="one_status_reason_of_a_name",
                violation_error_message="같은 사유가 이미 있습니다.",
            ),
        ]

    def __str__(self):
        return self.name


class InspectionPeriodQuerySet(models.QuerySet):
    def visible_to(self, user):
        """City-wide for 총괄 and 열람자; one's own office otherwise; nothing for a contractor."""
        if user.is_contractor:
            return self.none()
        if user.is_superuser or user.is_superintendent or user.is_viewer:
            return self
        return self.filter(department=user.office) if user.office else self.none()


class InspectionPeriod(models.Model):
    """점검 회차."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "정기"
        OCCASIONAL = "occasional", "수시"
        CONFIRMING = "confirming", "확인"
        SPECIAL = "special", "특별"

    kind = models.CharField("종류", max_length=12, choices=Kind, default=Kind.REGULAR)
    year = models.PositiveIntegerField("연도")
    round = models.PositiveIntegerField("회차", default=1)
    title = models.CharField("이름", max_length=160)
    department = models.ForeignKey(
        Department,
        verbose_name="주관 부서",
        on_delete=models.PROTECT,
        limit_choices_to={"kind": "office"},
    )
    previous = models.ForeignKey(
        "self",
        verbose_name="지난 회차",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="following",
    )
    bases = models.ManyToManyField(Basis, verbose_name="점검 근거", blank=True)
    memo = models.TextField("메모", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="만든 사람",
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("만든 일시")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = InspectionPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "점검 회차"
        verbose_name_plural = "점검 회차"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "year", "kind", "round", "title"],
                name="one_period_of_a_title_in_a_year",
                violation_error_message="같은 연도·종류·회차·이름의 점검 회차가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="a_period_lies_in_a_plausible_year",
                condition=Q(year__gte=2000, year__lte=2100),
                violation_error_message="연도는 2000년에서 2100년 사이로 적습니다.",
            ),
        ]

    def __str__(self):
        return self.title


class PeriodPart(models.Model):
    """A stretch of a period with its dates, the bodies that inspect and the sheet they use."""

    period = models.ForeignKey(
        InspectionPeriod,
        verbose_name="점검 회차",
        on_delete=models.CASCADE,
        related_name="parts",
    )
    order = models.PositiveIntegerField("순서", default=1)
    name = models.CharField("이름", max_length=80, blank=True)
    starts_on = models.DateField("시작일")
    ends_on = models.DateField("종료일")
    precision = models.CharField(
        "날짜 정밀도", max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    bodies = models.CharField("점검 기관", max_length=160, blank=True)
    checklist = models.ForeignKey(
        Checklist, verbose_name="점검표", on_delete=models.PROTECT, null=True, blank=True,
        limit_choices_to={"status": "published"}, help_text="점검표 없이 하는 확인점검이면 비워 둡니다.",
    )  # fmt: skip

    class Meta:
        verbose_name = "회차 구분"
        verbose_name_plural = "회차 구분"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_part_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="종료일이 시작일보다 앞섭니다.",
            ),
            models.UniqueConstraint(
                fields=["period", "order"],
                name="one_part_at_a_place_of_a_period",
                violation_error_message="같은 순서의 구분이 이미 있습니다.",
            ),
        ]

    def __str__(self):
        return self.name or str(self.period)

    @property
    def when(self):
        """2020. 12. 1. ~ 2020. 12. 31., or 2020. 12. where only the month is fixed."""
        by_month = self.precision == DatePrecision.MONTH
        return dates.long_range(self.starts_on, self.ends_on, month_start=by_month, month_end=by_month)
