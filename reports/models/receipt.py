"""수신 확인: when a contractor first had a letter before him."""

from django.conf import settings
from django.db import models

from contractors.models import Contractor
from reports.models.document import Document


class Receipt(models.Model):
    """Written once, when somebody of the contractor opens the letter; the proof of delivery."""

    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.PROTECT, related_name="receipts"
    )
    contractor = models.ForeignKey(
        Contractor, verbose_name="수탁기관", on_delete=models.PROTECT, related_name="receipts"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="연 사람", on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField("받은 일시")

    class Meta:
        verbose_name = "수신 확인"
        verbose_name_plural = "수신 확인"
        ordering = ["received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "contractor"],
                name="a_letter_is_received_once",
                violation_error_message="이미 받은 문서입니다.",
            ),
        ]

    def __str__(self):
        return f"{self.contractor} {self.document}"
