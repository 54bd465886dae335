"""지금 할 일, and what was and what comes next."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import clock
from follow_up import reminding
from inspections.models import Action, Visit
from portal import desk
from portal.views.access import for_contractors
from reports import delivering

SHOWN = 10


@require_safe
@for_contractors
def home(request):
    actions = Action.objects.visible_to(request.user).select_related("inspection__subject")
    visits = Visit.objects.filter(
        withdrawn_at=None, ends_on__gte=clock.today(), inspection__agreement__contractor=request.contractor
    )
    context = {
        "reminders": reminding.unread(request.user)[:SHOWN],
        "tasks": desk.tasks(request.user, request.contractor),
        "visits": visits.select_related("inspection__subject").order_by("starts_on")[:SHOWN],
        "answered": actions.exclude(status__in=["demanded", "rework"]).order_by("-status_on", "pk")[:SHOWN],
        "letters": delivering.letters_to(request.contractor).order_by("-approved_on", "-pk")[:SHOWN],
    }
    return render(request, "portal/home.html", context)
