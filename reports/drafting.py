"""Papers as drafts: given their heading facts, thrown away before use. They are made in reports.creating.

The lines of a draft are in reports.lines, composing again is in reports.recomposing.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from audit.recording import record
from inspections.models import Inspection
from inspections.workflow import StaleError, TransitionError
from reports import permissions
from reports.composing import Sources
from reports.models import Block, Document

GAP = 1 << 20  # between the positions of two lines, so that a line can be put between them
FACTS = [
    "title", "registered_title", "lead", "date_line", "has_cover", "has_contents", "mark_style", "disclosure",
    "clauses", "review_on", "retention", "classification", "control_number", "policy_number",
]  # fmt: skip


def sources_of(document):
    """What the draft is composed from, as it is now: in a fixed number of queries."""
    references = document.references.select_related("follows__department")
    return Sources(
        _in_order(for_composing().filter(documents=document)),
        [reference.follows for reference in references],
        timezone.localdate(document.created_at),
    )


def sources_of_inspections(keys):
    """The same for a paper that is not there yet."""
    return Sources(_in_order(for_composing().filter(pk__in=keys)))


def _in_order(inspections):
    return list(inspections.order_by("part__order", "subject__sort_key", "pk"))


def for_composing():
    """Inspections with all that composing reads, in a fixed number of queries."""
    return Inspection.objects.select_related(
        "subject__kind", "subject__department", "department__parent", "agreement__contractor", "part__period",
        "checklist", "status_reason",
    ).prefetch_related(
        "team__user__department", "visits__postponements", "subject__sites", "part__period__bases",
        "checklist__indicators__items", "answers", "sites", "exemptions", "findings__department",
        "findings__sites", "findings__finding_type", "actions__department", "actions__reports",
        "joint_agreements__contractor", "attestations__evidence", "dispositions__disposition_type",
        "dispositions__proposed_type", "dispositions__contractor", "dispositions__department",
        "dispositions__parties", "paper_items",
    )  # fmt: skip


def block_of(document, line, position):
    """A new row for a composed line; `composed` remembers how it was composed."""
    return Block(
        document=document,
        position=position,
        source_key=line.source_key,
        composed=line.content,
        **line.content,
    )


def _told(value):
    """As the history keeps it: a day as text."""
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def edit_facts(document, facts, *, version, by):
    """Change the heading facts that the form carries; `version` is the one the form was made on."""
    document = lock_draft(document, by)
    if document.version != version:
        raise StaleError({name: getattr(document, name) for name in FACTS} | {"version": document.version})
    changed = {
        name: value for name, value in facts.items() if name in FACTS and getattr(document, name) != value
    }
    if changed:
        before = {name: _told(getattr(document, name)) for name in changed}
        for name, value in changed.items():
            setattr(document, name, value)
        document.version = F("version") + 1
        document.save(update_fields=[*changed, "version"])
        document.refresh_from_db(fields=["version"])
        after = {name: _told(value) for name, value in changed.items()}
        record("edit_facts", document, by=by, before=before, after=after)
    return document


@transaction.atomic
def discard(document, *, by):
    """Throw away a draft that was never sent for approval. The event keeps its title."""
    document = lock_draft(document, by)
    if not permissions.is_drafter(by, document):
        raise PermissionDenied("기안자만 초안을 지울 수 있습니다.")
    if document.rounds.exists():
        raise TransitionError("결재를 요청한 적이 있는 문서는 지울 수 없습니다.")
    record("discard", document, by=by, inspections=list(document.inspections.values_list("pk", flat=True)))
    document.delete()


def lock_draft(document, by):
    """The paper, locked, for a change by its drafter: strangers and papers in approval are refused."""
    locked = Document.objects.select_for_update(of=("self",)).select_related("department__parent")
    document = locked.filter(pk=document.pk).first()
    if document is None:
        raise TransitionError("그 사이 지워진 문서입니다.")
    if not permissions.is_writing(by, document):
        raise PermissionDenied("기안자만 문서를 고칠 수 있습니다.")
    if document.status != Document.Status.DRAFT:
        raise TransitionError(f"'{document.get_status_display()}' 문서는 고칠 수 없습니다.")
    return document
