"""Finding the paper of a request, and telling how an activity went."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from inspections.workflow import TransitionError
from prepared.queries import PreparedQuery
from reports import permissions, steps
from reports.models import Document
from reports.models.document import sight_of
from reports.rendering.html import render_fragment

RELATED = ["department__parent", "drafter__department"]


@PreparedQuery
def _in_sight(*, pk, **sight):
    return Document.objects.in_sight(**sight).select_related(*RELATED).filter(pk=pk)


def visible_document(request, pk):
    """The paper, or 404 if this user may not even know it exists."""
    if (document := _in_sight.first(pk=pk, **sight_of(request.user))) is None:
        raise Http404
    return document


def own_draft(request, pk):
    """A draft that this user writes; 403 for a mere reader, a refusal if the paper was sent meanwhile."""
    document = visible_document(request, pk)
    check_drafter(request.user, document)
    if document.status != Document.Status.DRAFT:
        raise TransitionError(f"'{document.get_status_display()}' 문서는 고칠 수 없습니다.")
    return document


def drafters_draft(request, pk):
    """One's own, not merely written in: to send it, to say who else writes."""
    document = own_draft(request, pk)
    if not permissions.is_drafter(request.user, document):
        raise PermissionDenied("기안자만 할 수 있습니다.")
    return document


def check_drafter(user, document):
    """Asked before anything he sent is read."""
    if not permissions.is_writing(user, document):
        raise PermissionDenied("기안자만 문서를 고칠 수 있습니다.")


def refused_on_paper(view):
    """What is not possible now is said on the page of the paper, whoever of two tabs came too late."""

    @wraps(view)
    def inner(request, pk, **kwargs):
        try:
            return view(request, pk, **kwargs)
        except TransitionError as error:
            messages.error(request, str(error))
            return redirect("reports:document", pk=pk)

    return inner


def own_step(request, pk, step_pk):
    """A step of the paper that this user is asked to sign; 403 for whoever only reads it."""
    document = visible_document(request, pk)
    step = steps.with_round.first(pk=step_pk)
    if step is None or step.round.document_id != document.pk:
        raise Http404
    steps.check_addressee(step, request.user)
    return document, step


def refuse_contractors(user):
    """The lists of the office are not there for a contractor."""
    if user.is_contractor:
        raise Http404


def attempt(request, done, activity, *args, **kwargs):
    """Do it and say so; a refusal becomes a message. Returns whether it was done."""
    try:
        activity(*args, by=request.user, **kwargs)
    except TransitionError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


def fragment(paper, document):
    """The paper inside a page of the site."""
    return render_fragment(
        paper, image_url=lambda sha256: reverse("reports:picture", args=[document.pk, sha256])
    )
