"""Several signatures at once: for papers that the signer has opened since they were sent, and only those."""

from django.core.exceptions import PermissionDenied
from django.db.models import F, Max

from audit.models import Event
from inspections.workflow import TransitionError
from reports import issuing, workflow
from reports.models import ApprovalStep
from reports.rendering.errors import RenderError

MOST = 50  # at once: one page of the box
UNOPENED = "열어 본 다음 한꺼번에 처리할 수 있습니다."


def ready(user, documents, waiting):
    """Of these papers, as the box lists them, those that may be ticked: {document id: step id}.

    `waiting`: the same of all that wait for him. One query for the page.
    """
    sent = {document.pk: document.requested_at for document in documents if document.pk in waiting}
    return {pk: waiting[pk] for pk in _opened(user, sent)}


def sign_all(keys, *, by):
    """Sign each of these steps by itself. (how many were signed, why the others were not)"""
    done, refused = 0, []
    found = ApprovalStep.objects.filter(pk__in=keys[:MOST]).annotate(title=F("round__document__title"))
    steps = list(found.select_related("round", "assignee").order_by("pk"))
    opened = _opened(by, {step.round.document_id: step.round.requested_at for step in steps})
    for step in steps:
        try:
            _sign(step, is_opened=step.round.document_id in opened, by=by)
        except (TransitionError, PermissionDenied, RenderError) as error:
            refused.append(f"{step.title}: {error}")
        else:
            done += 1
    return done, refused


def _opened(user, sent):
    """Of {document id: when it was sent} the ids of those that he has opened since."""
    chains = {f"document:{pk}": pk for pk in sent}
    views = Event.objects.filter(chain__in=list(chains), action="view", actor=user).order_by()
    last = dict(views.values_list("chain").annotate(Max("at")))
    return {pk for chain, pk in chains.items() if chain in last and last[chain] >= sent[pk]}


def _sign(step, *, is_opened, by):
    if not is_opened:
        raise TransitionError(UNOPENED)
    if step.act == ApprovalStep.Act.APPROVE:
        issuing.approve(step, by=by)
    else:
        workflow.sign(step, by=by)
