"""The register: who is entrusted with what, under which agreement."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import Department
from contractors.sorting import sort_key
from notation.dates import long_range

CLASSIFICATION_LEVELS = 5
BUSINESS_NUMBER = RegexValidator(
    r"^\d{3}-\d{2}-\d{5}$", "사업자등록번호는 숫자 열 자리입니다. 000-00-00000처럼 적어 주세요."
)


def validate_classification(value):
    parts = [part.strip() for part in value.split(">")]
    if len(parts) > CLASSIFICATION_LEVELS or not all(parts):
        raise ValidationError("분류는 '경제 > 소비자보호'처럼 > 로 나누어 다섯 단계까지 적습니다.")


class Contractor(models.Model):
    """An institution the city entrusts work to (수탁기관)."""

    name = models.CharField("기관명", max_length=120)
    sort_key = models.CharField(max_length=120, editable=False, db_index=True)
    legal_form = models.CharField(
        "법인 형태", max_length=40, blank=True, help_text="예: 사단법인, 사회복지법인"
    )
    business_number = models.CharField(
        "사업자등록번호",
        max_length=12,
        blank=True,
        validators=[BUSINESS_NUMBER],
    )
    representative = models.CharField("대표자 직위", max_length=60, blank=True)
    phone = models.CharField("전화", max_length=30, blank=True)
    email = models.EmailField("전자우편", blank=True)
    address = models.CharField("주소", max_length=200, blank=True)
    memo = models.TextField("메모", blank=True)
    is_active = models.BooleanField("사용", default=True)
    history = HistoricalRecords(verbose_name="변경 이력")

    class Meta:
        verbose_name = "수탁기관"
        verbose_name_plural = "수탁기관"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business_number"],
                condition=~Q(business_number=""),
                name="one_contractor_of_a_business_number",
                violation_error_message="같은 사업자등록번호의 수탁기관이 이미 있습니다.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)


class ContractorUser(models.Model):
    """Which contractor a user of the role 수탁기관 speaks for."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="사용자",
        on_delete=models.CASCADE,
        related_name="contractor_user",
    )
    contractor = models.ForeignKey(
        Contractor,
        verbose_name="수탁기관",
        on_delete=models.PROTECT,
        related_name="users",
    )

    class Meta:
        verbose_name = "수탁기관 사용자"
        verbose_name_plural = "수탁기관 사용자"

    def __str__(self):
        return f"{self.contractor} · {self.user}"


class SubjectKind(models.Model):
    """위탁사무, 시설, 사업, 사업장, 직영 …: what local practice calls a thing that is inspected."""

    name = models.CharField("이름", max_length=40, unique=True)
    is_commission = models.BooleanField(
        "위탁사무", default=False, help_text="해마다 점검할 의무가 있는 종류입니다."
    )
    order = models.PositiveIntegerField("순서", default=0)

    class Meta:
        verbose_name = "점검대상 종류"
        verbose_name_plural = "점검대상 종류"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class Subject(models.Model):
    """What is inspected (점검대상): a commission, its sites below it, or another kind."""

    kind = models.ForeignKey(SubjectKind, verbose_name="종류", on_delete=models.PROTECT)
    name = models.CharField("이름", max_length=160)
    sort_key = models.CharField(max_length=160, editable=False, db_index=True)
    parent = models.ForeignKey(
        "self",
        verbose_name="상위 점검대상",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sites",
    )
    department = models.ForeignKey(
        Department,
        verbose_name="담당 부서(처리과)",
        on_delete=models.PROTECT,
        limit_choices_to={"kind": "office"},
        related_name="subjects",
    )
    district = models.CharField("자치구", max_length=30, blank=True, db_index=True)
    classification = models.CharField(
        "분류", max_length=200, blank=True, validators=[validate_classification],
        help_text="예: 경제 > 소비자보호 > 소비자관련지원",
    )  # fmt: skip
    address = models.CharField("소재지", max_length=200, blank=True)
    is_active = models.BooleanField("사용", default=True)
    history = HistoricalRecords(verbose_name="변경 이력")

    class Meta:
        verbose_name = "점검대상"
        verbose_name_plural = "점검대상"
        ordering = ["sort_key", "pk"]
        constraints = [
            # Two of them: SQLite cannot take NULL for equal in one.
            models.UniqueConstraint(
                fields=["department", "name"],
                condition=Q(parent=None),
                name="one_subject_of_a_name_in_a_department",
                violation_error_message="이 부서에 같은 이름의 점검대상이 이미 있습니다.",
            ),
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="one_subject_of_a_name_below_another",
                violation_error_message="이 상위 점검대상 아래에 같은 이름의 점검대상이 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="a_subject_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                violation_error_message="자기 자신을 상위 점검대상으로 둘 수 없습니다.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)

    def clean(self):
        above = self.parent
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"parent": "자기 아래에 있는 점검대상을 상위로 둘 수 없습니다."})
            above = above.parent


class AgreementQuerySet(models.QuerySet):
    def running(self, day):
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def ending_in(self, year):
        return self.filter(ends_on__year=year)

    def overlapping(self, agreement):
        """The others of the same subject that share a day with this one."""
        return self.exclude(pk=agreement.pk).filter(
            subject=agreement.subject_id, starts_on__lte=agreement.ends_on, ends_on__gte=agreement.starts_on
        )


class Agreement(models.Model):
    """협약: for how long and on what terms a contractor runs a subject."""

    subject = models.ForeignKey(
        Subject,
        verbose_name="점검대상",
        on_delete=models.PROTECT,
        related_name="agreements",
    )
    contractor = models.ForeignKey(
        Contractor,
        verbose_name="수탁기관",
        on_delete=models.PROTECT,
        related_name="agreements",
    )
    starts_on = models.DateField("시작일")
    ends_on = models.DateField("종료일")
    funding = models.CharField("재원", max_length=60, blank=True, help_text="예: 위탁금(시비 100%), 사용료")
    inspection_clause = models.CharField(
        "지도·점검 조항", max_length=120, blank=True, help_text="예: 협약서 제12조"
    )
    renews = models.ForeignKey(
        "self",
        verbose_name="갱신·변경 전 협약",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
    )
    memo = models.TextField("메모", blank=True)
    history = HistoricalRecords(verbose_name="변경 이력")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "협약"
        verbose_name_plural = "협약"
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_agreement_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="종료일이 시작일보다 앞섭니다.",
            ),
            # Overlaps of the same subject and contractor are refused by contractors.triggers: the
            # exclusion constraint of PostgreSQL has no counterpart in SQLite.
        ]

    def __str__(self):
        return f"{self.subject} · {self.contractor} ({self.dates})"

    @property
    def dates(self):
        return long_range(self.starts_on, self.ends_on)

    def clean(self):
        """Two agreements of the same pair never share a day; contractors.triggers refuses it below."""
        if not (self.subject_id and self.contractor_id and self.starts_on and self.ends_on):
            return
        other = Agreement.objects.overlapping(self).filter(contractor=self.contractor_id).first()
        if other:
            raise ValidationError(
                f"같은 점검대상과 수탁기관의 협약과 기간이 겹칩니다: {other}. "
                "그 협약의 종료일을 먼저 고치거나, 이 협약의 기간을 바꾸어 주세요."
            )


class AgreementAmount(models.Model):
    """The money of one year of an agreement, in won."""

    agreement = models.ForeignKey(
        Agreement, verbose_name="협약", on_delete=models.CASCADE, related_name="amounts"
    )
    year = models.PositiveIntegerField("연도")
    won = models.BigIntegerField("금액(원)")
    history = HistoricalRecords(verbose_name="변경 이력")

    class Meta:
        verbose_name = "연도별 금액"
        verbose_name_plural = "연도별 금액"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "year"],
                name="one_amount_for_a_year_of_an_agreement",
                violation_error_message="같은 연도의 금액이 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="an_amount_is_not_negative",
                condition=Q(won__gte=0),
                violation_error_message="금액은 0원 이상이어야 합니다.",
            ),
        ]

    def __str__(self):
        return f"{self.year}년 {self.won:,}원"
