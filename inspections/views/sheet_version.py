"""점검표 판: what changed from one to the next, and moving an open inspection over to it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from inspections import moving
from inspections.forms.planning import MoveSheetForm
from inspections.views.access import own_inspection
from inspections.workflow import StaleError, TransitionError


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_move(request, pk):
    """First what is added, removed and changed; then the move."""
    inspection = own_inspection(request, pk)
    newer = moving.newer_version(inspection)
    if newer is None:
        raise Http404
    form = MoveSheetForm(request.POST or None, initial={"version": inspection.version})
    if form.is_bound and form.is_valid():
        try:
            moving.move(inspection, newer, by=request.user, **form.cleaned_data)
        except StaleError:
            messages.error(request, "그 사이 점검 계획이 바뀌었습니다. 아래 내용을 다시 보고 옮기세요.")
        except TransitionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"‘{newer}’로 옮겼습니다.")
            return redirect("inspections:detail", pk)
        return redirect("inspections:sheet_move", pk)
    outlook = moving.outlook(inspection, newer)
    context = {"inspection": inspection, "newer": newer, "outlook": outlook, "form": form}
    return render(request, "inspections/sheet_move.html", context, status=422 if form.is_bound else 200)
