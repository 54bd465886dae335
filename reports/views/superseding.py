"""정정 of an approved paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from inspections.workflow import TransitionError
from reports import permissions, superseding
from reports.forms.superseding import SupersedingForm
from reports.views.access import refused_on_paper, visible_document


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def supersede(request, pk):
    document = visible_document(request, pk)
    if not permissions.can_supersede(request.user, document):
        raise PermissionDenied
    if document.status != document.Status.APPROVED:
        raise TransitionError("결재가 끝난 문서만 정정할 수 있습니다. 작성 중인 문서는 그대로 고치면 됩니다.")
    form = SupersedingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        draft = superseding.supersede(document, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "원래 문서대로 지었습니다. 틀린 곳을 고친 다음 결재를 요청하세요.")
        return redirect("reports:document", pk=draft.pk)
    context = {"document": document, "form": form, "title": "정정", "button": "정정 문서 만들기"}
    return render(request, "reports/part_form.html", context, status=422 if form.is_bound else 200)
