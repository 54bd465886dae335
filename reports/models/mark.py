"""비공개 표시: what of a paper the public edition hides, by which clause and why.

Those of a draft are part of what is signed. `is_later` ones were added after the approval, because something
had been overlooked; one that no longer has to be hidden is lifted, and stays as a row that says so.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.models.block import Block
from reports.models.document import Document


class DisclosureMarkQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(lifted_at=None)

    def due(self, day):
        """To be looked at again by this day."""
        return self.in_force().filter(review_on__lte=day)


class DisclosureMark(models.Model):
    """A quote in one line, table or photograph; an empty one hides all of it.

    Without a block the quote is hidden wherever the paper holds it. Written by reports.marking while the
    paper is a draft, by reports.opening afterwards.
    """

    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.CASCADE, related_name="marks"
    )
    block = models.ForeignKey(
        Block, verbose_name="줄", on_delete=models.CASCADE, related_name="marks", null=True, blank=True
    )
    quote = models.CharField("가릴 말", max_length=300, blank=True)
    clause = models.CharField(
        "비공개 조항", max_length=20, help_text="정보공개법 제9조제1항의 호. 예: 6 또는 5,7"
    )
    reason = models.CharField("까닭", max_length=300)
    review_on = models.DateField("다시 볼 날", null=True, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="표시한 사람", on_delete=models.PROTECT, related_name="+"
    )
    marked_at = models.DateTimeField("표시한 일시")
    is_later = models.BooleanField("결재 뒤에 더함", default=False)
    lifted_at = models.DateTimeField("연 일시", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="연 사람", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    lifted_reason = models.CharField("연 까닭", max_length=300, blank=True)

    objects = DisclosureMarkQuerySet.as_manager()

    class Meta:
        verbose_name = "비공개 표시"
        verbose_name_plural = "비공개 표시"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["review_on", "document"], name="mark_review", condition=Q(lifted_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["block", "quote"],
                condition=Q(lifted_at=None),
                name="a_stretch_is_marked_once",
                violation_error_message="이미 표시한 말입니다.",
            ),
            models.UniqueConstraint(
                fields=["document", "quote"],
                condition=Q(lifted_at=None, block=None),
                name="a_word_of_the_paper_is_marked_once",
                violation_error_message="이미 표시한 말입니다.",
            ),
            models.CheckConstraint(
                name="a_mark_of_the_whole_paper_names_words",
                condition=Q(block__isnull=False) | ~Q(quote=""),
                violation_error_message="문서 전체에서 가릴 말을 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_lifted_mark_says_who_and_why",
                condition=Q(lifted_at=None, lifted_by=None, lifted_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason=""),
                violation_error_message="표시를 연 사람과 까닭을 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_mark_has_a_clause_and_a_reason",
                condition=~Q(clause="") & ~Q(reason=""),
                violation_error_message="비공개 조항과 까닭을 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_mark_of_clause_5_is_looked_at_again",
                condition=~Q(clause__contains="5") | Q(review_on__isnull=False),
                violation_error_message="5호(감독·검사, 의사결정 과정)에는 다시 볼 날을 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return self.quote or "전체"
