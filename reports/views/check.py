"""다시 볼 것: what deserves a second look in a paper. The drafter may leave some of it, with a reason."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from inspections.forms.review import WaiveForm
from reports import permissions, second_look
from reports.views.access import attempt, own_draft, refused_on_paper, visible_document


@require_safe
def document_check(request, pk):
    """For the drafter with the way to each line, for those who sign to be read."""
    document = visible_document(request, pk)
    seen = second_look.faults(document)
    context = {
        "document": document,
        "open": [one for one in seen if one.waiver is None],
        "waived": [one for one in seen if one.waiver],
        "can_edit": permissions.can_edit(request.user, document),
    }
    return render(request, "reports/document_check.html", context)


@require_POST
@refused_on_paper
def fault_waive(request, pk):
    document = own_draft(request, pk)
    form = WaiveForm(request.POST)
    if form.is_valid():
        attempt(request, "알림을 그대로 두기로 했습니다.", second_look.waive, document, **form.cleaned_data)
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("reports:document_check", pk)
