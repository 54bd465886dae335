"""Letters to a contractor: which are his to read in the portal, and when he first did."""

from django.db import transaction

from audit import clock
from audit.recording import record
from inspections.models import Inspection
from reports.models import Document, Receipt

# Letters to whoever is inspected; 업무협조 요청 goes to offices.
TO_CONTRACTORS = Document.LETTERS - {Document.Kind.COOPERATION}


def letters_to(contractor):
    """Issued letters about nobody else: one that speaks of others too would tell of them."""
    own = Inspection.objects.of_contractor(contractor)
    issued = Document.objects.filter(status=Document.Status.APPROVED, kind__in=TO_CONTRACTORS)
    others = Document.inspections.through.objects.exclude(inspection__in=own.values("pk"))
    return issued.filter(inspections__in=own).exclude(pk__in=others.values("document")).distinct()


def receivers(document):
    """The contractors in whose portal this letter stands."""
    if document.kind not in TO_CONTRACTORS:
        return []
    found = {}
    for inspection in document.inspections.select_related("agreement__contractor"):
        found |= {contractor.pk: contractor for contractor in inspection.contractors}
    return [each for each in found.values() if letters_to(each).filter(pk=document.pk).exists()]


@transaction.atomic
def receive(document, contractor, *, by):
    """The first opening is the receipt; each one is told to the history."""
    receipt, is_first = Receipt.objects.get_or_create(
        document=document, contractor=contractor, defaults={"user": by, "received_at": clock.now()}
    )
    record("receive" if is_first else "view", document, by=by, contractor=str(contractor))
    return receipt
