"""A new paper: made from one inspection or many, with the lines composed from them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit import clock
from audit.models import Event
from audit.recording import record
from inspections.models import Inspection
from inspections.workflow import TransitionError
from notation.particles import with_particle
from reports import correspondence, drafting, kinds, permissions
from reports.composing import compose
from reports.models import Attachment, Block, Document


@transaction.atomic
def create(inspections, *, by, kind=Document.Kind.RESULT, key=None):
    """A draft of this kind, composed from the inspections as they are now.

    `key` is the number that the client made for what it asks: asked again, it answers with the same draft.
    """
    keys = [inspection.pk for inspection in inspections]
    # Locked in one order, so that two people never wait for each other.
    locked = list(Inspection.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if not all(permissions.can_draft_for(by, inspection) for inspection in locked):
        raise PermissionDenied
    if key and (known := Event.objects.filter(key=key, object_type="document").first()):
        return Document.objects.get(pk=known.object_id)
    kinds.check(kind, locked)
    _check_alone(kind, keys)
    document = _begun(kind, keys, by)
    sources = drafting.sources_of(document)
    Block.objects.bulk_create(
        drafting.block_of(document, line, number * drafting.GAP)
        for number, line in enumerate(compose(kind, sources), 1)
    )
    if kind == Document.Kind.RESULT and sources.is_single and sources.first.checklist_id:
        _attach_checklist(document, sources.first)
    record("create", document, by=by, key=key, kind=kind, inspections=keys)
    return document


def _check_alone(kind, keys):
    under_way = Document.objects.filter(kind=kind, inspections__in=keys).exclude(status="approved")
    if kind in kinds.ONE_AT_A_TIME and under_way.exists():
        label = Document.Kind(kind).label
        raise TransitionError(f"이 점검의 {with_particle(label, '을/를')} 이미 작성하고 있습니다.")


def _begun(kind, keys, by):
    """The row of a new draft with all but its lines."""
    sources = drafting.sources_of_inspections(keys)
    document = Document.objects.create(
        kind=kind, drafter=by, created_at=clock.now(), department=sources.first.department,
        classification=sources.first.subject.classification, clauses=["5"], **kinds.proposed(kind, sources),
    )  # fmt: skip
    document.inspections.set(keys)
    correspondence.begin(document, sources)
    return document


def _attach_checklist(document, inspection):
    title = f"{inspection.part.period.year}년 {inspection.checklist.name}"
    Attachment.objects.create(document=document, order=1, inspection=inspection, title=title)
