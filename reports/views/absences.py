"""부재와 대결 of oneself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from inspections.workflow import TransitionError
from reports import absences, permissions
from reports.forms.absences import AbsenceForm
from reports.views.access import attempt, refuse_contractors


@require_http_methods(["GET", "HEAD", "POST"])
def absence_list(request):
    _check(request.user)
    form = AbsenceForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        try:
            absences.register(request.user, by=request.user, **form.cleaned_data)
        except TransitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "등록했습니다. 그동안 내 문서가 그 사람의 결재함에도 들어갑니다.")
            return redirect("reports:absence_list")
    context = {
        "form": form,
        "absences": request.user.absences.in_force().select_related("substitute"),
        "represented": absences.told(request.user),
    }
    return render(request, "reports/absences.html", context, status=422 if form.is_bound else 200)


@require_POST
def absence_end(request, absence_pk):
    _check(request.user)
    absence = get_object_or_404(request.user.absences, pk=absence_pk)
    attempt(request, "거두었습니다. 이제부터는 직접 결재합니다.", absences.end, absence)
    return redirect("reports:absence_list")


def _check(user):
    refuse_contractors(user)
    if not permissions.can_stand_in_a_line(user):
        raise PermissionDenied
