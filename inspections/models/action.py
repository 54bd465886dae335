"""조치사항: what is demanded after an inspection."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Department
from contractors.models import Contractor
from inspections.models.finding import Finding
from inspections.models.inspection import Inspection


class ActionQuerySet(models.QuerySet):
    def open(self, today):
        """Still to be done or to be verified; what is accepted until a day rests until that day is over."""
        resting = Q(status=Action.Status.ACCEPTED, accepted_until__gte=today)
        return self.exclude(status__in=Action.CLOSED).exclude(resting)

    def waiting_for_owner(self, today):
        """Open, and whoever has to act has the word."""
        return self.open(today).exclude(status__in=[Action.Status.REPORTED, Action.Status.OBJECTED])

    def overdue(self, today):
        return self.waiting_for_owner(today).filter(due_on__lt=today)

    def visible_to(self, user):
        """With its inspection; to the office that is asked; to the contractor once it was told.

        Whoever sees it by the second or third way sees this one and nothing else of the inspection.
        """
        if user.is_contractor:
            own = Q(contractor__users__user=user, owner=Action.Owner.CONTRACTOR, told_on__isnull=False)
            return self.filter(own)
        seen = Q(inspection__in=Inspection.objects.visible_to(user))
        return self.filter(
            seen | Q(owner=Action.Owner.OTHER, department=user.office) if user.office else seen
        )


class Action(models.Model):
    """One demand. A deadline and an amount are rare in a result report and therefore optional.

    What is demanded is written by inspections.following_up while the inspection is open; what becomes of it,
    by follow_up.acting once it is done.
    """

    class Owner(models.TextChoices):
        CONTRACTOR = "contractor", "수탁기관"
        DEPARTMENT = "department", "점검 부서"
        OTHER = "other", "다른 부서"

    class Status(models.TextChoices):
        DEMANDED = "demanded", "요구"
        REPORTED = "reported", "이행 보고"
        REWORK = "rework", "보완 요구"
        OBJECTED = "objected", "이의 제기"
        ACCEPTED = "accepted", "기한 미도래"
        VERIFIED = "verified", "확인 완료"
        WITHDRAWN = "withdrawn", "요구 취소"

    # Nothing more is awaited; all else is followed up.
    CLOSED = (Status.VERIFIED, Status.WITHDRAWN)

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
    contractor = models.ForeignKey(
        Contractor, verbose_name="조치할 수탁기관", on_delete=models.PROTECT, null=True, blank=True,
        related_name="actions",
    )  # fmt: skip
    in_charge = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="담당자", on_delete=models.PROTECT, null=True, blank=True,
        related_name="actions_in_charge",
    )  # fmt: skip
    told_on = models.DateField("요구를 알린 날", null=True, blank=True, editable=False)
    told_by_paper = models.CharField("알린 문서", max_length=80, blank=True, editable=False)
    due_on = models.DateField("기한", null=True, blank=True)
    won = models.BigIntegerField("금액(원)", null=True, blank=True)
    status = models.CharField("상태", max_length=10, choices=Status, default=Status.DEMANDED, editable=False)
    status_note = models.CharField("처리 내용", max_length=300, blank=True, editable=False)
    status_on = models.DateField("처리일", null=True, editable=False)
    reported_on = models.DateField("이행 보고일", null=True, editable=False)
    accepted_until = models.DateField("미루어 준 날", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "조치사항"
        verbose_name_plural = "조치사항"
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="action_open",
                condition=~Q(status__in=["verified", "withdrawn"]),
            ),
            models.Index(fields=["contractor", "status"], name="action_by_contractor"),
            models.Index(fields=["department", "status"], name="action_by_department"),
            models.Index(fields=["in_charge", "status"], name="action_by_person"),
        ]
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
            models.CheckConstraint(
                name="an_accepted_action_says_until_when",
                condition=Q(status="accepted", accepted_until__isnull=False)
                | (~Q(status="accepted") & Q(accepted_until=None)),
                violation_error_message="미루어 준 조치에는 언제까지인지 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="only_a_contractors_action_names_one",
                condition=Q(contractor=None) | Q(owner="contractor"),
                violation_error_message="수탁기관이 할 조치에만 수탁기관을 정합니다.",
            ),
            models.CheckConstraint(
                name="a_reported_action_says_when",
                condition=~Q(status__in=["reported", "verified"]) | Q(status_on__isnull=False),
                violation_error_message="이행을 보고한 날을 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return self.text[:80]

    @property
    def is_closed(self):
        return self.status in self.CLOSED

    @property
    def owner_name(self):
        """Who has to act, by name."""
        if self.owner == self.Owner.CONTRACTOR:
            return str(self.contractor or self.inspection.subject)
        return str(self.department or self.inspection.department)

    def is_late(self, today):
        """Overdue and not reported, or reported after its time: it stays visible when all is done."""
        if self.due_on is None or self.status == self.Status.WITHDRAWN:
            return False
        if self.reported_on and self.status in {self.Status.REPORTED, self.Status.VERIFIED}:
            return self.reported_on > self.due_on
        if self.is_closed or (self.accepted_until and self.accepted_until >= today):
            return False
        return self.due_on < today
