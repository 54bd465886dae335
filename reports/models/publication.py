"""Which papers are on the public site: the office's side. What citizens read stands in `publications`."""

from django.conf import settings
from django.db import models

from publications.models import PublicEdition
from reports.models.document import Document


class Publication(models.Model):
    """One paper and its public edition. Written by reports.publishing only."""

    document = models.OneToOneField(
        Document, verbose_name="문서", on_delete=models.PROTECT, related_name="publication"
    )
    edition = models.OneToOneField(
        PublicEdition, verbose_name="공개본", on_delete=models.PROTECT, related_name="+"
    )
    cleared = models.JSONField("공개한 붙임", default=list)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="공개한 사람", on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField("공개 일시")
    opened_reason = models.CharField("비공개 문서를 연 까닭", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "공개"
        verbose_name_plural = "공개"

    def __str__(self):
        return str(self.document)


class DisclosureReview(models.Model):
    """A paper that was not to be read was looked at again, and stays closed until another day."""

    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.PROTECT, related_name="disclosure_reviews"
    )
    next_on = models.DateField("다음에 볼 날")
    reason = models.CharField("까닭", max_length=300)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="살핀 사람", on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField("살핀 일시")

    class Meta:
        verbose_name = "공개 다시 봄"
        verbose_name_plural = "공개 다시 봄"
        ordering = ["pk"]
        indexes = [models.Index(fields=["document", "next_on"], name="disclosure_review_next")]
        constraints = [
            models.CheckConstraint(name="a_disclosure_review_has_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self):
        return f"{self.document}: {self.next_on}"
