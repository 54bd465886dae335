"""함께 쓰기: who may, who is there, and what the others have saved meanwhile."""

import uuid

from django.contrib import messages
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from inspections import presence
from inspections.workflow import TransitionError
from reports import co_writing
from reports.forms.co_writing import WritersForm
from reports.views.access import check_drafter, drafters_draft, refused_on_paper, visible_document


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def writers(request, pk):
    document = drafters_draft(request, pk)
    form = WritersForm(request.POST if request.method == "POST" else None, document=document)
    if form.is_valid():
        try:
            co_writing.choose(document, form.cleaned_data["users"], by=request.user)
        except TransitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "함께 쓸 사람을 정했습니다.")
            return redirect("reports:document", pk=pk)
    context = {"document": document, "form": form, "title": "함께 쓰기"}
    return render(request, "reports/part_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def here(request, pk):
    document = visible_document(request, pk)
    check_drafter(request.user, document)
    line = request.POST.get("line", "")
    if line and not _is_uuid(line):
        return HttpResponseBadRequest()
    others = co_writing.here(document, by=request.user, line=line)
    return JsonResponse(
        {"others": presence.told(others), "lines": co_writing.versions(document) if others else None}
    )


def _is_uuid(text):
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
