"""비공개 표시: what of a paper the public will not read, and how the rest will read."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from inspections.workflow import TransitionError
from reports import marking, permissions, redacting
from reports.forms.marking import MarkForm
from reports.models import DisclosureMark
from reports.rendering.text import render_text
from reports.views import pages
from reports.views.access import attempt, own_draft, refused_on_paper, visible_document


@require_safe
def marks(request, pk):
    """For whoever writes it to mark, for those who sign to be read."""
    return _page(request, visible_document(request, pk))


@require_POST
@refused_on_paper
def mark_add(request, pk):
    document = own_draft(request, pk)
    form = MarkForm(request.POST, document=document)
    if not form.is_valid():
        return _page(request, document, form, status=422)
    try:
        marking.add(document, by=request.user, **form.cleaned_data)
    except TransitionError as error:
        form.add_error(None, str(error))
        return _page(request, document, form, status=422)
    messages.success(request, "비공개로 표시했습니다.")
    return redirect("reports:marks", pk)


@require_POST
@refused_on_paper
def mark_remove(request, pk, mark_pk):
    document = own_draft(request, pk)
    mark = get_object_or_404(DisclosureMark, pk=mark_pk, document=document)
    attempt(request, "표시를 지웠습니다.", marking.remove, mark)
    return redirect("reports:marks", pk)


def _page(request, document, form=None, *, status=200):
    can_edit = permissions.can_edit(request.user, document)
    context = {
        "document": document,
        "marks": document.marks.select_related("block", "marked_by"),
        "stale": {mark.pk for mark in marking.stale(document)},
        "form": form or (MarkForm(document=document) if can_edit else None),
        "suggestions": marking.suggestions(document) if can_edit else [],
        "public": render_text(redacting.public(pages.current_paper(document))),
        "can_edit": can_edit,
    }
    return render(request, "reports/marks.html", context, status=status)
