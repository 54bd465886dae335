"""조치결과 보고: what the owner of an action says he did, the objection against it, and money paid."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from follow_up.models.files import KeptFile
from inspections.models import Action
from notation.dates import long_date


class Source(models.TextChoices):
    PORTAL = "portal", "누리집"
    LETTER = "letter", "문서"
    MAIL = "mail", "전자우편"
    VISIT = "visit", "방문"
    OFFICE = "office", "부서가 적음"


class ActionReport(models.Model):
    """One report on an action, and the verdict on it. Written by follow_up.acting only.

    Reports entered by the owner himself (누리집, 부서가 적음) are verified by somebody else.
    """

    class Verdict(models.TextChoices):
        VERIFIED = "verified", "확인"
        REWORK = "rework", "보완 요구"

    class How(models.TextChoices):
        PAPER = "paper", "서류 확인"
        VISIT = "visit", "방문 확인"
        INSPECTION = "inspection", "다음 점검에서 확인"

    id = models.UUIDField("번호", primary_key=True, default=uuid.uuid4, help_text="기기에서 만듭니다.")
    action = models.ForeignKey(
        Action, verbose_name="조치사항", on_delete=models.CASCADE, related_name="reports"
    )
    text = models.TextField("조치 내용")
    done_on = models.DateField("조치한 날")
    received_on = models.DateField("받은 날")
    source = models.CharField("받은 길", max_length=6, choices=Source, default=Source.LETTER)
    paper = models.CharField("문서번호·날짜", max_length=80, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="적은 사람", on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField("적은 일시")
    verdict = models.CharField("확인 결과", max_length=8, choices=Verdict, blank=True)
    how = models.CharField("확인 방법", max_length=10, choices=How, blank=True)
    verdict_note = models.TextField("확인 내용", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="확인한 사람", on_delete=models.PROTECT, null=True,
        related_name="+",
    )  # fmt: skip
    decided_on = models.DateField("확인한 날", null=True)

    class Meta:
        verbose_name = "조치결과 보고"
        verbose_name_plural = "조치결과 보고"
        ordering = ["entered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_verdict_says_by_whom_and_when",
                condition=Q(verdict="", decided_by=None, decided_on=None)
                | (
                    ~Q(verdict="")
                    & ~Q(verdict_note="")
                    & Q(decided_by__isnull=False, decided_on__isnull=False)
                ),
                violation_error_message="확인에는 확인한 사람, 날짜, 내용이 있어야 합니다.",
            ),
            models.CheckConstraint(
                name="nobody_verifies_his_own_report",
                condition=~Q(verdict="verified")
                | ~Q(source__in=["portal", "office"])
                | ~Q(decided_by=F("entered_by")),
                violation_error_message="자기가 한 조치는 다른 사람이 확인해야 합니다.",
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(verdict=""),
                name="one_report_waits_at_a_time",
                violation_error_message="확인을 기다리는 보고가 이미 있습니다.",
            ),
        ]

    def __str__(self):
        return self.text[:80]


class ReportFile(KeptFile):
    """A photograph or a paper beside a report; the bytes lie where those of the evidence lie."""

    report = models.ForeignKey(
        ActionReport, verbose_name="조치결과 보고", on_delete=models.CASCADE, related_name="files"
    )

    class Meta(KeptFile.Meta):
        verbose_name = "조치 증빙"
        verbose_name_plural = "조치 증빙"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sha256"],
                name="a_file_stands_once_beside_a_report",
                violation_error_message="같은 파일을 이미 올렸습니다.",
            ),
        ]


class Objection(models.Model):
    """이의 제기: the owner says that the demand is wrong, and what was decided."""

    class Decision(models.TextChoices):
        UPHELD = "upheld", "받아들임(요구 취소)"
        DISMISSED = "dismissed", "받아들이지 않음"

    id = models.UUIDField("번호", primary_key=True, default=uuid.uuid4)
    action = models.ForeignKey(
        Action, verbose_name="조치사항", on_delete=models.CASCADE, related_name="objections"
    )
    text = models.TextField("이의 내용")
    source = models.CharField("받은 길", max_length=6, choices=Source, default=Source.LETTER)
    paper = models.CharField("문서번호·날짜", max_length=80, blank=True)
    raised_on = models.DateField("받은 날")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="적은 사람", on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField("결정", max_length=10, choices=Decision, blank=True)
    reason = models.TextField("결정한 까닭", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="결정한 사람", on_delete=models.PROTECT, null=True,
        related_name="+",
    )  # fmt: skip
    decided_on = models.DateField("결정한 날", null=True)

    class Meta:
        verbose_name = "이의 제기"
        verbose_name_plural = "이의 제기"
        ordering = ["raised_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_decided_objection_says_why",
                condition=Q(decision="", decided_by=None, decided_on=None)
                | (~Q(decision="") & ~Q(reason="") & Q(decided_by__isnull=False, decided_on__isnull=False)),
                violation_error_message="이의에 대한 결정에는 까닭, 날짜, 결정한 사람이 있어야 합니다.",
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(decision=""),
                name="one_objection_waits_at_a_time",
                violation_error_message="결정을 기다리는 이의가 이미 있습니다.",
            ),
        ]

    def __str__(self):
        return self.text[:80]


class Payment(models.Model):
    """납부: a part of the money that was demanded, or interest on it."""

    class Kind(models.TextChoices):
        PRINCIPAL = "principal", "원금"
        INTEREST = "interest", "이자"

    id = models.UUIDField("번호", primary_key=True, default=uuid.uuid4)
    action = models.ForeignKey(
        Action, verbose_name="조치사항", on_delete=models.CASCADE, related_name="payments"
    )
    kind = models.CharField("구분", max_length=9, choices=Kind, default=Kind.PRINCIPAL)
    paid_on = models.DateField("낸 날")
    won = models.BigIntegerField("금액(원)")
    note = models.CharField("비고", max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="적은 사람", on_delete=models.PROTECT, related_name="+"
    )
    taken_back_reason = models.CharField("되돌린 까닭", max_length=200, blank=True)

    class Meta:
        verbose_name = "납부"
        verbose_name_plural = "납부"
        ordering = ["paid_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_payment_is_an_amount",
                condition=Q(won__gte=1),
                violation_error_message="낸 금액은 1원 이상이어야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{long_date(self.paid_on)} {self.won:,}원"
