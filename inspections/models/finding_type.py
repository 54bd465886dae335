"""지적 유형: the catalogue by which findings of different years and offices are compared."""

from django.db import models


class FindingType(models.Model):
    name = models.CharField(
        "이름", max_length=60, unique=True, error_messages={"unique": "이미 있는 지적 유형입니다."}
    )
    order = models.PositiveIntegerField("순서", default=0)
    is_active = models.BooleanField("사용", default=True, help_text="끄면 새로 고를 수 없습니다.")

    class Meta:
        verbose_name = "지적 유형"
        verbose_name_plural = "지적 유형"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name
