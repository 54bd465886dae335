"""Several signatures at once: for papers that the signer has opened since they were sent, and only those."""

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Exists, F, Max, OuterRef, Value
from django.db.models.functions import Cast, Concat

from audit.models import Event
from inspections.workflow import TransitionError
from reports import box, issuing, workflow
from reports.models import ApprovalStep
from reports.rendering.errors import RenderError

MOST = 50  # at once: one page of the box
UNREAD = "열어 본 다음 한꺼번에 처리할 수 있습니다."


def read_turns(user):
    """The steps on which it is his turn and whose paper he has opened since this round was sent."""
    chain = Concat(
        Value("document:"), Cast(OuterRef("round__document"), CharField()), output_field=CharField()
    )
    views = Event.objects.filter(
        chain=chain, action="view", actor=user, at__gte=OuterRef("round__requested_at")
    )
    return box.turns(user).filter(Exists(views))


def ready(user, documents, waiting):
    """Of these papers, as the box lists them, those that may be ticked: {document id: step id}.

    `waiting`: the same of all that wait for him. One query for the page.
    """
    chains = {f"document:{document.pk}": document for document in documents if document.pk in waiting}
    views = Event.objects.filter(chain__in=list(chains), action="view", actor=user).order_by()
    read = views.values("chain").annotate(last=Max("at")).values_list("chain", "last")
    opened = [chains[chain] for chain, last in read if last >= chains[chain].requested_at]
    return {document.pk: waiting[document.pk] for document in opened}


def sign_all(keys, *, by):
    """Sign each of these steps by itself. (how many were signed, why the others were not)"""
    done, refused = 0, []
    steps = ApprovalStep.objects.filter(pk__in=keys[:MOST]).annotate(title=F("round__document__title"))
    read = set(read_turns(by).filter(pk__in=keys).values_list("pk", flat=True))
    for step in steps.select_related("round", "assignee").order_by("pk"):
        try:
            _sign(step, is_read=step.pk in read, by=by)
        except (TransitionError, PermissionDenied, RenderError) as error:
            refused.append(f"{step.title}: {error}")
        else:
            done += 1
    return done, refused


def _sign(step, *, is_read, by):
    if not is_read:
        raise TransitionError(UNREAD)
    if step.act == ApprovalStep.Act.APPROVE:
        issuing.approve(step, by=by)
    else:
        workflow.sign(step, by=by)
