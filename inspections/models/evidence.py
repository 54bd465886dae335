"""Photographs and papers taken at a visit."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from contractors.models import Subject
from inspections.models.checklist import ChecklistItem
from inspections.models.inspection import Inspection


class EvidenceQuerySet(models.QuerySet):
    def current(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        return self.filter(inspection__in=Inspection.objects.visible_to(user))


class Evidence(models.Model):
    """증빙. `original` is kept apart as it came; only the re-encoded `shown` copy is ever served inline."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "사진"
        PDF = "pdf", "PDF"

    inspection = models.ForeignKey(
        Inspection,
        verbose_name="점검",
        on_delete=models.PROTECT,
        related_name="evidence",
    )
    item = models.ForeignKey(
        ChecklistItem,
        verbose_name="점검항목",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    site = models.ForeignKey(
        Subject,
        verbose_name="장소",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    client_id = models.UUIDField("기기에서 만든 번호", unique=True)
    kind = models.CharField("종류", max_length=6, choices=Kind)
    name = models.CharField("파일 이름", max_length=160)
    caption = models.CharField("설명", max_length=200, blank=True)
    sha256 = models.CharField("원본 해시", max_length=64)
    original = models.CharField("원본 보관 위치", max_length=120)
    shown = models.CharField("보이는 사본 위치", max_length=120)
    shown_sha256 = models.CharField("사본 해시", max_length=64)
    thumbnail = models.CharField("작은 그림 위치", max_length=120, blank=True)
    size = models.PositiveIntegerField("크기(바이트)")
    position = models.PositiveIntegerField("순서", default=0)
    rotation = models.PositiveSmallIntegerField("돌린 각도", default=0)
    taken_at = models.DateTimeField("찍은 일시", null=True, blank=True)
    taken_place = models.CharField("찍은 곳", max_length=60, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="올린 사람",
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField("올린 일시")
    withdrawn_at = models.DateTimeField("거둔 일시", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="거둔 사람",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    withdrawn_reason = models.CharField("거둔 까닭", max_length=200, blank=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "증빙"
        verbose_name_plural = "증빙"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["inspection", "item"], name="evidence_by_item")]
        constraints = [
            models.CheckConstraint(
                name="evidence_is_turned_by_quarters",
                condition=Q(rotation__in=[0, 90, 180, 270]),
                violation_error_message="사진은 90도씩 돌릴 수 있습니다.",
            ),
            models.CheckConstraint(
                name="withdrawn_evidence_has_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_reason="", withdrawn_by=None)
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message="증빙을 거둘 때는 사유를 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return self.caption or self.name
