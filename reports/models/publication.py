"""Which papers are on the public site: the office's side. What citizens read stands in `publications`."""

from django.conf import settings
from django.db import models

from publications.models import PublicEdition
from reports.models.attachment import Attachment
from reports.models.document import Document


class PublicationQuerySet(models.QuerySet):
    def of(self, document):
        """The publication of a paper with its edition, or None."""
        return self.filter(document=document).select_related("edition").first()


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
    version = models.PositiveIntegerField(default=1)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "공개"
        verbose_name_plural = "공개"

    def __str__(self):
        return str(self.document)

    @property
    def is_shown(self):
        """Citizens may read it: it was not taken down."""
        return self.edition.withdrawn_on is None


class DisclosureReview(models.Model):
    """A closed paper or attachment was looked at again: it stays closed until `next_on`.

    Without a day an attachment may be read from now on; a paper is opened by publishing it.
    """

    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.PROTECT, related_name="disclosure_reviews"
    )
    attachment = models.ForeignKey(
        Attachment, verbose_name="붙임", on_delete=models.PROTECT, null=True, blank=True,
        related_name="disclosure_reviews",
    )  # fmt: skip
    next_on = models.DateField("다음에 볼 날", null=True, blank=True)
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
            models.CheckConstraint(
                name="a_closed_paper_is_opened_by_publishing_it",
                condition=models.Q(attachment__isnull=False) | models.Q(next_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.attachment or self.document}: {self.next_on or '엶'}"
