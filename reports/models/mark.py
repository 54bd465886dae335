"""비공개 표시: what of a paper the public edition hides, by which clause and why. Part of what is signed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.models.block import Block
from reports.models.document import Document


class DisclosureMark(models.Model):
    """A quote in one line, table or photograph; an empty one hides all of it. Written by reports.marking."""

    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.CASCADE, related_name="marks"
    )
    block = models.ForeignKey(Block, verbose_name="줄", on_delete=models.CASCADE, related_name="marks")
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

    class Meta:
        verbose_name = "비공개 표시"
        verbose_name_plural = "비공개 표시"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["block", "quote"],
                name="a_stretch_is_marked_once",
                violation_error_message="이미 표시한 말입니다.",
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
