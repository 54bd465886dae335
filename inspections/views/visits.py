"""The step 방문 of one inspection, and the month of an office's visits."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from inspections import permissions, visiting
from inspections.forms.fields import differences, knowing
from inspections.forms.visiting import ChangeVisitForm, PostponeForm, VisitForm, WithdrawForm
from inspections.views.access import (
    accepted,
    form_page,
    own_inspection,
    refuse_contractors,
    visible_inspection,
)
from inspections.views.visit_calendar import month_page
from inspections.workflow import StaleError


@require_safe
def visits(request, pk):
    inspection = visible_inspection(request, pk)
    context = {
        "inspection": inspection,
        "visits": inspection.visits.prefetch_related("postponements__postponed_by"),
        "can_edit": inspection.is_open and permissions.can_work_on(request.user, inspection),
    }
    return render(request, "inspections/visits.html", context)


@require_safe
def calendar(request):
    refuse_contractors(request.user)
    return render(
        request, "inspections/calendar.html", month_page(request.user, request.GET.get("month", ""))
    )


@require_http_methods(["GET", "HEAD", "POST"])
def visit_create(request, pk):
    inspection = own_inspection(request, pk)
    form = VisitForm(request.POST or None)
    if accepted(request, form, visiting.add_visit, inspection):
        messages.success(request, "방문 일정을 잡았습니다.")
        return redirect("inspections:visits", pk=pk)
    text = "여러 날이면 끝 날짜도 적습니다. 시각은 날마다 같습니다."
    return form_page(request, form, title="방문 일정 잡기", text=text, button="저장", **_place(inspection))


@require_http_methods(["GET", "HEAD", "POST"])
def visit_update(request, pk, visit_pk):
    visit = _own_visit(request, pk, visit_pk)
    names = ["daily_from", "daily_to", "method", "place", "version"]
    form = ChangeVisitForm(request.POST or None, initial=_now(visit, names))
    text = f"{visit.when}. 날짜를 옮기려면 연기를 쓰세요."
    context = {"title": "방문 고치기", "text": text, "button": "저장", "done": "방문을 고쳤습니다."}
    return _change(request, visit, form, visiting.change_visit, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_postpone(request, pk, visit_pk):
    visit = _own_visit(request, pk, visit_pk)
    form = PostponeForm(request.POST or None, initial=_now(visit, ["daily_from", "daily_to", "version"]))
    text = f"당초 일정: {visit.when}. 당초 일정과 사유는 지워지지 않고 결과보고에 나옵니다."
    context = {"title": "방문 연기", "text": text, "button": "연기", "done": "방문을 연기했습니다."}
    return _change(request, visit, form, visiting.postpone, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_withdraw(request, pk, visit_pk):
    visit = _own_visit(request, pk, visit_pk)
    form = WithdrawForm(request.POST or None, initial={"version": visit.version})
    text = f"{visit.when}. 잘못 적은 방문을 취소합니다. 날짜만 바뀌었으면 연기를 쓰세요."
    context = {"title": "방문 취소", "text": text, "button": "방문 취소", "done": "방문을 취소했습니다."}
    return _change(request, visit, form, visiting.withdraw, tone="danger", **context)


def _change(request, visit, form, activity, *, done, **context):
    place = _place(visit.inspection)
    try:
        if accepted(request, form, activity, visit):
            messages.success(request, done)
            return redirect("inspections:visits", pk=visit.inspection_id)
    except StaleError as stale:
        found = [] if "reason" in form.fields else differences(form, stale.current)
        context |= {"stale": found, "stale_now": stale.current.when, "status": 409}
        form = knowing(form, stale.current)
    return form_page(request, form, **place, **context)


def _now(visit, names):
    return {name: getattr(visit, name) for name in names}


def _own_visit(request, pk, visit_pk):
    inspection = own_inspection(request, pk)
    visit = get_object_or_404(inspection.visits, pk=visit_pk)
    visit.inspection = inspection
    return visit


def _place(inspection):
    back = reverse("inspections:visits", args=[inspection.pk])
    detail = reverse("inspections:detail", args=[inspection.pk])
    crumbs = [("점검", reverse("inspections:list")), (str(inspection.subject), detail), ("방문", back)]
    return {"crumbs": crumbs, "back_url": back}
