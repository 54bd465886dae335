"""고친 이력: what was done to the lines of a draft, and taking it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from audit.models import Event
from inspections.workflow import StaleError, TransitionError
from reports import line_history as history
from reports.forms.lines import VersionForm
from reports.views.access import check_drafter, own_draft, refused_on_paper, visible_document


@require_safe
@refused_on_paper
def line_history(request, pk):
    document = own_draft(request, pk)
    context = {"document": document, "changes": history.changes(document), "latest": history.LATEST}
    return render(request, "reports/line_history.html", context)


@require_POST
def line_undo(request, pk):
    document = visible_document(request, pk)
    check_drafter(request.user, document)
    key = request.POST.get("event", "")
    events = Event.objects.filter(chain=f"document:{document.pk}", object_type="block")
    event = get_object_or_404(events, seq=key if key.isdecimal() and len(key) < 10 else 0)
    try:
        history.undo(document, event, version=_version(request), by=request.user)
    except StaleError:
        messages.error(request, "그 사이 다른 곳에서 고친 줄입니다. 지금 내용을 보고 다시 눌러 주세요.")
    except TransitionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "되돌렸습니다. 되돌린 것도 이력에 남아 다시 바꿀 수 있습니다.")
    return redirect("reports:line_history", pk=pk)


def _version(request):
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0
