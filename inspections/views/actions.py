"""조치사항: demanded in the results."""

import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from inspections import following_up, permissions
from inspections.forms.findings import ActionForm, VersionForm, knowing
from inspections.models import Action
from inspections.views.access import inspection_for, own_inspection
from inspections.workflow import StaleError, TransitionError


@require_http_methods(["GET", "HEAD", "POST"])
def action_create(request, pk):
    inspection = own_inspection(request, pk)
    form = ActionForm(
        request.POST or None, inspection=inspection, initial={"findings": request.GET.getlist("line")}
    )
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data | {"id": uuid.uuid4()}
        fields.pop("version")
        return _done(
            request, inspection, lambda: following_up.add_action(inspection, by=request.user, **fields)
        )
    return _page(request, inspection, form, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def action_update(request, pk, action_pk):
    action = _visible_action(request, pk, action_pk)
    inspection = action.inspection
    if request.method != "POST":
        initial = vars(action) | {
            "department": action.department_id,
            "contractor": action.contractor_id,
            "findings": action.findings.all(),
        }
        return _page(request, inspection, ActionForm(inspection=inspection, initial=initial), action)
    form = ActionForm(request.POST, inspection=inspection)
    if not form.is_valid():
        return _page(request, inspection, form, action, status=422)
    try:
        return _done(
            request,
            inspection,
            lambda: following_up.save_action(action, by=request.user, **form.cleaned_data),
        )
    except StaleError as stale:
        return _page(request, inspection, form, action, stale=stale.current, status=409)


@require_POST
def action_delete(request, pk, action_pk):
    action = _visible_action(request, pk, action_pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        return _done(
            request,
            action.inspection,
            lambda: following_up.delete_action(action, by=request.user, version=version),
        )
    except StaleError as stale:
        messages.error(request, f"{stale} 바뀐 내용을 보고 다시 지워 주세요.")
        return redirect(_list_of(action.inspection))


def _visible_action(request, pk, action_pk):
    inspection = inspection_for(request, pk)
    action = get_object_or_404(Action, inspection=inspection, pk=action_pk)
    action.inspection = inspection
    return action


def _done(request, inspection, act):
    try:
        act()
    except TransitionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "저장했습니다.")
    return redirect(_list_of(inspection))


def _list_of(inspection):
    return reverse("inspections:findings", args=[inspection.pk]) + "#actions"


def _page(request, inspection, form, action=None, *, stale=None, status=200):
    context = {
        "inspection": inspection,
        "form": knowing(form, stale) if stale else form,
        "action": action,
        "stale": stale,
        "can_edit": inspection.is_open and permissions.can_work_on(request.user, inspection),
    }
    return render(request, "inspections/action_form.html", context, status=status)
