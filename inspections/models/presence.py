"""함께 보는 사람: who has the checklist open, and at which line."""

from django.conf import settings
from django.db import models

from inspections.models.inspection import Inspection


class Trace(models.Model):
    """Where somebody is; it fades within a minute and is no record of what anybody did."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="사용자", on_delete=models.CASCADE, related_name="+"
    )
    seen_at = models.DateTimeField("본 때")

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.user} {self.line}"


class Presence(Trace):
    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.CASCADE, related_name="+"
    )
    line = models.CharField("보는 줄", max_length=20, blank=True)

    class Meta:
        verbose_name = "함께 보는 사람"
        verbose_name_plural = "함께 보는 사람"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "user"],
                name="a_user_is_at_one_place_of_an_inspection",
                violation_error_message="한 사람은 점검 하나에 한 자리만 있습니다.",
            )
        ]
