"""확인서와 문답서: the facts behind a finding, put to whoever is responsible, and signed or refused."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models import Finding, Inspection


class Statement(models.Model):
    """Composed from findings, editable until it is signed. Written by follow_up.stating only."""

    class Kind(models.TextChoices):
        CONFIRMATION = "confirmation", "확인서"
        QUESTIONS = "questions", "문답서"

    class Signed(models.TextChoices):
        SCREEN = "screen", "화면에 서명"
        PAPER = "paper", "종이에 서명"
        REFUSED = "refused", "서명하지 않음"

    id = models.UUIDField("번호", primary_key=True, default=uuid.uuid4)
    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.PROTECT, related_name="statements"
    )
    kind = models.CharField("종류", max_length=12, choices=Kind, default=Kind.CONFIRMATION)
    findings = models.ManyToManyField(Finding, verbose_name="점검결과", related_name="statements", blank=True)
    position = models.CharField("직위", max_length=60, help_text="예: 시설장, 회계 담당")
    name = models.CharField("이름", max_length=40, blank=True)
    text = models.TextField("내용", blank=True)
    questions = models.JSONField("문답", default=list, blank=True, help_text="[[물음, 답], …]")
    signed = models.CharField("서명", max_length=7, choices=Signed, blank=True)
    signed_at = models.DateTimeField("서명 일시", null=True)
    refusal = models.CharField("서명하지 않은 까닭", max_length=300, blank=True)
    file_kind = models.CharField(max_length=10, blank=True)
    file_name = models.CharField("서명한 파일", max_length=200, blank=True)
    file_shown = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField("서명한 내용의 해시", max_length=64, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="받은 사람",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    created_on = models.DateField("만든 날")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "확인서·문답서"
        verbose_name_plural = "확인서·문답서"
        ordering = ["created_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_signed_statement_says_how",
                condition=Q(signed="", signed_at=None, taken_by=None, sha256="")
                | (~Q(signed="") & ~Q(sha256="") & Q(signed_at__isnull=False, taken_by__isnull=False)),
                violation_error_message="서명한 확인서에는 때와 받은 사람이 있어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_refusal_says_why",
                condition=(Q(signed="refused") & ~Q(refusal="")) | (~Q(signed="refused") & Q(refusal="")),
                violation_error_message="서명하지 않았으면 까닭을 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_signature_has_its_file",
                condition=~Q(signed__in=["screen", "paper"]) | ~Q(file_shown=""),
                violation_error_message="서명한 파일이 있어야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}({self.position})"
