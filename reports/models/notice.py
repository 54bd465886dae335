"""What is told to people on the site: that it is their turn, what became of a paper, what is to be read."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.models.document import Document


class Notice(models.Model):
    """One line in 내 업무, the same that goes out by mail; read when the paper is opened."""

    class Page(models.TextChoices):
        DOCUMENT = "document", "문서"
        APPROVAL = "approval", "결재"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="받는 사람", on_delete=models.CASCADE, related_name="notices"
    )
    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.CASCADE, related_name="notices"
    )
    text = models.CharField("알림", max_length=200)
    page = models.CharField("열 화면", max_length=8, choices=Page, default=Page.DOCUMENT)
    told_at = models.DateTimeField("알린 일시")
    read_at = models.DateTimeField("읽은 일시", null=True)

    class Meta:
        verbose_name = "알림"
        verbose_name_plural = "알림"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "-id"], name="notice_unread", condition=Q(read_at=None))]

    def __str__(self):
        return self.text


class Circulation(models.Model):
    """공람: an approved paper that somebody is asked to read, and when he did."""

    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.PROTECT, related_name="circulations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="공람자", on_delete=models.PROTECT, related_name="circulations"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="공람한 사람", on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField("공람 일시")
    read_at = models.DateTimeField("읽은 일시", null=True)

    class Meta:
        verbose_name = "공람"
        verbose_name_plural = "공람"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "user"],
                name="a_paper_is_circulated_to_a_person_once",
                violation_error_message="이미 공람한 사람입니다.",
            ),
        ]

    def __str__(self):
        return f"{self.document} → {self.user}"
