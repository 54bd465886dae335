"""알림: what a person is reminded of, once for each occasion, and how often he wants mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from follow_up.models.disposition import Disposition
from inspections.models import Action, Inspection


class ReminderSetting(models.Model):
    """How often one person wants his reminders by mail; without a row, every day."""

    class Frequency(models.TextChoices):
        DAILY = "daily", "날마다 (있을 때만)"
        WEEKLY = "weekly", "한 주에 한 번 (월요일)"
        NEVER = "never", "받지 않음"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name="사용자", on_delete=models.CASCADE,
        related_name="reminder_setting",
    )  # fmt: skip
    frequency = models.CharField("메일", max_length=6, choices=Frequency, default=Frequency.DAILY)

    class Meta:
        verbose_name = "알림 설정"
        verbose_name_plural = "알림 설정"

    def __str__(self):
        return f"{self.user} {self.get_frequency_display()}"


class Reminder(models.Model):
    """One occasion: 7 days before a deadline, 3 days before, on the day, each week after.

    However often the job runs, an occasion is one row; one whose time has passed while it did not run is
    never made. Mail goes out of these rows and marks them.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="받는 사람", on_delete=models.CASCADE, related_name="reminders"
    )
    action = models.ForeignKey(
        Action, verbose_name="조치사항", on_delete=models.CASCADE, null=True, related_name="reminders"
    )
    disposition = models.ForeignKey(
        Disposition, verbose_name="처분", on_delete=models.CASCADE, null=True, related_name="reminders"
    )
    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.CASCADE, null=True, related_name="reminders",
        help_text="자료 제출과 자체점검의 기한이면 그 점검.",
    )  # fmt: skip
    due_on = models.DateField("기한")
    occasion = models.CharField("때", max_length=8)
    text = models.CharField("알림", max_length=200)
    made_at = models.DateTimeField("알린 일시")
    mailed_at = models.DateTimeField("메일 보낸 일시", null=True)
    read_at = models.DateTimeField("읽은 일시", null=True)

    class Meta:
        verbose_name = "기한 알림"
        verbose_name_plural = "기한 알림"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["user", "due_on"], name="reminder_unread", condition=Q(read_at=None)),
            models.Index(fields=["user"], name="reminder_to_mail", condition=Q(mailed_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_reminder_is_of_one_thing",
                condition=Q(action__isnull=False, disposition=None, inspection=None)
                | Q(action=None, disposition__isnull=False, inspection=None)
                | Q(action=None, disposition=None, inspection__isnull=False),
                violation_error_message="알림은 조치사항, 처분, 점검 가운데 하나에 대한 것입니다.",
            ),
            models.UniqueConstraint(
                fields=["user", "inspection", "due_on", "occasion"],
                condition=Q(inspection__isnull=False),
                name="one_reminder_of_an_inspection_on_an_occasion",
            ),
            models.UniqueConstraint(
                fields=["user", "action", "due_on", "occasion"],
                condition=Q(action__isnull=False),
                name="one_reminder_of_an_action_on_an_occasion",
            ),
            models.UniqueConstraint(
                fields=["user", "disposition", "due_on", "occasion"],
                condition=Q(disposition__isnull=False),
                name="one_reminder_of_a_disposition_on_an_occasion",
            ),
        ]

    def __str__(self):
        return self.text
