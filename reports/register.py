"""문서대장: the approved papers of one office in one year, by their number."""

from django.db.models import OuterRef, Subquery

from reports import assembling
from reports.models import ApprovalStep, Document

HEADINGS = [
    "문서번호", "결재일자", "제목", "종류", "기안자", "결재권자", "공개구분", "보존기간", "분류정보",
    "관리번호", "붙임", "비고",
]  # fmt: skip


def documents(user, department, year):
    """Those this user may see, the newest number first; each with `approver`, who decided it."""
    last = ApprovalStep.objects.filter(
        round__document=OuterRef("pk"), round__status="approved", act=ApprovalStep.Act.APPROVE
    )
    return (
        Document.objects.visible_to(user)
        .filter(department=department, number_year=year)
        .annotate(approver=Subquery(last.values("name")[:1]))
        .select_related("department", "drafter", "outside", "supersedes__department")
        .prefetch_related("attachments", "superseded_by__department")
        .order_by("-number")
    )


def rows(found):
    """The register as a table, in the order of HEADINGS."""
    for document in found:
        yield [
            document.number_text,
            document.approved_on,
            str(document),
            document.get_kind_display(),
            document.drafter.name,
            document.approver or _decided_outside(document),
            assembling.disclosure(document),
            document.get_retention_display(),
            document.classification,
            document.control_number,
            len(document.attachments.all()),
            _put_right(document),
        ]


def _put_right(document):
    """Which paper it corrects and which corrects it, as far as that one is issued."""
    later = [each.number_text for each in document.superseded_by.all() if each.number]
    told = [f"{document.supersedes.number_text} 정정"] if document.supersedes else []
    return ", ".join([*told, *(f"{number}(으)로 정정됨" for number in later)])


def _decided_outside(document):
    kept = getattr(document, "outside", None)
    return kept.decider if kept else ""
