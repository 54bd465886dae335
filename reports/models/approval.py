"""결재: rounds of approval and their steps."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.models.document import Document


class ApprovalRound(models.Model):
    """One journey of a paper along its line. Earlier rounds are kept as they were."""

    class Status(models.TextChoices):
        OPEN = "open", "진행 중"
        APPROVED = "approved", "결재 완료"
        RETURNED = "returned", "반려"
        WITHDRAWN = "withdrawn", "회수"
        CORRECTED = "corrected", "고쳐서 다시"

    document = models.ForeignKey(
        Document, verbose_name="문서", on_delete=models.PROTECT, related_name="rounds"
    )
    number = models.PositiveIntegerField("회차")
    status = models.CharField("상태", max_length=10, choices=Status, default=Status.OPEN)
    content = models.JSONField("상신한 내용", help_text="결재를 요청할 때의 문서 나무")
    content_sha256 = models.CharField("내용 해시", max_length=64)
    requested_at = models.DateTimeField("요청 일시")
    closed_at = models.DateTimeField("끝난 일시", null=True)

    class Meta:
        verbose_name = "결재 회차"
        verbose_name_plural = "결재 회차"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_round_of_a_number"),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(status="open"),
                name="one_open_round_of_a_document",
                violation_error_message="이미 결재가 진행 중입니다.",
            ),
            models.CheckConstraint(
                name="a_closed_round_says_when",
                condition=Q(status="open", closed_at=None) | (~Q(status="open") & Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.document} {self.number}차 결재"


class ApprovalStep(models.Model):
    """One signature, to be given or given, in its order."""

    class Act(models.TextChoices):
        DRAFT = "draft", "기안"
        REVIEW = "review", "검토"
        CONCUR = "concur", "협조"
        APPROVE = "approve", "결재"

    class Status(models.TextChoices):
        WAITING = "waiting", "대기"
        SIGNED = "signed", "서명"
        RETURNED = "returned", "반려"

    round = models.ForeignKey(
        ApprovalRound,
        verbose_name="결재 회차",
        on_delete=models.PROTECT,
        related_name="steps",
    )
    order = models.PositiveIntegerField("순서")
    turn = models.PositiveIntegerField("차례", help_text="같은 차례의 사람들은 한꺼번에 처리합니다.")
    act = models.CharField("행위", max_length=8, choices=Act)
    is_delegated = models.BooleanField("전결", default=False)
    stood_in = models.CharField("대신함", max_length=6, blank=True, help_text="대결이나 직무대리")
    deputy_position = models.CharField("대결한 사람의 직위", max_length=40, blank=True)
    held_reason = models.CharField("보류 사유", max_length=300, blank=True)
    mark = models.CharField("표시", max_length=2, blank=True, help_text="★ 발의자, ◉ 보고자")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="결재자",
        on_delete=models.PROTECT,
        related_name="steps",
    )
    status = models.CharField("상태", max_length=10, choices=Status, default=Status.WAITING)
    position = models.CharField("직위(당시)", max_length=40)
    name = models.CharField("이름(당시)", max_length=40)
    acted_at = models.DateTimeField("처리 일시", null=True)
    acted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="처리한 사람",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    opinion = models.TextField("의견", blank=True)
    exception_reason = models.CharField(
        "예외 사유",
        max_length=300,
        blank=True,
        help_text="점검에 참여한 사람이 결재할 때",
    )
    content_sha256 = models.CharField("서명한 내용 해시", max_length=64, blank=True)

    class Meta:
        verbose_name = "결재 단계"
        verbose_name_plural = "결재 단계"
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["assignee", "status"], name="step_box")]
        constraints = [
            models.UniqueConstraint(fields=["round", "order"], name="one_step_at_a_place_of_a_round"),
            models.UniqueConstraint(
                fields=["round", "assignee"],
                name="a_person_stands_once_in_a_line",
                violation_error_message="한 사람이 결재선에 두 번 들어갈 수 없습니다.",
            ),
            models.CheckConstraint(
                name="a_signature_is_bound_to_what_it_signed",
                condition=(
                    Q(status="waiting", acted_at=None, acted_by=None, content_sha256="")
                    | (
                        Q(
                            status__in=["signed", "returned"],
                            acted_at__isnull=False,
                            acted_by__isnull=False,
                        )
                        & ~Q(content_sha256="")
                    )
                ),
            ),
            models.CheckConstraint(
                name="only_a_decision_is_delegated",
                condition=Q(is_delegated=False) | Q(act="approve"),
                violation_error_message="전결은 마지막 결재에만 둡니다.",
            ),
            models.CheckConstraint(
                name="a_return_has_a_reason",
                condition=~Q(status="returned") | ~Q(opinion=""),
                violation_error_message="반려할 때는 사유를 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.get_act_display()} {self.position} {self.name}"
