"""인수인계: all that a person holds goes over to another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from inspections.workflow import TransitionError
from reports import handing_over
from reports.forms.handing_over import HandOverForm
from reports.views.access import refuse_contractors


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request):
    refuse_contractors(request.user)
    if request.user.is_viewer:
        raise PermissionDenied
    form = HandOverForm(request.POST if request.method == "POST" else None, by=request.user)
    if form.is_valid():
        try:
            found = handing_over.hand_over(by=request.user, **form.cleaned_data)
        except TransitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{form.cleaned_data['taker'].name}님에게 넘겼습니다: {found.told}")
            return redirect("reports:hand_over")
    mine = handing_over.held(request.user)
    return render(
        request, "reports/hand_over.html", {"form": form, "mine": mine}, status=422 if form.is_bound else 200
    )
