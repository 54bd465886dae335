"""점검 의무 and 이행률."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import clock
from follow_up import duty as activity
from follow_up import rates as figures
from follow_up.forms.duty import DutyForm, RateForm
from inspections import paging
from inspections.models import Action, Inspection
from inspections.views.access import refuse_contractors
from spreadsheets import writing
from spreadsheets.admin import download

RATE_HEAD = ["구분", "요구", "이행", "기한 안", "늦음", "남음", "기한 지남", "이행률(%)", "기한 안 이행률(%)"]


@require_safe
def duty(request):
    refuse_contractors(request.user)
    form = DutyForm.of(request.GET)
    year = form.asked_year
    subjects = activity.commissions(request.user, year)
    offices = activity.by_office(subjects)
    rows = form.narrowed(subjects).select_related("department").order_by("sort_key", "pk")
    found, has_more = paging.page_of(_after(rows, request.GET.get("after", "")))
    last = found[-1] if found else None
    context = {
        "form": form, "year": year, "offices": offices, "whole": activity.whole(offices),
        "states": activity.STATES.values(), "rows": activity.with_inspections(found, year),
        "days_left": activity.days_left(year, clock.today()),
        "next_url": has_more and paging.next_url(request, f"{last.pk}~{last.sort_key}"),
        "first_url": paging.first_url(request),
    }  # fmt: skip
    return render(request, "follow_up/duty.html", context)


@require_safe
def rates(request):
    refuse_contractors(request.user)
    form, actions, rows = _rates(request)
    context = {
        "form": form, "rows": rows, "whole": figures.whole(actions, clock.today()), "head": RATE_HEAD,
        "label": figures.GROUPS[form.group][0], "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "follow_up/rates.html", context)


@require_safe
def rates_download(request):
    refuse_contractors(request.user)
    form, actions, rows = _rates(request)
    table = [_cells(row) for row in [*rows, figures.whole(actions, clock.today())]]
    content = writing.workbook(("이행률", [figures.GROUPS[form.group][0], *RATE_HEAD[1:]], table))
    return download(content, f"이행률 {form.asked_year or '전체'}.xlsx")


def _rates(request):
    form = RateForm.of(request.GET)
    actions = Action.objects.filter(inspection__in=Inspection.objects.visible_to(request.user))
    if form.asked_year:
        actions = actions.filter(inspection__part__period__year=form.asked_year)
    return form, actions, figures.rates(actions, form.group, clock.today())


def _cells(rate):
    return [
        rate.name, rate.demanded, rate.done, rate.on_time, rate.late, rate.open, rate.overdue,
        rate.share or "-", rate.on_time_share or "-",
    ]  # fmt: skip


def _after(rows, place):
    """Behind the row of this place; a text that is none changes nothing."""
    pk, _, key = place.partition("~")
    if not pk.isdecimal() or len(pk) > 15:
        return rows
    return rows.filter(sort_key__gt=key) | rows.filter(sort_key=key, pk__gt=int(pk))
