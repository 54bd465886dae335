"""처분: what the city decides upon a finding, towards whom, and how it was heard before."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Department
from follow_up.models.codes import DeadlineRule, DispositionType, Ladder
from inspections.models import Action, Finding, Inspection


class DispositionQuerySet(models.QuerySet):
    def standing(self):
        """Those that count: not cancelled and not replaced by another."""
        return self.exclude(status__in=[Disposition.Status.CHANGED, Disposition.Status.CANCELLED])

    def visible_to(self, user):
        """With their inspection; to the contractor's people from the notice on."""
        if user.is_contractor:
            told = Q(status__in=[Disposition.Status.NOTIFIED, Disposition.Status.DECIDED])
            return self.filter(told, contractor__users__user=user)
        return self.filter(inspection__in=Inspection.objects.visible_to(user))


class Disposition(models.Model):
    """One 처분. Its status is written by follow_up.disposing only."""

    class Status(models.TextChoices):
        PLANNED = "planned", "예정"
        NOTIFIED = "notified", "사전통지"
        DECIDED = "decided", "확정"
        CHANGED = "changed", "변경됨"
        CANCELLED = "cancelled", "취소"

    class Addressee(models.TextChoices):
        CONTRACTOR = "contractor", "수탁기관"
        PERSON = "person", "수탁기관의 직원(직위)"
        DEPARTMENT = "department", "시의 부서"
        THIRD = "third", "그 밖의 상대"

    id = models.UUIDField("번호", primary_key=True, default=uuid.uuid4, help_text="기기에서 만듭니다.")
    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.PROTECT, related_name="dispositions"
    )
    finding = models.ForeignKey(
        Finding, verbose_name="점검결과", on_delete=models.PROTECT, null=True, blank=True,
        related_name="dispositions",
    )  # fmt: skip
    contractor = models.ForeignKey(
        "contractors.Contractor", verbose_name="수탁기관", on_delete=models.PROTECT, null=True, blank=True,
        related_name="dispositions",
    )  # fmt: skip
    disposition_type = models.ForeignKey(
        DispositionType, verbose_name="처분", on_delete=models.PROTECT, related_name="dispositions"
    )
    ladder = models.ForeignKey(
        Ladder, verbose_name="처분 기준", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    earlier = models.PositiveSmallIntegerField("앞선 처분 횟수", default=0)
    proposed_type = models.ForeignKey(
        DispositionType, verbose_name="기준이 정한 처분", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    override_reason = models.CharField("기준과 다르게 정한 까닭", max_length=300, blank=True)
    status = models.CharField("상태", max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    addressee = models.CharField("상대", max_length=12, choices=Addressee, default=Addressee.CONTRACTOR)
    addressee_name = models.CharField(
        "상대의 직위·이름", max_length=80, blank=True, help_text="예: 시설장, 회계 담당, 학부모"
    )
    department = models.ForeignKey(
        Department, verbose_name="부서", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField("내용", blank=True)
    basis = models.CharField("법적 근거", max_length=200, blank=True)
    count = models.PositiveIntegerField("건수", null=True, blank=True)
    won = models.BigIntegerField("금액(원)", null=True, blank=True)
    persons = models.PositiveIntegerField("인원", null=True, blank=True)
    starts_on = models.DateField("시작일", null=True, blank=True)
    ends_on = models.DateField("종료일", null=True, blank=True)
    due_on = models.DateField("기한", null=True, blank=True)
    action = models.ForeignKey(
        Action, verbose_name="조치사항", on_delete=models.PROTECT, null=True, blank=True,
        related_name="dispositions",
    )  # fmt: skip
    replaces = models.OneToOneField(
        "self", verbose_name="변경한 처분", on_delete=models.PROTECT, null=True, blank=True,
        related_name="replaced_by",
    )  # fmt: skip
    decided_on = models.DateField("확정일", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="확정한 사람", on_delete=models.PROTECT, null=True,
        editable=False, related_name="+",
    )  # fmt: skip
    early_reason = models.CharField("기한 전에 확정한 까닭", max_length=300, blank=True, editable=False)
    end_reason = models.CharField("변경·취소한 까닭", max_length=300, blank=True, editable=False)
    created_on = models.DateField("적은 날", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DispositionQuerySet.as_manager()

    class Meta:
        verbose_name = "처분"
        verbose_name_plural = "처분"
        ordering = ["created_on", "pk"]
        indexes = [
            models.Index(fields=["inspection", "status"], name="disposition_by_inspection"),
            models.Index(fields=["contractor", "decided_on"], name="disposition_by_contractor"),
        ]
        constraints = [
            models.CheckConstraint(
                name="another_rung_has_a_reason",
                condition=Q(proposed_type=None)
                | Q(disposition_type=F("proposed_type"))
                | ~Q(override_reason=""),
                violation_error_message="처분 기준과 다르게 정하면 까닭을 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_decided_disposition_says_when_and_by_whom",
                condition=Q(
                    status__in=["decided", "changed"], decided_on__isnull=False, decided_by__isnull=False
                )
                | Q(status="cancelled")
                | Q(status__in=["planned", "notified"], decided_on=None, decided_by=None),
                violation_error_message="확정한 처분에는 날짜와 확정한 사람이 있어야 합니다.",
            ),
            models.CheckConstraint(
                name="an_ended_disposition_has_a_reason",
                condition=~Q(status__in=["changed", "cancelled"]) | ~Q(end_reason=""),
                violation_error_message="처분을 바꾸거나 취소하면 까닭을 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_disposition_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="종료일이 시작일보다 앞섭니다.",
            ),
            models.CheckConstraint(
                name="a_disposition_of_money_is_not_negative",
                condition=Q(won=None) | Q(won__gte=0),
                violation_error_message="금액은 0원 이상이어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_departments_disposition_names_it",
                condition=~Q(addressee="department") | Q(department__isnull=False),
                violation_error_message="시의 부서에 하는 처분에는 그 부서를 정해야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.disposition_type}: {self.text[:60]}" if self.text else str(self.disposition_type)

    @property
    def is_standing(self):
        return self.status not in {self.Status.CHANGED, self.Status.CANCELLED}

    @property
    def to_whom(self):
        if self.addressee == self.Addressee.DEPARTMENT:
            return str(self.department)
        if self.addressee == self.Addressee.CONTRACTOR:
            return str(self.contractor or self.inspection.subject)
        return self.addressee_name


class Party(models.Model):
    """Whom a disposition concerns beside its addressee: 22 parents who get back what they paid."""

    class Role(models.TextChoices):
        CREDITOR = "creditor", "받을 사람"
        INTERMEDIARY = "intermediary", "거치는 곳"
        ADDRESSEE = "addressee", "상대"

    disposition = models.ForeignKey(
        Disposition, verbose_name="처분", on_delete=models.CASCADE, related_name="parties"
    )
    role = models.CharField("구분", max_length=12, choices=Role, default=Role.CREDITOR)
    name = models.CharField("누구", max_length=80, help_text="예: 학부모, 시설 종사자")
    persons = models.PositiveIntegerField("인원", null=True, blank=True)
    won = models.BigIntegerField("금액(원)", null=True, blank=True)

    class Meta:
        verbose_name = "처분 관계자"
        verbose_name_plural = "처분 관계자"
        ordering = ["pk"]

    def __str__(self):
        return self.name


class Procedure(models.Model):
    """사전통지와 청문: what has to come before a 행정처분."""

    disposition = models.OneToOneField(
        Disposition, verbose_name="처분", on_delete=models.PROTECT, related_name="procedure"
    )
    noticed_on = models.DateField("사전통지일")
    notice_paper = models.CharField("통지 문서번호", max_length=80, blank=True)
    rule = models.ForeignKey(
        DeadlineRule,
        verbose_name="계산 규칙",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    opinion_due_on = models.DateField("의견제출 기한")
    counted = models.TextField("기한을 센 방법", blank=True)
    hearing_on = models.DateField("청문일", null=True, blank=True)
    hearing_place = models.CharField("청문 장소", max_length=120, blank=True)
    hearing_note = models.TextField("청문 결과", blank=True)

    class Meta:
        verbose_name = "사전통지·청문"
        verbose_name_plural = "사전통지·청문"
        constraints = [
            models.CheckConstraint(
                name="opinions_are_awaited_after_the_notice",
                condition=Q(opinion_due_on__gt=F("noticed_on")),
                violation_error_message="의견제출 기한은 통지한 날보다 뒤여야 합니다.",
            ),
            models.CheckConstraint(
                name="a_hearing_follows_its_notice",
                condition=Q(hearing_on=None) | Q(hearing_on__gt=F("noticed_on")),
                violation_error_message="청문일은 통지한 날보다 뒤여야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.disposition} 사전통지"


class Opinion(models.Model):
    """의견제출: what the party says before the decision, and what the city answers."""

    class Source(models.TextChoices):
        PORTAL = "portal", "누리집"
        LETTER = "letter", "문서"
        ORAL = "oral", "말로"

    class Answer(models.TextChoices):
        ADOPTED = "adopted", "반영"
        PARTLY = "partly", "일부 반영"
        REJECTED = "rejected", "반영하지 않음"

    id = models.UUIDField("번호", primary_key=True, default=uuid.uuid4)
    disposition = models.ForeignKey(
        Disposition, verbose_name="처분", on_delete=models.PROTECT, related_name="opinions"
    )
    text = models.TextField("의견")
    source = models.CharField("받은 길", max_length=6, choices=Source, default=Source.LETTER)
    paper = models.CharField("문서번호", max_length=80, blank=True)
    received_on = models.DateField("받은 날")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="적은 사람", on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField("반영 여부", max_length=8, choices=Answer, blank=True)
    answer_text = models.TextField("답", blank=True)
    answered_on = models.DateField("답한 날", null=True)

    class Meta:
        verbose_name = "의견제출"
        verbose_name_plural = "의견제출"
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_answered_opinion_says_how",
                condition=Q(answer="", answer_text="", answered_on=None)
                | (~Q(answer="") & ~Q(answer_text="") & Q(answered_on__isnull=False)),
                violation_error_message="의견에 답하려면 반영 여부, 까닭, 날짜가 있어야 합니다.",
            ),
        ]

    def __str__(self):
        return self.text[:80]
