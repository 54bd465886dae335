"""Papers: their heading facts. What they are made of stands in block.py."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Department
from audit import clock
from inspections.models import Inspection


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """City-wide for 총괄; one's own office's; those one signs; approved ones for a 열람자."""
        return self.in_sight(**sight_of(user))

    def in_sight(self, *, everything, issued, user, office, today):
        """The same, of what `sight_of` says about a user: for statements that are prepared."""
        if everything:
            return self
        if issued:
            return self.filter(status=Document.Status.APPROVED)
        if user is None:
            return self.none()
        mine = Q(drafter=user) | _comes_to(user, today)
        return self.filter(mine | Q(department=office)) if office else self.filter(mine)

    def telling_results(self):
        """Those that report what was found: the inspection stays closed while one is under way or out."""
        return self.filter(kind__in=Document.TELL_RESULTS).exclude(status=Document.Status.DRAFT)


def sight_of(user):
    """Which papers a user may see, as plain values: all, those issued, or his own and those of his office."""
    everything = user.is_superuser or user.is_superintendent
    issued = not everything and user.is_viewer
    if everything or issued or user.is_contractor:
        return {"everything": everything, "issued": issued, "user": None, "office": None, "today": None}
    office = user.office.pk if user.office else None
    return {
        "everything": False, "issued": False, "user": user.pk, "office": office, "today": clock.today(),
    }  # fmt: skip


def _comes_to(user, today):
    """Those he signs or signed, that wait for one he stands in for, that he was shown, that he writes in."""
    absent = {
        "rounds__status": "open",
        "rounds__steps__status": "waiting",
        "rounds__steps__assignee__absences__substitute": user,
        "rounds__steps__assignee__absences__ended_at": None,
        "rounds__steps__assignee__absences__starts_on__lte": today,
        "rounds__steps__assignee__absences__ends_on__gte": today,
    }
    shown, written = {"circulations__user": user}, {"writers": user}
    ways = [{"rounds__steps__assignee": user}, {"rounds__steps__acted_by": user}, absent, shown, written]
    # Subqueries, not joins: a person may stand in several rounds of one paper.
    found = [Q(pk__in=Document.objects.filter(**way).values("pk")) for way in ways]
    return reduce(or_, found)


class Document(models.Model):
    """A paper. Its status is written by reports.workflow only; an approved one never changes again."""

    class Kind(models.TextChoices):
        PLAN = "plan", "점검계획"
        RESULT = "result", "결과보고"
        FOLLOW_UP = "follow_up", "조치결과보고"
        VISIT_NOTICE = "visit_notice", "점검 통지"
        PAPERS = "papers", "자료요구"
        HEARING = "hearing", "처분사전통지"
        OUTCOME = "outcome", "결과통지"
        CORRECTION = "correction", "시정요구"
        COOPERATION = "cooperation", "업무협조 요청"

    class Status(models.TextChoices):
        DRAFT = "draft", "작성 중"
        IN_APPROVAL = "in_approval", "결재 중"
        APPROVED = "approved", "결재 완료"

    class Disclosure(models.TextChoices):
        OPEN = "open", "대시민공개"
        PARTIAL = "partial", "부분공개"
        CLOSED = "closed", "비공개"

    class Retention(models.TextChoices):
        Y1 = "1", "1년"
        Y3 = "3", "3년"
        Y5 = "5", "5년"
        Y10 = "10", "10년"
        Y30 = "30", "30년"
        SEMI = "semi", "준영구"
        FOREVER = "forever", "영구"

    # 별지 제2호서식 is for one's own superiors, 별지 제1호서식 is a letter.
    LETTERS = {
        Kind.VISIT_NOTICE, Kind.PAPERS, Kind.HEARING, Kind.OUTCOME, Kind.CORRECTION, Kind.COOPERATION,
    }  # fmt: skip
    TELL_RESULTS = {Kind.RESULT, Kind.FOLLOW_UP, Kind.HEARING, Kind.OUTCOME, Kind.CORRECTION}

    class MarkStyle(models.TextChoices):
        PLAIN = "report", "□ 1) ○ - ·"
        IEUNG = "report-ieung", "□ 1) ㅇ - ·"
        SHADOWED = "report-shadowed", "□ 1) ❍ - ·"
        ROMAN = "report-roman", "\N{ROMAN NUMERAL ONE}. 1) ○ - ·"

    kind = models.CharField("종류", max_length=12, choices=Kind, default=Kind.RESULT)
    title = models.CharField("제목", max_length=200)
    registered_title = models.CharField(
        "등록 제목", max_length=200, blank=True, help_text="비우면 제목과 같습니다."
    )
    department = models.ForeignKey(
        Department,
        verbose_name="처리과",
        on_delete=models.PROTECT,
        related_name="documents",
    )
    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="기안자",
        on_delete=models.PROTECT,
        related_name="documents",
    )
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="함께 쓰는 사람", blank=True, related_name="+"
    )
    corrector = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="고치는 결재자",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    inspections = models.ManyToManyField(Inspection, verbose_name="점검", related_name="documents")
    status = models.CharField("상태", max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    mark_style = models.CharField("항목 표시", max_length=16, choices=MarkStyle, default=MarkStyle.PLAIN)
    lead = models.TextField("머리글", blank=True, help_text="제목 아래 한 문장. '…보고 드림'으로 맺습니다.")
    date_line = models.CharField("날짜 줄", max_length=20, blank=True, help_text="예: 2021. 1.")
    has_cover = models.BooleanField("표지", default=True)
    has_contents = models.BooleanField("목차", default=False)
    disclosure = models.CharField("공개구분", max_length=8, choices=Disclosure, default=Disclosure.PARTIAL)
    clauses = models.JSONField(
        "비공개 조항",
        default=list,
        blank=True,
        help_text="정보공개법 제9조제1항의 호: 1–8",
    )
    review_on = models.DateField(
        "공개 다시 볼 날", null=True, blank=True,
        help_text="5호로 공개하지 않거나 일부만 공개할 때, 다시 살펴 열지 정할 날입니다.",
    )  # fmt: skip
    retention = models.CharField("보존기간", max_length=8, choices=Retention, default=Retention.Y10)
    classification = models.CharField("분류정보", max_length=200, blank=True)
    control_number = models.CharField("관리번호", max_length=14, blank=True, help_text="D와 숫자 13자리")
    policy_number = models.CharField("방침번호", max_length=40, blank=True)
    follows = models.ManyToManyField(
        "self",
        verbose_name="관련 문서",
        through="Reference",
        symmetrical=False,
        related_name="followed_by",
    )
    supersedes = models.ForeignKey(
        "self",
        verbose_name="바로잡는 문서",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
    )
    number = models.PositiveIntegerField("일련번호", null=True, editable=False)
    number_year = models.PositiveIntegerField("번호 연도", null=True, editable=False)
    approved_on = models.DateField("결재일자", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("만든 일시", editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "문서"
        verbose_name_plural = "문서"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["department", "status", "-id"], name="document_list"),
            models.Index(
                fields=["review_on", "id"], name="document_review", condition=Q(review_on__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_approved_document_has_number_and_date",
                condition=Q(
                    status="approved",
                    number__isnull=False,
                    number_year__isnull=False,
                    approved_on__isnull=False,
                )
                | (~Q(status="approved") & Q(number=None, number_year=None, approved_on=None)),
                violation_error_message="결재 상태와 문서번호가 일치하지 않습니다.",
            ),
            models.UniqueConstraint(
                fields=["department", "number_year", "number"],
                condition=Q(number__isnull=False),
                name="one_document_of_a_number",
                violation_error_message="같은 문서번호가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="an_open_document_names_no_clause",
                condition=~Q(disclosure="open") | Q(clauses=[]),
                violation_error_message="공개 문서에는 비공개 조항을 두지 않습니다.",
            ),
            models.CheckConstraint(
                name="an_open_document_is_not_looked_at_again",
                condition=~Q(disclosure="open") | Q(review_on=None),
                violation_error_message="공개 문서에는 다시 볼 날을 두지 않습니다.",
            ),
            models.CheckConstraint(
                name="only_a_draft_is_corrected",
                condition=Q(corrector=None) | Q(status="draft"),
                violation_error_message="작성 중인 문서만 고칠 수 있습니다.",
            ),
            models.UniqueConstraint(
                fields=["supersedes"],
                name="a_paper_is_put_right_once",
                violation_error_message="이 문서를 바로잡는 문서가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="a_paper_does_not_supersede_itself",
                condition=~Q(supersedes=models.F("id")),
                violation_error_message="자기 자신을 바로잡을 수 없습니다.",
            ),
            models.CheckConstraint(
                name="a_document_has_a_title",
                condition=~Q(title=""),
                violation_error_message="제목을 적어야 합니다.",
            ),
        ]

    def __str__(self):
        return self.registered_title or self.title

    @property
    def number_text(self):
        return f"{self.department.document_prefix}-{self.number}" if self.number else ""

    @property
    def is_letter(self):
        return self.kind in self.LETTERS
