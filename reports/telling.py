"""What an issued letter changes in the follow-up: a demand is told, and its owner sees it from then on."""

from follow_up import acting, notices
from inspections.models import Action
from notation.dates import long_date
from reports import delivering
from reports.models import Document

Kind, Owner = Document.Kind, Action.Owner
# Which letter tells whom.
TOLD = {Kind.OUTCOME: Owner.CONTRACTOR, Kind.CORRECTION: Owner.CONTRACTOR, Kind.COOPERATION: Owner.OTHER}


def tell(document, *, by):
    """In the transaction that issues the letter. What an earlier letter told stays told by that one."""
    for contractor in delivering.receivers(document):
        notices.to_contractor(contractor, "시에서 보낸 문서가 있습니다.", "portal:letter", document.pk)
    owner = TOLD.get(document.kind)
    if owner is None:
        return
    paper = f"{document.number_text}({long_date(document.approved_on)})"
    waiting = Action.objects.filter(inspection__documents=document, owner=owner, told_on=None)
    for action in waiting.exclude(status__in=Action.CLOSED).order_by("inspection", "pk"):
        acting.tell(action, on=document.approved_on, paper=paper, by=by)
