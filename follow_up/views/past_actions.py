"""지난 조치 at an inspection: what is still open, and a verdict on each."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from follow_up import past_actions as activity
from follow_up.forms.past_actions import CheckForm
from inspections import permissions
from inspections.models import Action
from inspections.views.access import attempt, own_inspection, visible_inspection


@require_safe
def past_actions(request, pk):
    inspection = visible_inspection(request, pk)
    return _page(request, inspection, {})


@require_POST
def past_action_check(request, pk, action_pk):
    inspection = own_inspection(request, pk)
    action = get_object_or_404(Action.objects.visible_to(request.user), pk=action_pk)
    form = CheckForm(request.POST, auto_id=f"{action_pk}-%s")
    if not form.is_valid():
        return _page(request, inspection, {action.pk: form}, status=422)
    attempt(request, "확인을 적었습니다.", activity.judge, inspection, action, **form.cleaned_data)
    return redirect("follow_up:past_actions", pk)


def _page(request, inspection, forms, *, status=200):
    """Each with its own form; the one that was sent keeps what was typed."""
    actions = activity.to_check(inspection)
    for action in actions:
        action.form = forms.get(action.pk) or CheckForm(auto_id=f"{action.pk}-%s")
    can_edit = inspection.is_open and permissions.can_work_on(request.user, inspection)
    context = {"inspection": inspection, "actions": actions, "can_edit": can_edit}
    return render(request, "follow_up/past_actions.html", context, status=status)
