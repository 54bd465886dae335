"""점검 회차: the list, one period, and setting it up."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import clock
from inspections import paging, permissions, planning
from inspections.forms.fields import ReasonForm, differences, knowing
from inspections.forms.filters import PeriodFilter
from inspections.forms.planning import PartFormSet, PeriodForm
from inspections.models import InspectionPeriod
from inspections.views.access import accepted, form_page, keys, own_period, refuse_contractors, visible_period
from inspections.views.period_page import period_page
from inspections.workflow import StaleError, TransitionError


@require_safe
def period_list(request):
    refuse_contractors(request.user)
    filtered = PeriodFilter(request.GET, InspectionPeriod.objects.visible_to(request.user), request=request)
    periods, has_more = paging.page_of(_after(_counted(filtered.qs), request.GET.get("after", "")))
    context = {
        "form": filtered.form,
        "periods": periods,
        "next_url": has_more and paging.next_url(request, f"{periods[-1].year}-{periods[-1].pk}"),
        "first_url": paging.first_url(request),
        "can_create": permissions.can_plan_for(request.user, request.user.office),
    }
    return render(request, "inspections/period_list.html", context)


@require_safe
def period_detail(request, pk):
    period = visible_period(request, pk)
    return render(request, "inspections/period_detail.html", period_page(period, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def period_create(request):
    office = _planning_office(request.user)
    form = PeriodForm(request.POST or None, initial=_proposal(request, office), department=office)
    parts = PartFormSet(request.POST or None, prefix="parts")
    if form.is_bound and _both_valid(form, parts):
        fields = form.cleaned_data | {"parts": parts.parts}
        fields.pop("version")
        if period := _tried(form, planning.create_period, by=request.user, department=office, **fields):
            messages.success(request, "점검 회차를 만들었습니다. 이제 점검대상을 고릅니다.")
            return redirect("inspections:period_detail", pk=period.pk)
    return _form_page(request, form, parts)


@require_http_methods(["GET", "HEAD", "POST"])
def period_update(request, pk):
    period = own_period(request, pk)
    form = PeriodForm(request.POST or None, instance=period, department=period.department)
    parts = PartFormSet(request.POST or None, initial=_saved_parts(period), prefix="parts")
    if form.is_bound and _both_valid(form, parts):
        fields = form.cleaned_data | {"parts": parts.parts}
        try:
            changed = _tried(form, planning.change_period, period, by=request.user, **fields)
        except StaleError as stale:
            return _stale_page(request, form, parts, stale.current)
        if changed:
            messages.success(request, "점검 회차를 고쳤습니다.")
            return redirect("inspections:period_detail", pk=pk)
    return _form_page(request, form, parts, period)


@require_POST
def period_more_parts(request, pk=None):
    """Show the form as it was typed with room for one more part. Nothing is saved."""
    period = own_period(request, pk) if pk else None
    department = period.department if period else _planning_office(request.user)
    data = request.POST.copy()
    parts = PartFormSet(data, prefix="parts")
    data["parts-TOTAL_FORMS"] = parts.total_form_count() + 1
    form = PeriodForm(data, department=department, instance=period)
    parts = PartFormSet(data, prefix="parts").left_unchecked()
    form._errors = type(form.errors)()
    return _form_page(request, form, parts, period, status=200)


@require_http_methods(["GET", "HEAD", "POST"])
def period_take_back(request, pk):
    period = own_period(request, pk)
    form = ReasonForm(request.POST or None)
    if accepted(request, form, planning.take_back_period, period):
        messages.success(request, "점검 회차를 지웠습니다. 지운 내용은 이력에 남습니다.")
        return redirect("inspections:period_list")
    back = reverse("inspections:period_detail", args=[pk])
    text = "잘못 만든 점검 회차를 지웁니다. 점검대상이 하나라도 들어 있으면 지울 수 없습니다."
    crumbs = [("점검 회차", reverse("inspections:period_list")), (period.title, back)]
    context = {"title": "점검 회차 지우기", "text": text, "button": "지우기", "tone": "danger"}
    return form_page(request, form, crumbs=crumbs, back_url=back, **context)


def _counted(periods):
    counted = periods.select_related("department").annotate(
        targets=Count("parts__inspections"),
        done=Count("parts__inspections", filter=Q(parts__inspections__status="done")),
    )
    # Said again: an aggregate drops the order of the model.
    return counted.order_by("-year", "-pk")


def _after(rows, key):
    match keys(key.split("-")):
        case [year, pk]:
            return rows.filter(Q(year__lt=year) | Q(year=year, pk__lt=pk))
    return rows


def _planning_office(user):
    if not permissions.can_plan_for(user, user.office):
        raise PermissionDenied
    return user.office


def _proposal(request, office):
    """A title, the next round and the bases of the last period: most periods repeat the one before."""
    year = clock.today().year
    periods = InspectionPeriod.objects.filter(department=office)
    chosen = keys([request.GET.get("previous", "")])
    previous = (periods.filter(pk__in=chosen) if chosen else periods).first()
    kind = previous.kind if previous else InspectionPeriod.Kind.REGULAR
    return {
        "kind": kind,
        "year": year,
        "round": periods.filter(year=year, kind=kind).count() + 1,
        "title": f"{year}년 민간위탁 {InspectionPeriod.Kind(kind).label} 지도·점검",
        "previous": previous,
        "bases": list(previous.bases.all()) if previous else [],
    }


def _saved_parts(period):
    names = ["pk", "name", "starts_on", "ends_on", "precision", "bodies", "checklist"]
    return list(period.parts.values(*names))


def _both_valid(form, parts):
    parts_are_valid = parts.is_valid()
    return form.is_valid() and parts_are_valid


def _tried(form, activity, *args, **kwargs):
    try:
        return activity(*args, **kwargs)
    except TransitionError as error:
        form.add_error(None, str(error))
        return None


def _form_page(request, form, parts, period=None, *, status=None, stale=None):
    context = {"form": form, "parts": parts, "period": period, "stale": stale}
    status = status or (422 if form.is_bound else 200)
    return render(request, "inspections/period_form.html", context, status=status)


def _stale_page(request, form, parts, current):
    found = differences(form, current)
    return _form_page(request, knowing(form, current), parts, current, status=409, stale=found)
