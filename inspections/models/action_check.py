"""지난 조치의 확인: what an inspection saw of the demands that were still open when it began."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from inspections.models.action import Action
from inspections.models.inspection import Inspection


class ActionCheck(models.Model):
    """One verdict on one earlier demand. Written by follow_up.past_actions only."""

    class Result(models.TextChoices):
        DONE = "done", "이행됨"
        OPEN = "open", "아직 이행하지 않음"

    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.CASCADE, related_name="action_checks"
    )
    action = models.ForeignKey(
        Action, verbose_name="지난 조치사항", on_delete=models.PROTECT, related_name="checks"
    )
    result = models.CharField("확인 결과", max_length=4, choices=Result)
    note = models.TextField("확인한 내용")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="확인한 사람", on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField("확인한 날")

    class Meta:
        verbose_name = "지난 조치 확인"
        verbose_name_plural = "지난 조치 확인"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "action"],
                name="an_inspection_checks_an_action_once",
                violation_error_message="이 점검에서 이미 확인한 조치입니다.",
            ),
            models.CheckConstraint(
                name="a_check_says_what_was_seen",
                condition=~Q(note=""),
                violation_error_message="무엇을 보았는지 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.get_result_display()}: {self.action}"
