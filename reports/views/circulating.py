"""공람 of an approved paper, and the notices of 내 업무."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from inspections.workflow import TransitionError
from reports import circulating, permissions
from reports.forms.circulating import CirculationForm
from reports.views.access import visible_document


@require_http_methods(["GET", "HEAD", "POST"])
def circulation(request, pk):
    document = visible_document(request, pk)
    if not permissions.can_circulate(request.user, document):
        raise PermissionDenied
    form = CirculationForm(request.POST if request.method == "POST" else None, document=document)
    if form.is_valid():
        try:
            count = circulating.circulate(document, form.cleaned_data["users"], by=request.user)
        except TransitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{count}명에게 공람했습니다. 읽으면 언제 읽었는지 보입니다.")
            return redirect("reports:document", pk=pk)
    context = {"document": document, "form": form, "title": "공람"}
    return render(request, "reports/part_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def notices_read(request):
    circulating.read_all(request.user)
    return redirect("home")
