"""A paper that was approved elsewhere: recording it, and its signed file."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from inspections.workflow import TransitionError
from reports import outside
from reports.forms.outside import OutsideForm
from reports.rendering.errors import RenderError
from reports.views.access import drafters_draft, refused_on_paper


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def record_outside(request, pk):
    document = drafters_draft(request, pk)
    form = OutsideForm(*([request.POST, request.FILES] if request.method == "POST" else []))
    if form.is_valid():
        try:
            document = outside.record_outside(document, form.facts, by=request.user)
        except (TransitionError, RenderError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{document.number_text}로 기록했습니다. 이제 고칠 수 없습니다.")
            return redirect("reports:document", pk=pk)
    context = {"document": document, "form": form, "title": "밖에서 한 결재 기록"}
    return render(request, "reports/part_form.html", context, status=422 if form.is_bound else 200)
