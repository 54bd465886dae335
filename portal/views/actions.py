"""조치: what the city demands of this contractor, and what it answers."""

import uuid

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from audit import clock
from audit.recording import record
from deadlines.counting import days_told
from follow_up import acting, reminding
from follow_up.board import in_order
from follow_up.forms.acting import ObjectForm, ReportForm
from follow_up.models import ReportFile, Source
from follow_up.views.access import carried_out, sent, served
from inspections.models import Action
from portal.views.access import for_contractors

ACTS = {
    "report": (ReportForm, acting.report, "조치결과 보내기",
        "무엇을 어떻게 바로잡았는지 적고, 사진이나 문서를 함께 보내 주세요.",
        "조치결과를 보냈습니다. 시에서 확인하면 알려 드립니다."),
    "object": (ObjectForm, acting.object_to, "이의 보내기",
        "요구가 사실과 다르거나 따를 수 없으면 까닭을 적어 보내 주세요.",
        "이의를 보냈습니다. 결정되면 알려 드립니다."),
}  # fmt: skip


@require_safe
@for_contractors
def action_list(request):
    actions = in_order(Action.objects.visible_to(request.user)).select_related("inspection__subject")
    today = clock.today()
    rows = [(each, each.is_late(today)) for each in actions[:500]]
    context = {
        "open": [row for row in rows if not row[0].is_closed],
        "closed": [row for row in rows if row[0].is_closed],
    }
    return render(request, "portal/action_list.html", context)


@require_safe
@for_contractors
def action(request, pk):
    found = _action(request, pk)
    record("view", found, by=request.user, chain=found.inspection)
    reminding.read(request.user, action=found)
    today = clock.today()
    context = {
        "action": found,
        "reports": found.reports.prefetch_related("files"),
        "objections": found.objections.all(),
        "rest": acting.rest_of(found),
        "is_late": found.is_late(today),
        "days_told": days_told(found.due_on, today) if found.due_on and not found.is_closed else "",
        "can_answer": acting.is_possible(found, "report"),
        "can_object": acting.is_possible(found, "object"),
    }
    return render(request, "portal/action.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_contractors
def act(request, pk, verb):
    found = _action(request, pk)
    form_class, activity, title, text, done = ACTS[verb]
    form = form_class(*sent(request), action=found, initial={"id": uuid.uuid4()})

    def do(fields):
        return activity(found, by=request.user, source=Source.PORTAL, **fields)

    saved, status = carried_out(request, form, do, done)
    if saved:
        return redirect("portal:action", pk)
    context = {"form": form, "action": found, "title": title, "text": text}
    return render(request, "portal/act.html", context, status=status)


@require_safe
@for_contractors
def report_file(request, pk, file_pk):
    """A file that this contractor sent."""
    found = _action(request, pk)
    kept = get_object_or_404(ReportFile, pk=file_pk, report__action=found)
    record("download", kept, by=request.user, chain=found.inspection)
    return served(request, kept, "portal:action", pk)


def _action(request, pk):
    rows = Action.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("inspection__subject", "inspection__department", "contractor"), pk=pk
    )
