"""함께 쓰는 사람: where each of them is in a draft."""

from django.db import models

from inspections.models.presence import Trace
from reports.models.document import Document


class PaperPresence(Trace):
    document = models.ForeignKey(Document, verbose_name="문서", on_delete=models.CASCADE, related_name="+")
    line = models.CharField("보는 줄", max_length=36, blank=True)

    class Meta:
        verbose_name = "함께 쓰는 사람의 자리"
        verbose_name_plural = "함께 쓰는 사람의 자리"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "user"],
                name="a_user_is_at_one_place_of_a_paper",
                violation_error_message="한 사람은 문서 하나에 한 자리만 있습니다.",
            )
        ]
