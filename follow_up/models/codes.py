"""What local practice and the law name about dispositions: editable tables, kept in the admin."""

from django.db import models
from django.db.models import Q

from deadlines.counting import Rule, Unit
from inspections.models import FindingType


class DeadlineRule(models.Model):
    """기한 계산 규칙: for what purpose, how long, and how it is counted."""

    class Purpose(models.TextChoices):
        OPINION = "opinion", "의견제출"
        HEARING = "hearing", "청문 통지"
        APPEAL = "appeal", "불복"
        CORRECTION = "correction", "시정·조치"
        POSTPONEMENT = "postponement", "연기 신청 회신"
        RESULT = "result", "결과 통지"
        SUSPENSION = "suspension", "정지 기간"
        OTHER = "other", "그 밖"

    purpose = models.CharField("쓰임", max_length=14, choices=Purpose)
    name = models.CharField("이름", max_length=60, unique=True, help_text="예: 의견제출 기한")
    length = models.PositiveSmallIntegerField("길이")
    unit = models.CharField(
        "단위",
        max_length=10,
        choices=[(Unit.DAY, "일"), (Unit.BUSINESS_DAY, "영업일"), (Unit.MONTH, "개월")],
        default=Unit.DAY,
    )
    counts_first = models.BooleanField("첫날을 넣음", default=False)
    moves = models.BooleanField("쉬는 날이면 다음 일하는 날로", default=True)
    basis = models.CharField("근거", max_length=120, blank=True, help_text="예: 행정절차법 제21조제3항")
    is_active = models.BooleanField("사용", default=True)

    class Meta:
        verbose_name = "기한 계산 규칙"
        verbose_name_plural = "기한 계산 규칙"
        ordering = ["purpose", "length", "name"]
        constraints = [
            models.CheckConstraint(
                name="a_deadline_has_a_length",
                condition=Q(length__gte=1),
                violation_error_message="길이는 1 이상이어야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.rule})"

    @property
    def rule(self):
        return Rule(self.length, Unit(self.unit), self.counts_first, self.moves)


class Holiday(models.Model):
    """A day the list of the law does not know, or that is worked on although it does."""

    day = models.DateField("날짜", unique=True, error_messages={"unique": "이미 적은 날입니다."})
    name = models.CharField("이름", max_length=60, help_text="예: 임시공휴일, 지방공휴일")
    is_worked = models.BooleanField(
        "일하는 날", default=False, help_text="법의 쉬는 날이지만 이 시는 일하는 날."
    )

    class Meta:
        verbose_name = "쉬는 날"
        verbose_name_plural = "쉬는 날"
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day} {self.name}"


class DispositionType(models.Model):
    """처분 종류, with what each needs."""

    class Family(models.TextChoices):
        ADMINISTRATIVE = "administrative", "행정상"
        FINANCIAL = "financial", "재정상"
        PERSONAL = "personal", "신분상"
        QUALIFICATION = "qualification", "자격·조직"
        EXTERNAL = "external", "외부"

    family = models.CharField("구분", max_length=14, choices=Family)
    name = models.CharField("이름", max_length=40, help_text="예: 시정, 1차 경고, 회수, 사업정지")
    is_disposal = models.BooleanField(
        "행정처분", default=False, help_text="사전통지, 의견제출, 처분의 근거와 불복 안내가 필요한 처분."
    )
    needs_hearing = models.BooleanField("청문", default=False)
    needs_deadline = models.BooleanField("기한", default=False)
    needs_amount = models.BooleanField("금액", default=False)
    needs_persons = models.BooleanField("인원", default=False)
    needs_period = models.BooleanField("기간", default=False)
    needs_statement = models.BooleanField(
        "확인서", default=False, help_text="사실관계를 확인서나 문답서로 받아야 하는 처분. 없으면 알립니다."
    )
    is_none = models.BooleanField("조치 없음", default=False)
    order = models.PositiveIntegerField("순서", default=0)
    is_active = models.BooleanField("사용", default=True, help_text="끄면 새로 고를 수 없습니다.")

    class Meta:
        verbose_name = "처분 종류"
        verbose_name_plural = "처분 종류"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["family", "name"],
                name="one_disposition_type_of_a_name_in_a_family",
                violation_error_message="같은 구분에 같은 이름의 처분이 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="only_a_disposal_is_heard",
                condition=Q(needs_hearing=False) | Q(is_disposal=True),
                violation_error_message="청문은 행정처분에만 있습니다.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def full_name(self):
        return f"{self.get_family_display()} {self.name}"


class Ladder(models.Model):
    """처분 기준: which disposition follows when the same is found for the first, second … time."""

    name = models.CharField("이름", max_length=80, unique=True)
    basis = models.CharField(
        "근거", max_length=160, blank=True, help_text="예: 협약서 제20조, 시행규칙 별표 4"
    )
    finding_types = models.ManyToManyField(
        FindingType, verbose_name="지적 유형", related_name="ladders", blank=True
    )
    agreement = models.ForeignKey(
        "contractors.Agreement", verbose_name="협약", on_delete=models.PROTECT, null=True, blank=True,
        related_name="ladders", help_text="한 협약에만 쓰는 기준이면 그 협약. 비우면 모두에 씁니다.",
    )  # fmt: skip
    years = models.PositiveSmallIntegerField("세는 햇수", default=3, help_text="이 햇수 안의 처분만 셉니다.")
    is_active = models.BooleanField("사용", default=True)

    class Meta:
        verbose_name = "처분 기준"
        verbose_name_plural = "처분 기준"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="a_ladder_counts_some_years",
                condition=Q(years__gte=1, years__lte=20),
                violation_error_message="세는 햇수는 1에서 20까지입니다.",
            ),
        ]

    def __str__(self):
        return self.name


class Rung(models.Model):
    """One step of a ladder: at the `count`-th time, this disposition; beyond the last, the last."""

    ladder = models.ForeignKey(
        Ladder, verbose_name="처분 기준", on_delete=models.CASCADE, related_name="rungs"
    )
    count = models.PositiveSmallIntegerField("몇 번째")
    disposition_type = models.ForeignKey(
        DispositionType, verbose_name="처분", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "처분 기준의 단계"
        verbose_name_plural = "처분 기준의 단계"
        ordering = ["count"]
        constraints = [
            models.UniqueConstraint(
                fields=["ladder", "count"],
                name="one_rung_of_a_count",
                violation_error_message="같은 횟수의 단계가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="rungs_are_counted_from_one",
                condition=Q(count__gte=1),
                violation_error_message="횟수는 1부터 셉니다.",
            ),
        ]

    def __str__(self):
        return f"{self.count}번째: {self.disposition_type}"
