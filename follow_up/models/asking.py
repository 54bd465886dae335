"""자료 제출 요구: an itemised list of papers, each answered and judged by itself; and what is wished for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from follow_up.models.files import KeptFile
from inspections.models import Inspection


class PaperItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With its inspection; to the contractor from the day it was asked."""
        if user.is_contractor:
            contractor = getattr(getattr(user, "contractor_user", None), "contractor", None)
            mine = Inspection.objects.of_contractor(contractor) if contractor else Inspection.objects.none()
            return self.filter(asked_on__isnull=False, inspection__in=mine)
        return self.filter(inspection__in=Inspection.objects.visible_to(user))

    def waiting(self):
        """Asked, and the contractor has the word."""
        return self.filter(asked_on__isnull=False, state__in=[PaperItem.State.ASKED, PaperItem.State.LACKING])


class PaperItem(models.Model):
    """One paper that is asked for. Its state is written by follow_up.asking only."""

    class State(models.TextChoices):
        ASKED = "asked", "요구"
        SENT = "sent", "제출"
        TAKEN = "taken", "확인"
        LACKING = "lacking", "보완 요구"
        NONE = "none", "해당 없음"

    id = models.UUIDField("번호", primary_key=True, default=uuid.uuid4)
    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.CASCADE, related_name="paper_items"
    )
    position = models.PositiveIntegerField("순서")
    text = models.CharField("요구하는 자료", max_length=300)
    basis = models.CharField("근거", max_length=160, blank=True, help_text="예: 협약서 제12조")
    due_on = models.DateField("제출기한", null=True, blank=True)
    asked_on = models.DateField("요구한 날", null=True, editable=False)
    state = models.CharField("상태", max_length=7, choices=State, default=State.ASKED, editable=False)
    answer = models.TextField("제출하며 적은 말", blank=True, editable=False)
    answered_on = models.DateField("제출한 날", null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="제출한 사람", on_delete=models.PROTECT, null=True,
        editable=False, related_name="+",
    )  # fmt: skip
    note = models.CharField("확인 내용", max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PaperItemQuerySet.as_manager()

    class Meta:
        verbose_name = "요구 자료"
        verbose_name_plural = "요구 자료"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_paper_that_is_asked_for_is_named",
                condition=~Q(text=""),
                violation_error_message="어떤 자료인지 적어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_sent_paper_says_when_and_by_whom",
                condition=Q(state="asked") | Q(answered_on__isnull=False, answered_by__isnull=False),
                violation_error_message="제출한 자료에는 날짜와 제출한 사람이 있어야 합니다.",
            ),
        ]

    def __str__(self):
        return self.text


class PaperFile(KeptFile):
    """A file that was sent; the bytes lie where those of the evidence lie."""

    item = models.ForeignKey(
        PaperItem, verbose_name="요구 자료", on_delete=models.CASCADE, related_name="files"
    )

    class Meta(KeptFile.Meta):
        verbose_name = "제출 파일"
        verbose_name_plural = "제출 파일"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "sha256"],
                name="a_file_is_sent_once_for_a_paper",
                violation_error_message="같은 파일을 이미 보냈습니다.",
            ),
        ]


class Wish(models.Model):
    """연기·점검자 변경 신청: what the contractor asks about a visit, and the office's answer."""

    class Kind(models.TextChoices):
        POSTPONE = "postpone", "점검 연기"
        INSPECTOR = "inspector", "점검자 변경"

    class Answer(models.TextChoices):
        GRANTED = "granted", "받아들임"
        REFUSED = "refused", "받아들이지 않음"

    id = models.UUIDField("번호", primary_key=True, default=uuid.uuid4)
    inspection = models.ForeignKey(
        Inspection, verbose_name="점검", on_delete=models.CASCADE, related_name="wishes"
    )
    kind = models.CharField("무엇", max_length=9, choices=Kind)
    text = models.TextField("까닭")
    wished_on = models.DateField("바라는 날", null=True, blank=True)
    asked_on = models.DateField("신청한 날")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="신청한 사람", on_delete=models.PROTECT, related_name="+"
    )
    answer_due_on = models.DateField("답할 기한", null=True)
    answer = models.CharField("결정", max_length=7, choices=Answer, blank=True)
    answer_text = models.TextField("답", blank=True)
    answered_on = models.DateField("답한 날", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="답한 사람",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "연기·점검자 변경 신청"
        verbose_name_plural = "연기·점검자 변경 신청"
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "kind"],
                condition=Q(answer=""),
                name="one_wish_of_a_kind_waits_at_a_time",
                violation_error_message="답을 기다리는 신청이 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="an_answered_wish_says_why",
                condition=Q(answer="", answered_on=None, answered_by=None)
                | (
                    ~Q(answer="")
                    & ~Q(answer_text="")
                    & Q(answered_on__isnull=False, answered_by__isnull=False)
                ),
                violation_error_message="답에는 결정, 까닭, 날짜가 있어야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} 신청"
