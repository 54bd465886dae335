"""What may be done with a paper in approval besides signing: keep it for now, put another signer in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from inspections.workflow import TransitionError
from reports import permissions, rerouting
from reports.forms.absences import ReplaceForm
from reports.forms.approval import HoldForm
from reports.models import ApprovalStep
from reports.views.access import attempt, own_step, visible_document


@require_POST
def hold(request, pk, step_pk):
    _document, step = own_step(request, pk, step_pk)
    form = HoldForm(request.POST)
    if form.is_valid():
        attempt(
            request, "보류했습니다. 까닭이 기안자에게 보입니다.", rerouting.hold, step, **form.cleaned_data
        )
    else:
        messages.error(request, "보류하는 까닭을 적어 주세요.")
    return redirect("reports:approval", pk=pk)


@require_POST
def correct(request, pk, step_pk):
    _document, step = own_step(request, pk, step_pk)
    done = "고칠 수 있습니다. 마치면 ‘고치기 마치고 결재로’를 누르세요."
    if attempt(request, done, rerouting.correct, step):
        return redirect("reports:document", pk=pk)
    return redirect("reports:approval", pk=pk)


@require_POST
def resume(request, pk):
    document = visible_document(request, pk)
    if attempt(request, "결재로 돌아왔습니다. 고친 곳은 기안자에게도 보입니다.", rerouting.resume, document):
        return redirect("reports:approval", pk=pk)
    return redirect("reports:document", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def signer_replace(request, pk, step_pk):
    document = visible_document(request, pk)
    if not permissions.can_replace_signer(request.user, document):
        raise PermissionDenied
    found = ApprovalStep.objects.select_related("round", "assignee").filter(round__document=document)
    step = get_object_or_404(found, pk=step_pk)
    form = ReplaceForm(request.POST if request.method == "POST" else None, step=step, document=document)
    if form.is_valid():
        try:
            rerouting.replace(step, by=request.user, **form.cleaned_data)
        except TransitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "결재자를 바꾸었습니다. 바꾼 까닭은 이력에 남습니다.")
            return redirect("reports:document", pk=pk)
    title = f"결재자 바꾸기: {step.get_act_display()} {step.assignee}"
    context = {"document": document, "form": form, "title": title}
    return render(request, "reports/part_form.html", context, status=422 if form.is_bound else 200)
