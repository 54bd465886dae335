"""Faults of a paper that its drafter decided to leave as they are."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.models.document import Document


class WaivedFault(models.Model):
    """The key holds a digest of the fault: once the line changes, it is told again."""

    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.CASCADE, related_name="waived_faults"
    )
    key = models.CharField("알림", max_length=60)
    reason = models.CharField("그대로 두는 까닭", max_length=300)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="정한 사람", on_delete=models.PROTECT, related_name="+"
    )
    waived_at = models.DateTimeField("정한 일시")

    class Meta:
        verbose_name = "그대로 두기로 한 알림"
        verbose_name_plural = "그대로 두기로 한 알림"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "key"],
                name="a_fault_is_waived_once",
                violation_error_message="이미 그대로 두기로 한 알림입니다.",
            ),
            models.CheckConstraint(
                name="a_waived_fault_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message="그대로 두는 까닭을 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return self.reason
