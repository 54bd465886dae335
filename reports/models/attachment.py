"""붙임 of a paper: generated from an inspection, uploaded, or only named because they go another way."""

from django.db import models
from django.db.models import Q

from inspections.models import Inspection
from reports.models.document import Document


class Attachment(models.Model):
    """붙임. A generated one (the filled checklist) is rendered when the paper is frozen."""

    class Kind(models.TextChoices):
        CHECKLIST = "checklist", "지도점검표"
        FILE = "file", "올린 파일"
        APART = "apart", "따로 보냄"

    document = models.ForeignKey(
        Document,
        verbose_name="문서",
        on_delete=models.CASCADE,
        related_name="attachments",
    )
    order = models.PositiveIntegerField("순서", default=1)
    kind = models.CharField("종류", max_length=10, choices=Kind, default=Kind.CHECKLIST)
    inspection = models.ForeignKey(
        Inspection,
        verbose_name="점검",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    title = models.CharField("이름", max_length=160)
    copies = models.PositiveIntegerField("부수", default=1)
    clauses = models.JSONField("비공개 조항", default=list, blank=True)
    closed_reason = models.CharField("비공개 까닭", max_length=300, blank=True)
    review_on = models.DateField("다시 볼 날", null=True, blank=True)
    file_sha256 = models.CharField("파일 해시", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "붙임"
        verbose_name_plural = "붙임"
        ordering = ["order", "pk"]
        indexes = [
            models.Index(
                fields=["review_on", "id"], name="attachment_review", condition=Q(review_on__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "order"],
                name="one_attachment_at_a_place",
                violation_error_message="같은 순서의 붙임이 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="an_uploaded_attachment_has_a_file",
                condition=Q(kind="file") & ~Q(file_sha256="") | ~Q(kind="file") & Q(file_sha256=""),
                violation_error_message="올린 붙임에는 파일이 있어야 합니다.",
            ),
        ]

    def __str__(self):
        return self.title


class AttachmentFile(models.Model):
    """The PDF of an uploaded attachment, written anew at the upload. Apart: lists do not read it."""

    attachment = models.OneToOneField(
        Attachment, verbose_name="붙임", on_delete=models.CASCADE, related_name="file"
    )
    pdf = models.BinaryField("PDF")

    class Meta:
        verbose_name = "붙임 파일"
        verbose_name_plural = "붙임 파일"

    def __str__(self):
        return str(self.attachment)
