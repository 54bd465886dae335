"""What citizens may read, and nothing else: the tables of the public site.

Nothing here points at the office's own tables: the public site runs under a role of the database that may
SELECT these and no others. All of it is made from a tree that holds nothing hidden (reports.redacting).
"""

from django.db import models
from django.db.models import Q

from publications.grams import GramsField


class PublicEditionQuerySet(models.QuerySet):
    def shown(self):
        """Those that may be read: what was withdrawn keeps its page, but stands in no list."""
        return self.filter(withdrawn_on=None)

    def newest_first(self):
        return self.order_by("-produced_on", "-pk")


class PublicEdition(models.Model):
    """A published paper. Its key is its address for ever; what it says may be corrected or withdrawn."""

    title = models.CharField("제목", max_length=300)
    kind = models.CharField("종류", max_length=20)
    organisation = models.CharField("기관명", max_length=80, blank=True)
    department = models.CharField("부서명", max_length=80)
    number = models.CharField("문서번호", max_length=80)
    produced_on = models.DateField("생산일자")
    disclosure = models.CharField("공개구분", max_length=40)
    retention = models.CharField("보존기간", max_length=20)
    author = models.CharField("작성자", max_length=80, blank=True)
    phone = models.CharField("전화번호", max_length=40, blank=True)
    control_number = models.CharField("관리번호", max_length=14, blank=True)
    classification = models.CharField("분류정보", max_length=200, blank=True)
    published_on = models.DateField("공개일")
    changed_at = models.DateTimeField("바뀐 일시")
    sha256 = models.CharField("내용 해시", max_length=64)
    withdrawn_on = models.DateField("내린 날", null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", verbose_name="바로잡은 문서", on_delete=models.PROTECT, null=True, blank=True,
        related_name="supersedes",
    )  # fmt: skip
    actions_as_of = models.DateField("조치 상태 기준일", null=True, blank=True)

    objects = PublicEditionQuerySet.as_manager()

    class Meta:
        verbose_name = "공개본"
        verbose_name_plural = "공개본"
        ordering = ["-produced_on", "-pk"]
        indexes = [
            models.Index(
                fields=["-produced_on", "-id"], name="public_newest", condition=Q(withdrawn_on=None)
            ),
            models.Index(
                fields=["department", "-produced_on", "-id"],
                name="public_of_department",
                condition=Q(withdrawn_on=None),
            ),
            models.Index(
                fields=["classification", "-produced_on", "-id"],
                name="public_of_class",
                condition=Q(withdrawn_on=None),
            ),
            models.Index(fields=["-changed_at", "-id"], name="public_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_public_edition_does_not_supersede_itself", condition=~Q(superseded_by=models.F("id"))
            ),
        ]

    def __str__(self):
        return self.title


class PublicContent(models.Model):
    """What is read: apart from its edition, so that lists do not carry it. Empty once withdrawn."""

    edition = models.OneToOneField(
        PublicEdition, verbose_name="공개본", on_delete=models.CASCADE, primary_key=True,
        related_name="content",
    )  # fmt: skip
    html = models.TextField("HTML")
    text = models.TextField("글")
    data = models.TextField("JSON")

    class Meta:
        verbose_name = "공개본 내용"
        verbose_name_plural = "공개본 내용"

    def __str__(self):
        return str(self.edition)


class PublicFile(models.Model):
    """The paper of an edition as PDF, its cleared attachments, its pictures (found by their hash)."""

    class Kind(models.TextChoices):
        PAPER = "paper", "본문"
        ATTACHMENT = "attachment", "붙임"
        PICTURE = "picture", "사진"

    edition = models.ForeignKey(
        PublicEdition, verbose_name="공개본", on_delete=models.CASCADE, related_name="files"
    )
    kind = models.CharField("종류", max_length=10, choices=Kind)
    order = models.PositiveIntegerField("순서", default=0)
    title = models.CharField("이름", max_length=200, blank=True)
    html = models.TextField("HTML", blank=True)
    content = models.BinaryField("내용")
    sha256 = models.CharField("해시", max_length=64)
    size = models.PositiveIntegerField("크기")

    class Meta:
        verbose_name = "공개 파일"
        verbose_name_plural = "공개 파일"
        ordering = ["kind", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "order", "sha256"], name="one_public_file_at_a_place"
            ),
        ]

    def __str__(self):
        return self.title


class PublicParty(models.Model):
    """수탁기관 of an edition, if the paper names it where all may read it."""

    edition = models.ForeignKey(
        PublicEdition, verbose_name="공개본", on_delete=models.CASCADE, related_name="parties"
    )
    name = models.CharField("수탁기관", max_length=120)

    class Meta:
        verbose_name = "공개본 수탁기관"
        verbose_name_plural = "공개본 수탁기관"
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "edition"], name="public_of_contractor")]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="a_party_once_an_edition")]

    def __str__(self):
        return self.name


class PublicAction(models.Model):
    """조치 that the paper names, with its state on `PublicEdition.actions_as_of`."""

    edition = models.ForeignKey(
        PublicEdition, verbose_name="공개본", on_delete=models.CASCADE, related_name="actions"
    )
    order = models.PositiveIntegerField("순서")
    text = models.TextField("조치사항")
    state = models.CharField("상태", max_length=20)
    is_done = models.BooleanField("마침", default=False)
    due_on = models.DateField("기한", null=True, blank=True)
    done_on = models.DateField("마친 날", null=True, blank=True)

    class Meta:
        verbose_name = "공개본 조치"
        verbose_name_plural = "공개본 조치"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "order"], name="one_public_action_at_a_place")
        ]

    def __str__(self):
        return self.text[:80]


class PublicChange(models.Model):
    """What became of an edition, told to whoever opens it. Rows are added and never change."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", "공개"
        CORRECTED = "corrected", "고침"
        SUPERSEDED = "superseded", "바로잡음"
        WITHDRAWN = "withdrawn", "내림"

    edition = models.ForeignKey(
        PublicEdition, verbose_name="공개본", on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField("종류", max_length=10, choices=Kind)
    on = models.DateField("날짜")
    reason = models.CharField("까닭", max_length=300, blank=True)

    class Meta:
        verbose_name = "공개본 변경"
        verbose_name_plural = "공개본 변경"
        ordering = ["pk"]
        indexes = [models.Index(fields=["edition", "id"], name="public_change_of_edition")]
        constraints = [
            models.CheckConstraint(
                name="a_change_of_a_public_edition_has_a_reason",
                condition=Q(kind="published") | ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.on} {self.get_kind_display()}"


class PublicFacet(models.Model):
    """How many shown editions a department, class, year or contractor has: counted when one changes."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", "부서"
        CLASSIFICATION = "classification", "분류"
        YEAR = "year", "연도"
        CONTRACTOR = "contractor", "수탁기관"

    kind = models.CharField("종류", max_length=14, choices=Kind)
    value = models.CharField("값", max_length=200)
    count = models.PositiveIntegerField("건수")

    class Meta:
        verbose_name = "공개본 갈래"
        verbose_name_plural = "공개본 갈래"
        ordering = ["kind", "value"]
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="one_facet_of_a_value")]

    def __str__(self):
        return self.value


class PublicEntry(models.Model):
    """The search index: the text without blanks, and (on PostgreSQL) the pairs of letters in it."""

    edition = models.OneToOneField(
        PublicEdition, verbose_name="공개본", on_delete=models.CASCADE, primary_key=True, related_name="entry"
    )
    plain = models.TextField("붙여 쓴 글")
    grams = GramsField("글자 쌍", of="plain")

    class Meta:
        verbose_name = "공개본 찾아보기"
        verbose_name_plural = "공개본 찾아보기"

    def __str__(self):
        return str(self.edition)
