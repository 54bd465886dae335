"""확인 서명: what the contractor's attendant signed at the visit."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.evidence import Evidence
from inspections.models.inspection import Inspection


class Attestation(models.Model):
    """Never changed and never taken away; after a change of the answers another one may be added.

    The signature is a 증빙 like a photograph. `answers_sha256` (attesting.answers_digest) is what was signed.
    """

    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.PROTECT, related_name="attestations"
    )
    client_id = models.UUIDField("기기에서 만든 번호", unique=True)
    name = models.CharField("확인자 이름", max_length=40)
    position = models.CharField("직위", max_length=60, blank=True)
    evidence = models.ForeignKey(
        Evidence,
        verbose_name="서명",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attestations",
    )
    reason = models.CharField("서명하지 않은 까닭", max_length=200, blank=True)
    answers_sha256 = models.CharField("확인한 답의 해시", max_length=64)
    signed_at = models.DateTimeField("확인 일시")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="받은 사람", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "확인 서명"
        verbose_name_plural = "확인 서명"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_attestation_is_signed_or_says_why_not",
                condition=Q(evidence__isnull=False, reason="") | (Q(evidence=None) & ~Q(reason="")),
                violation_error_message="서명하거나, 서명하지 않은 까닭을 적어야 합니다.",
            )
        ]

    def __str__(self):
        return f"{self.position} {self.name}".strip()
