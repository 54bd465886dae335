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
    form = MoveSheetForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            moving.move(inspection, newer, by=request.user, **form.cleaned_data)
        except StaleError:
            messages.error(request, "그 사이 계획이나 답이 바뀌었습니다. 아래 내용을 다시 보고 옮기세요.")
        except TransitionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"‘{newer}’로 옮겼습니다.")
            return redirect("inspections:detail", pk)
        return redirect("inspections:sheet_move", pk)
    status = 422 if form else 200
    outlook = moving.outlook(inspection, newer)
    shown = MoveSheetForm(initial={"version": inspection.version, "fingerprint": outlook.fingerprint})
    context = {"inspection": inspection, "newer": newer, "outlook": outlook, "form": shown}
    return render(request, "inspections/sheet_move.html", context, status=status)
