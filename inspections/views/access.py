"""Finding the object of a request, and telling how an activity went."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from inspections import permissions
from inspections.forms.fields import LONGEST_KEY
from inspections.models import Inspection, InspectionPeriod
from inspections.workflow import TransitionError

RELATED = [
    "subject__parent", "subject__kind", "agreement__contractor", "checklist", "department", "part__period",
    "previous", "status_reason",
]  # fmt: skip


def visible_inspection(request, pk, only=()):
    """The inspection, or 404 if this user may not even know it exists. `only`: the columns of a hot page."""
    rows = Inspection.objects.visible_to(request.user)
    rows = rows.select_related("subject").only(*only) if only else rows.select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def own_inspection(request, pk, only=()):
    """One that this user may work on; 403 for a mere reader, before anything he sent is read."""
    inspection = visible_inspection(request, pk, only)
    if not permissions.can_work_on(request.user, inspection):
        raise PermissionDenied
    return inspection


def inspection_for(request, pk, only=()):
    """To be looked at by whoever may see it; to be changed only by those who work on it."""
    return (own_inspection if request.method == "POST" else visible_inspection)(request, pk, only)


def visible_period(request, pk):
    rows = InspectionPeriod.objects.visible_to(request.user).select_related("department", "previous")
    return get_object_or_404(rows, pk=pk)


def own_period(request, pk):
    period = visible_period(request, pk)
    if not permissions.can_change_period(request.user, period):
        raise PermissionDenied
    return period


def keys(texts):
    """The row numbers among these texts of an address or a form; what cannot be one is left out."""
    return [int(text) for text in texts if text.isdecimal() and len(text) <= LONGEST_KEY]


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


def accepted(request, form, activity, *args, **kwargs):
    """Like `attempt`, for a page with a form: a refusal becomes an error of the form, nothing is lost."""
    if not form.is_valid():
        return False
    try:
        activity(*args, by=request.user, **kwargs, **form.cleaned_data)
    except TransitionError as error:
        form.add_error(None, str(error))
    return form.is_valid()


def form_page(request, form, **context):
    """A page that is one form with a sentence on what it does; see inspections/form_page.html."""
    status = context.pop("status", 422 if form.is_bound else 200)
    return render(request, "inspections/form_page.html", {"form": form, **context}, status=status)
