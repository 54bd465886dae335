"""조치 현황판과 조치 목록. Rows are plain tuples: ten thousand of them may be open."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit import clock
from follow_up import board as activity
from follow_up.forms.filters import ActionFilter
from inspections import paging
from inspections.models import Action
from inspections.views.access import refuse_contractors

STATUSES = dict(Action.Status.choices)


@require_safe
def board(request):
    refuse_contractors(request.user)
    columns = activity.board(Action.objects.visible_to(request.user))
    context = {"columns": [(column, printed(column.rows)) for column in columns]}
    return render(request, "follow_up/board.html", context)


@require_safe
def action_list(request):
    refuse_contractors(request.user)
    return _list(request, Action.objects.visible_to(request.user), "follow_up/action_list.html")


@require_safe
def ours(request):
    """우리 부서에 온 조치: what inspections of other offices ask of ours."""
    refuse_contractors(request.user)
    asked = Action.objects.filter(owner=Action.Owner.OTHER, department=request.user.office)
    return _list(request, asked if request.user.office else asked.none(), "follow_up/ours.html")


def _list(request, actions, template):
    filtered = ActionFilter(request.GET, actions, request=request)
    rows = activity.in_order(activity.after(filtered.qs, request.GET.get("after", "")))
    found, has_more = paging.page_of(rows.values_list(*activity.COLUMNS))
    last = found[-1] if found else None
    context = {
        "form": filtered.form,
        "rows": printed(found),
        "next_url": has_more and paging.next_url(request, activity.place_of(last[7], last[0])),
        "first_url": paging.first_url(request),
        "is_filtered": bool(request.GET),
    }
    return render(request, template, context)


def printed(rows):
    today, base = clock.today(), reverse("follow_up:list")
    return [
        (
            f"{base}actions/{row[0]}/", row[1], row[2], _who(*row[2:7]), row[6], day(row[7]), row[8],
            STATUSES[row[8]], activity.late(row, today), row[10] or "-",
        )
        for row in rows
    ]  # fmt: skip


def _who(subject, owner, contractor, department, office):
    return contractor or department or (office if owner == Action.Owner.DEPARTMENT else subject)


def day(value):
    # Not the template's |date: it costs more than the rest of a row.
    return f"{value.year}. {value.month}. {value.day}." if value else "-"
