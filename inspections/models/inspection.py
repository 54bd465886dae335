"""One inspection of one subject and the people who carry it out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from accounts.models import Department
from contractors.models import Agreement, Subject
from inspections.models.checklist import Checklist
from inspections.models.period import DatePrecision, PeriodPart, StatusReason
from notation import dates


def sight_of(user):
    """What of a user decides about the inspections he sees."""
    everything = user.is_superuser or user.is_superintendent or user.is_viewer
    if user.is_contractor or everything:
        return {"everything": everything and not user.is_contractor, "user": None, "office": None}
    return {"everything": False, "user": user.pk, "office": user.office and user.office.pk}


class InspectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """City-wide for 총괄 and 열람자; else one's office's and those one goes along on."""
        return self.in_sight(**sight_of(user))

    def in_sight(self, *, everything, user, office):
        """The same, of what `sight_of` says about a user: for statements that are prepared."""
        if everything:
            return self
        if user is None:
            return self.none()
        mine = Q(pk__in=TeamMember.objects.filter(user=user).values("inspection"))
        return self.filter(mine | Q(department=office)) if office else self.filter(mine)

    def of_contractor(self, contractor):
        """Those of subjects that it runs, alone or jointly."""
        joint = Inspection.joint_agreements.through.objects.filter(agreement__contractor=contractor)
        return self.filter(Q(agreement__contractor=contractor) | Q(pk__in=joint.values("inspection")))

    def open(self):
        """Still to be worked on."""
        return self.filter(status__in=Inspection.OPEN)

    def active(self):
        """Those that count as work: neither excluded nor given up."""
        return self.exclude(status__in=[Inspection.Status.EXCLUDED, Inspection.Status.NOT_DONE])


class Inspection(models.Model):
    """지도·점검. Its status is written by inspections.workflow only."""

    class Status(models.TextChoices):
        PLANNED = "planned", "계획"
        IN_PROGRESS = "in_progress", "점검 중"
        DONE = "done", "점검 완료"
        EXCLUDED = "excluded", "제외"
        NOT_DONE = "not_done", "미실시"

    OPEN = (Status.PLANNED, Status.IN_PROGRESS)  # answers, findings and evidence may change

    class Method(models.TextChoices):
        ON_SITE = "on_site", "현장"
        PAPER = "paper", "서면"
        INTERVIEW = "interview", "면담"
        REMOTE = "remote", "비대면"

    part = models.ForeignKey(
        PeriodPart,
        verbose_name="점검 회차",
        on_delete=models.PROTECT,
        related_name="inspections",
    )
    subject = models.ForeignKey(
        Subject,
        verbose_name="점검대상",
        on_delete=models.PROTECT,
        related_name="inspections",
    )
    agreement = models.ForeignKey(
        Agreement,
        verbose_name="협약",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
    )
    joint_agreements = models.ManyToManyField(
        Agreement,
        verbose_name="공동 수탁 협약",
        blank=True,
        related_name="joint_inspections",
        help_text="여러 기관이 함께 맡은 사무이면 나머지 기관의 협약.",
    )
    sites = models.ManyToManyField(
        Subject,
        verbose_name="점검 장소",
        blank=True,
        related_name="+",
        help_text="여러 장소를 한 번에 점검하면 그 장소들. 장소마다 묻는 항목은 장소마다 답합니다.",
    )
    department = models.ForeignKey(
        Department,
        verbose_name="점검 부서(처리과)",
        on_delete=models.PROTECT,
        related_name="inspections",
    )
    checklist = models.ForeignKey(
        Checklist,
        verbose_name="점검표",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
    )
    previous = models.ForeignKey(
        "self",
        verbose_name="지난 점검",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="following",
    )
    status = models.CharField("상태", max_length=12, choices=Status, default=Status.PLANNED, editable=False)
    status_reason = models.ForeignKey(
        StatusReason,
        verbose_name="제외·미실시 사유",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )
    status_note = models.TextField("제외·미실시 설명", blank=True, editable=False)
    covers_from = models.DateField("대상기간 시작", null=True, blank=True)
    covers_to = models.DateField("대상기간 끝", null=True, blank=True)
    covers_precision = models.CharField(
        "대상기간 끝의 정밀도",
        max_length=5,
        choices=DatePrecision,
        default=DatePrecision.DAY,
    )
    covers_to_present = models.BooleanField("현재까지", default=False)
    methods = models.JSONField("점검방법", default=list, blank=True)
    method_note = models.CharField("점검방법 설명", max_length=200, blank=True)
    outcome = models.CharField("종합 의견", max_length=200, blank=True)
    completed_at = models.DateTimeField("완료 일시", null=True, editable=False)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="완료한 사람", on_delete=models.PROTECT, null=True,
        editable=False, related_name="+",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = "지도·점검"
        verbose_name_plural = "지도·점검"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["department", "status", "-id"], name="inspection_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "subject"],
                name="one_inspection_of_a_subject_in_a_part",
                violation_error_message="이 회차에 이미 들어 있는 점검대상입니다.",
            ),
            models.CheckConstraint(
                name="a_done_inspection_says_when_and_by_whom",
                condition=Q(
                    status="done",
                    completed_at__isnull=False,
                    completed_by__isnull=False,
                )
                | (~Q(status="done") & Q(completed_at=None, completed_by=None)),
                violation_error_message="완료 상태와 완료 기록이 일치하지 않습니다.",
            ),
            models.CheckConstraint(
                name="an_excluded_inspection_has_a_reason",
                condition=Q(status__in=["excluded", "not_done"], status_reason__isnull=False)
                | (~Q(status__in=["excluded", "not_done"]) & Q(status_reason=None)),
                violation_error_message="제외하거나 하지 못한 점검에는 사유가 있어야 합니다.",
            ),
            models.CheckConstraint(
                name="the_covered_time_ends_after_it_starts",
                condition=Q(covers_from=None) | Q(covers_to=None) | Q(covers_to__gte=F("covers_from")),
                violation_error_message="대상기간의 끝이 시작보다 앞섭니다.",
            ),
        ]

    def __str__(self):
        return f"{self.part.period.year}년 {self.subject} 지도·점검"

    @property
    def is_open(self):
        """Still to be worked on: answers, findings and evidence may change."""
        return self.status in self.OPEN

    @property
    def has_begun(self):
        return self.status in {self.Status.IN_PROGRESS, self.Status.DONE}

    @property
    def is_done(self):
        return self.status == self.Status.DONE

    @cached_property
    def is_reported(self):
        """Its report is approved."""
        return self.is_done and self.documents.filter(kind="result", status="approved").exists()

    @property
    def is_followed_up(self):
        """Nothing that was demanded is still open."""
        return self.is_reported and not self.actions.exclude(status__in=["verified", "withdrawn"]).exists()

    @property
    def contractor(self):
        return self.agreement.contractor if self.agreement_id else None

    @property
    def contractors(self):
        """The contractor and those who run the subject jointly with it."""
        joint = [agreement.contractor for agreement in self.joint_agreements.select_related("contractor")]
        return [self.contractor, *joint] if self.agreement_id else joint

    @property
    def covers(self):
        """’20. 1. 1. ~ ’20. 12월 현재"""
        if not self.covers_from:
            return ""
        by_month = self.covers_precision == DatePrecision.MONTH
        return dates.short_range(
            self.covers_from, self.covers_to, month_end=by_month, until_now=self.covers_to_present
        )

    @property
    def method_text(self):
        """현장, 면담"""
        return ", ".join(label for method, label in self.Method.choices if method in self.methods)


class TeamMember(models.Model):
    """점검자: an official, an outside expert, or a mere count of people."""

    class Role(models.TextChoices):
        IN_CHARGE = "in_charge", "담당자"
        LEAD = "lead", "점검반장"
        MEMBER = "member", "점검자"
        EXPERT = "expert", "외부전문가"
        OBSERVER = "observer", "참관"

    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.CASCADE, related_name="team"
    )
    order = models.PositiveIntegerField("순서", default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="직원", on_delete=models.PROTECT, null=True, blank=True,
        related_name="memberships",
    )  # fmt: skip
    name = models.CharField("이름", max_length=40, blank=True)
    position = models.CharField("직위·직급", max_length=60, blank=True)
    organisation = models.CharField("소속", max_length=80, blank=True)
    squad = models.CharField("반", max_length=20, blank=True)
    role = models.CharField("역할", max_length=12, choices=Role, default=Role.MEMBER)
    headcount = models.PositiveIntegerField("인원", default=1)

    class Meta:
        verbose_name = "점검자"
        verbose_name_plural = "점검자"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "user"],
                condition=Q(user__isnull=False),
                name="a_user_is_in_a_team_once",
                violation_error_message="이미 점검자로 들어 있는 직원입니다.",
            ),
            models.CheckConstraint(
                name="a_named_member_is_one_person",
                condition=Q(headcount__gte=1) & (Q(user=None, name="") | Q(headcount=1)),
                violation_error_message="이름을 적으면 인원은 1입니다. 인원만 적으려면 이름을 비우세요.",
            ),
        ]

    def __str__(self):
        return self.name or (str(self.user) if self.user_id else f"{self.organisation} {self.headcount}인")
