"""점검결과: the results outline. Each row is one line."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Department
from contractors.models import Subject
from inspections.models.checklist import ChecklistItem, Indicator
from inspections.models.finding_type import FindingType
from inspections.models.inspection import Inspection


class FindingQuerySet(models.QuerySet):
    def in_outline_order(self):
        return self.order_by("indicator__order", "section", "position", "pk")


class Finding(models.Model):
    """One line of the results under an indicator, of the whole (총평), or of the suggestions (건의).

    The lines of a section stand in a flat list by `position`; `level` says how deep a line hangs
    under the lines before it, so that a line belongs to the nearest line above of a lower level.
    Praise and fault mix under one headline, hence the kind sits on each line; an empty kind means
    the kind of the line above it. Written by inspections.outlining only.
    """

    class Section(models.TextChoices):
        INDICATOR = "indicator", "지표별 결과"
        OVERALL = "overall", "총평"
        SUGGESTION = "suggestion", "개선 및 건의 사항"

    class Level(models.IntegerChoices):
        HEADLINE = 1, "□"
        DASH = 2, "-"
        DOT = 3, "·"
        NOTE = 4, "※"

    class Kind(models.TextChoices):
        GOOD = "good", "양호"
        IMPROVE = "improve", "개선필요"
        FAULT = "fault", "지적"
        COMMENDATION = "commendation", "수범"
        SUGGESTION = "suggestion", "건의"

    class OriginState(models.TextChoices):
        OPEN = "open", "조치 중"
        DONE = "done", "조치 완료"

    # Kinds that may have a type of the catalogue; an empty kind is that of the line above.
    FAULTY = ("", Kind.FAULT, Kind.IMPROVE)

    id = models.UUIDField("번호", primary_key=True, default=uuid.uuid4, help_text="기기에서 만듭니다.")
    inspection = models.ForeignKey(
        Inspection,
        verbose_name="점검",
        on_delete=models.CASCADE,
        related_name="findings",
    )
    section = models.CharField("자리", max_length=10, choices=Section, default=Section.INDICATOR)
    indicator = models.ForeignKey(
        Indicator,
        verbose_name="지표",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    position = models.BigIntegerField("순서")
    level = models.PositiveSmallIntegerField("단계", choices=Level, default=Level.HEADLINE)
    text = models.TextField("내용", blank=True)
    kind = models.CharField("구분", max_length=12, choices=Kind, blank=True)
    finding_type = models.ForeignKey(
        FindingType,
        verbose_name="지적 유형",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    items = models.ManyToManyField(
        ChecklistItem,
        verbose_name="점검항목",
        blank=True,
        related_name="+",
        help_text="이 결과가 나온 항목",
    )
    measured = models.DecimalField("측정값", max_digits=14, decimal_places=3, null=True, blank=True)
    standard = models.DecimalField("기준값", max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField("단위", max_length=20, blank=True)
    completed_on = models.DateField("조치 완료일", null=True, blank=True)
    origin_body = models.CharField("지적한 다른 기관·부서", max_length=80, blank=True)
    origin_ground = models.CharField("그 근거", max_length=120, blank=True, help_text="예: 노동컨설팅")
    origin_state = models.CharField("그 지적의 상태", max_length=8, choices=OriginState, blank=True)
    cause = models.CharField("원인", max_length=300, blank=True)
    like_cases = models.PositiveIntegerField("같은 사례 건수", null=True, blank=True)
    citations = models.JSONField(
        "인용", default=list, blank=True, help_text="[[제목, 조항·쪽, 인용한 말], …]"
    )
    receipts = models.JSONField(
        "지출 내역", default=list, blank=True, help_text="[[일시, 비목, 건명, 금액], …] 적힌 그대로"
    )
    previous = models.ForeignKey(
        "self",
        verbose_name="지난 점검결과",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="following",
    )
    department = models.ForeignKey(
        Department,
        verbose_name="조치할 부서",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    sites = models.ManyToManyField(
        Subject,
        verbose_name="해당 장소",
        blank=True,
        related_name="+",
        help_text="여러 장소 가운데 일부에만 해당하면",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "점검결과"
        verbose_name_plural = "점검결과"
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["inspection", "section", "indicator", "position"],
                name="finding_outline",
            ),
            models.Index(
                fields=["inspection", "finding_type"],
                name="finding_by_type",
                condition=Q(finding_type__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_finding_stands_under_an_indicator_or_for_the_whole",
                condition=Q(section="indicator", indicator__isnull=False)
                | (~Q(section="indicator") & Q(indicator=None)),
                violation_error_message="점검결과는 지표 아래나 총평·건의 아래에 있어야 합니다.",
            ),
            models.CheckConstraint(
                name="a_finding_has_one_of_four_levels",
                condition=Q(level__gte=1, level__lte=4),
                violation_error_message="점검결과의 단계는 □ - · ※ 네 가지입니다.",
            ),
            models.CheckConstraint(
                name="only_a_fault_has_a_type",
                condition=Q(finding_type=None) | Q(kind__in=["", "fault", "improve"]),
                violation_error_message="지적 유형은 지적과 개선필요에만 고릅니다.",
            ),
        ]

    def __str__(self):
        return self.text[:80]
