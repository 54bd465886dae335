"""Warnings that somebody decided to leave as they are."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.inspection import Inspection


class Waiver(models.Model):
    """Why a warning is left. Its key holds a digest of what was odd: once that changes, it is told again."""

    key = models.CharField("알림", max_length=60)
    reason = models.CharField("그대로 두는 까닭", max_length=300)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="정한 사람", on_delete=models.PROTECT, related_name="+"
    )
    waived_at = models.DateTimeField("정한 일시")

    class Meta:
        abstract = True
        verbose_name = "그대로 두기로 한 알림"
        verbose_name_plural = "그대로 두기로 한 알림"
        ordering = ["pk"]

    def __str__(self):
        return self.reason


def waiver_constraints(owner, what):
    return [
        models.UniqueConstraint(
            fields=[owner, "key"],
            name=f"a_{what}_is_waived_once",
            violation_error_message="이미 그대로 두기로 한 알림입니다.",
        ),
        models.CheckConstraint(
            name=f"a_waived_{what}_has_a_reason",
            condition=~Q(reason=""),
            violation_error_message="그대로 두는 까닭을 적어야 합니다.",
        ),
    ]


class WaivedWarning(Waiver):
    """Of 완료 전 확인."""

    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.CASCADE, related_name="waived_warnings"
    )

    class Meta(Waiver.Meta):
        constraints = waiver_constraints("inspection", "warning")
