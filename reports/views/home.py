"""내 업무."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from follow_up import reminding
from reports import box, desk


@require_safe
def home(request):
    user = request.user
    if user.is_contractor:
        return redirect("portal:home")
    waiting = box.waiting_for(user)
    closed, kept_back, hidden = desk.to_look_at_again(user)
    context = {
        "closed_again": closed,
        "attachments_again": kept_back,
        "hidden_again": hidden,
        "counts": _counts(user, waiting),
        "notices": desk.notices(user)[: desk.SHOWN],
        "reminders": reminding.unread(user)[: desk.SHOWN],
        "duty": desk.duty_bar(user) if user.is_superintendent or user.is_superuser else None,
        "waiting": desk.waiting(waiting) if user.is_approver else [],
        "visits": desk.with_progress(desk.visits_this_week(user)[: desk.SHOWN]),
        "returned": box.returned_to(user)[: desk.SHOWN],
        "drafts": desk.drafts(user).exclude(pk__in=box.returned_to(user))[: desk.SHOWN],
        "overdue_actions": desk.overdue_actions(user)[: desk.SHOWN],
        "overdue_inspections": desk.overdue_inspections(user)[: desk.SHOWN],
        "due_soon": desk.due_soon(user)[: desk.SHOWN],
        "to_verify": desk.reported_actions(user)[: desk.SHOWN],
        "not_inspected": desk.not_inspected_this_year(user)[: desk.SHOWN],
        "recent": desk.recent(user),
    }
    return render(request, "reports/home.html", context)


def _counts(user, waiting):
    counts = desk.counts(user, waiting)
    box_url = reverse("reports:approval_list")
    return [
        {"label": "기한 지남", "value": counts["overdue"], "url": "#overdue", "tone": "danger"},
        {"label": "오늘 방문", "value": counts["today"], "url": "#visits"},
        {"label": "결재 대기", "value": counts["waiting"], "url": box_url},
        {"label": "반려됨", "value": counts["returned"], "url": f"{box_url}?tab=returned", "tone": "danger"},
        {"label": "조치 확인", "value": counts["to_verify"], "url": "#to-verify"},
    ]
