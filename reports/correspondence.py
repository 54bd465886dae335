"""What surrounds the lines of a paper: head and foot of a letter, and the papers it goes on from."""

from django.conf import settings
from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.workflow import TransitionError
from notation import dates
from reports import kinds
from reports.composing import letters
from reports.drafting import lock_draft
from reports.models import Document, Letter, Reference

LETTER_FACTS = [
    "organisation", "receivers", "via", "sender", "seal", "address", "homepage", "phone", "fax", "email",
]  # fmt: skip
LATEST = 100


def begin(document, sources):
    """For a new draft: the paper it likely follows; a letter its head and foot, a report its date line."""
    if before := _likely(document):
        Reference.objects.create(document=document, follows=before)
    if not document.is_letter:
        document.date_line = dates.long_month(clock.today())
        document.mark_style = _usual_marks(document)
        document.save(update_fields=["date_line", "mark_style"])
        return
    office, drafter = document.department, document.drafter
    document.has_cover = False
    document.save(update_fields=["has_cover"])
    Letter.objects.create(
        document=document, receivers=receivers(document.kind, sources),
        organisation=settings.ORGANISATION_NAME, sender=settings.ORGANISATION_SENDER,
        address=office.address, homepage=office.homepage, phone=office.phone, fax=office.fax,
        email=drafter.email,
    )  # fmt: skip


def receivers(kind, sources):
    """One's own offices are written to for cooperation, contractors for all else."""
    if kind == Document.Kind.COOPERATION:
        return [_head_of(name) for name in letters.asked_offices(sources)]
    return [f"{name} 대표" for name in letters.addressees(sources)]


def referable(document):
    """The latest papers of the office that this one may go on from, and those it does; the newest first."""
    issued = Document.objects.filter(department=document.department, status=Document.Status.APPROVED)
    newest_first = issued.order_by("-number_year", "-number")
    latest = list(newest_first.values_list("pk", flat=True)[:LATEST])
    chosen = list(document.references.values_list("follows", flat=True))
    return newest_first.filter(pk__in=[*latest, *chosen])


@transaction.atomic
def edit_letter(document, facts, references, *, by):
    """Change head and foot (a letter only) and what the paper follows."""
    document = lock_draft(document, by)
    if any(paper.status != Document.Status.APPROVED for paper in references):
        raise TransitionError("결재가 끝난 문서만 관련 문서로 둘 수 있습니다.")
    before = _told(document)
    if document.is_letter:
        Letter.objects.filter(document=document).update(**facts)
    document.references.exclude(follows__in=references).delete()
    Reference.objects.bulk_create(
        [Reference(document=document, follows=paper) for paper in references], ignore_conflicts=True
    )
    if (after := _told(document)) != before:
        record("edit_letter", document, by=by, before=before, after=after)


def check(document):
    """A letter goes out only with an addressee and a sender."""
    if not document.is_letter:
        return
    letter = Letter.objects.get(document=document)
    if not letter.receivers:
        raise TransitionError("수신을 적은 다음 결재를 요청해 주세요.")
    if not (letter.organisation and letter.sender):
        raise TransitionError("행정기관명과 발신명의를 적은 다음 결재를 요청해 주세요.")


def _likely(document):
    for kind in kinds.RULES[document.kind].follows:
        issued = Document.objects.filter(
            kind=kind, status=Document.Status.APPROVED, inspections__in=document.inspections.all()
        )
        if found := issued.order_by("-approved_on", "-pk").first():
            return found
    return None


def _usual_marks(document):
    """Those of the last report of the office: each has its own way, and keeps it."""
    before = Document.objects.filter(department=document.department).exclude(pk=document.pk)
    reports = before.exclude(kind__in=Document.LETTERS).order_by("-pk")
    return reports.values_list("mark_style", flat=True).first() or Document.MarkStyle.PLAIN


def _told(document):
    letter = Letter.objects.filter(document=document).values(*LETTER_FACTS).first() or {}
    return letter | {"references": [each.follows.number_text for each in document.references.all()]}


def _head_of(office):
    """재무과장, 공정경제담당관: an office of that name is its head."""
    return office if office.endswith("관") else f"{office}장"
