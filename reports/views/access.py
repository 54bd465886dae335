"""Finding the paper of a request, and telling how an activity went."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from inspections.workflow import TransitionError
from reports import permissions
from reports.models import ApprovalStep, Document
from reports.rendering.html import render_fragment

RELATED = ["department__parent", "drafter__department"]


def visible_document(request, pk):
    """The paper, or 404 if this user may not even know it exists."""
    return get_object_or_404(Document.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def own_draft(request, pk):
    """A draft that this user writes; 403 for a mere reader or a paper that was sent."""
    document = visible_document(request, pk)
    if not permissions.can_edit(request.user, document):
        raise PermissionDenied("기안자가 작성 중인 문서만 고칠 수 있습니다.")
    return document


def visible_step(request, pk, step_pk):
    document = visible_document(request, pk)
    steps = ApprovalStep.objects.select_related("round", "assignee").filter(round__document=document)
    return document, get_object_or_404(steps, pk=step_pk)


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
