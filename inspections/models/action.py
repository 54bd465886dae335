"""조치사항: what is demanded after an inspection."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Department
from inspections.models.finding import Finding
from inspections.models.inspection import Inspection


class Action(models.Model):
    """One demand. A deadline and an amount are rare in a result report and therefore optional."""

    class Owner(models.TextChoices):
        CONTRACTOR = "contractor", "수탁기관"
        DEPARTMENT = "department", "점검 부서"
        OTHER = "other", "다른 부서"

    class Status(models.TextChoices):
        DEMANDED = "demanded", "요구"
        REPORTED = "reported", "이행 보고"
        VERIFIED = "verified", "확인 완료"

    id = models.UUIDField("번호", primary_key=True, default=uuid.uuid4, help_text="기기에서 만듭니다.")
    inspection = models.ForeignKey(
        Inspection,
        verbose_name="점검",
        on_delete=models.CASCADE,
        related_name="actions",
    )
    position = models.BigIntegerField("순서")
    text = models.TextField("조치사항")
    findings = models.ManyToManyField(Finding, verbose_name="점검결과", blank=True, related_name="actions")
    owner = models.CharField("조치할 곳", max_length=12, choices=Owner, default=Owner.CONTRACTOR)
    department = models.ForeignKey(
        Department,
        verbose_name="조치할 부서",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    due_on = models.DateField("기한", null=True, blank=True)
    won = models.BigIntegerField("금액(원)", null=True, blank=True)
    status = models.CharField("상태", max_length=10, choices=Status, default=Status.DEMANDED, editable=False)
    status_note = models.CharField("처리 내용", max_length=300, blank=True, editable=False)
    status_on = models.DateField("처리일", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "조치사항"
        verbose_name_plural = "조치사항"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_action_of_another_department_names_it",
                condition=~Q(owner="other") | Q(department__isnull=False),
                violation_error_message="다른 부서가 할 조치에는 그 부서를 정해야 합니다.",
            ),
            models.CheckConstraint(
                name="an_action_says_what_to_do",
                condition=~Q(text=""),
                violation_error_message="조치할 내용을 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return self.text[:80]
