"""Visits and how they were moved."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.models.inspection import Inspection
from notation import dates


class Visit(models.Model):
    """현장점검: one day or several, with the same hours each day."""

    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.CASCADE, related_name="visits"
    )
    method = models.CharField(
        "방법",
        max_length=10,
        choices=Inspection.Method,
        default=Inspection.Method.ON_SITE,
    )
    starts_on = models.DateField("시작일")
    ends_on = models.DateField("종료일")
    daily_from = models.TimeField("시작 시각", null=True, blank=True)
    daily_to = models.TimeField("종료 시각", null=True, blank=True)
    place = models.CharField("장소", max_length=160, blank=True)
    withdrawn_at = models.DateTimeField("취소 일시", null=True, editable=False)
    withdrawn_reason = models.CharField("취소 사유", max_length=200, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "방문"
        verbose_name_plural = "방문"
        ordering = ["starts_on", "daily_from", "pk"]
        indexes = [models.Index(fields=["starts_on"], name="visit_by_day")]
        constraints = [
            models.CheckConstraint(
                name="a_visit_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="종료일이 시작일보다 앞섭니다.",
            ),
            models.CheckConstraint(
                name="the_hours_of_a_visit_are_in_order",
                condition=Q(daily_to=None) | Q(daily_from__isnull=False, daily_to__gt=F("daily_from")),
                violation_error_message="종료 시각은 시작 시각보다 뒤여야 합니다.",
            ),
            models.CheckConstraint(
                name="a_withdrawn_visit_has_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message="방문을 취소할 때는 사유를 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.inspection.subject} {self.starts_on}"

    @property
    def when(self):
        """’20. 12. 30.(수) 14:00 ~ 17:00"""
        days = dates.short_range(self.starts_on, self.ends_on, with_weekday=True)
        return f"{days} {self.hours}".strip()

    @property
    def hours(self):
        if self.daily_from and self.daily_to:
            return dates.clock_range(self.daily_from, self.daily_to)
        return dates.clock(self.daily_from) if self.daily_from else ""


class Postponement(models.Model):
    """연기: the date a visit was moved from and why. Rows are added, never changed."""

    visit = models.ForeignKey(
        Visit,
        verbose_name="방문",
        on_delete=models.CASCADE,
        related_name="postponements",
    )
    from_starts_on = models.DateField("당초 시작일")
    from_ends_on = models.DateField("당초 종료일")
    to_starts_on = models.DateField("바뀐 시작일")
    to_ends_on = models.DateField("바뀐 종료일")
    reason = models.CharField("사유", max_length=300)
    postponed_at = models.DateTimeField("연기 일시")
    postponed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="연기한 사람",
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "연기"
        verbose_name_plural = "연기"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_postponement_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message="연기 사유를 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.from_starts_on} → {self.to_starts_on}"

    @property
    def was(self):
        """’20. 12. 17.(목), the date that did not hold."""
        return dates.short_range(self.from_starts_on, self.from_ends_on, with_weekday=True)
