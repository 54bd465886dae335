"""점검표 작성: one indicator a page, or all of them on one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from inspections import answering, permissions, sheets
from inspections.forms.answering import ExemptForm, SheetForm
from inspections.forms.conflicts import ResolveForm, conflicts_of, posted_conflicts
from inspections.models import Indicator
from inspections.views.access import attempt, inspection_for, own_inspection
from inspections.workflow import StaleError, TransitionError

# These pages are opened more often than all others, and say no more than this of the inspection.
SHOWN = ["subject__name", "status", "department", "checklist", "previous"]


@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request, pk):
    """All indicators on one page with ?all=1; without it on to the first one that is not complete."""
    inspection = inspection_for(request, pk, SHOWN)
    groups = sheets.progress(inspection)
    if request.method == "POST":
        return _save(request, inspection, sheets.fill(inspection, groups, with_last=False))
    if "all" in request.GET or not groups:
        return _show(request, inspection, groups)
    first = next((group for group in groups if not group.is_complete), groups[0])
    return redirect("inspections:indicator", inspection.pk, first.indicator.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request, pk, indicator_pk):
    inspection = inspection_for(request, pk, SHOWN)
    if request.method != "POST":
        return _show(request, inspection, sheets.progress(inspection), indicator_pk)
    group = sheets.posted_group(inspection, indicator_pk)
    if group is None:
        raise Http404
    return _save(request, inspection, [group], group.indicator)


@require_http_methods(["GET", "HEAD", "POST"])
def checklist_resolve(request, pk):
    """What to keep of the answers that somebody else changed meanwhile."""
    inspection = inspection_for(request, pk, SHOWN)
    if request.method != "POST":  # where a sign-in in between leads back to
        return redirect("inspections:checklist", inspection.pk)
    groups = sheets.fill(inspection, sheets.progress(inspection), with_last=False)
    form = ResolveForm(request.POST, conflicts=posted_conflicts(request.POST, groups))
    if not form.is_valid():
        return _conflict(request, inspection, form, status=422)
    address = _address(inspection, form.cleaned_data["indicator"])
    try:
        saved = answering.save_answers(inspection, form.answers, by=request.user)
    except StaleError as error:
        again = ResolveForm(initial=form.cleaned_data, conflicts=conflicts_of(error.current))
        return _conflict(request, inspection, again, status=409)
    except TransitionError as error:
        messages.error(request, str(error))
        return redirect(address)
    return _saved(request, saved, address)


@require_POST
def exempt(request, pk, indicator_pk):
    inspection, indicator = _indicator(request, pk, indicator_pk)
    form = ExemptForm(request.POST)
    if form.is_valid():
        attempt(
            request,
            "해당사항 없음으로 두었습니다.",
            answering.exempt,
            inspection,
            indicator,
            **form.cleaned_data,
        )
    else:
        messages.error(request, " ".join(form.errors["reason"]))
    return redirect("inspections:indicator", inspection.pk, indicator.pk)


@require_POST
def unexempt(request, pk, indicator_pk):
    inspection, indicator = _indicator(request, pk, indicator_pk)
    attempt(request, "다시 점검할 지표로 되돌렸습니다.", answering.unexempt, inspection, indicator)
    return redirect("inspections:indicator", inspection.pk, indicator.pk)


def _show(request, inspection, groups, indicator_pk=None):
    shown = _shown(groups, indicator_pk)
    sheets.fill(inspection, shown)
    is_editable = inspection.is_open and permissions.can_work_on(request.user, inspection)
    form = SheetForm(groups=shown, is_editable=is_editable)
    return _page(request, inspection, groups, indicator_pk, form)


def _shown(groups, indicator_pk):
    shown = [group for group in groups if indicator_pk in (None, group.indicator.pk)]
    if indicator_pk and not shown:
        raise Http404
    return shown


def _save(request, inspection, groups, only=None):
    form = SheetForm(request.POST, groups=groups)
    only_pk = only and only.pk
    if not form.is_valid():
        return _show_again(request, inspection, only_pk, status=422)
    try:
        saved = answering.save_answers(inspection, form.answers, by=request.user)
    except StaleError as error:
        again = ResolveForm(initial={"indicator": only_pk}, conflicts=conflicts_of(error.current))
        return _conflict(request, inspection, again, status=409)
    except TransitionError as error:
        messages.error(request, str(error))
        return _show_again(request, inspection, only_pk, status=409)
    following = only and "next" in request.POST and _next_indicator(inspection, only)
    following = following or only
    address = _address(inspection, following and following.pk)
    address = _finding_address(request, inspection, groups) or address
    # The script has saved line by line already; then there is nothing to tell.
    if form.cleaned_data["autosaved"] and not saved:
        return redirect(address)
    return _saved(request, saved, address)


def _show_again(request, inspection, only_pk, *, status):
    """What was posted, with everything around it that a save alone does not read."""
    groups = sheets.progress(inspection)
    form = SheetForm(request.POST, groups=sheets.fill(inspection, _shown(groups, only_pk)))
    form.is_valid()
    return _page(request, inspection, groups, only_pk, form, status=status)


def _saved(request, saved, address):
    messages.success(request, f"저장했습니다. (바뀐 답 {saved}건)" if saved else "바뀐 것이 없습니다.")
    return redirect(address)


def _page(request, inspection, groups, only_pk, form, *, status=200):
    counted = [group for group in groups if not group.exemption]
    only = next((group.indicator for group in groups if group.indicator.pk == only_pk), None)
    context = {
        "inspection": inspection,
        "groups": groups,
        "only": only,
        "following": only and _next_indicator(inspection, only, [group.indicator for group in groups]),
        "form": form,
        "answered": sum(group.answered for group in counted),
        "total": sum(group.total for group in counted),
        "evidence_add_url": reverse("inspections:evidence_add", args=[inspection.pk]),
        "repeats_url": f"{reverse('inspections:detail', args=[inspection.pk])}repeats/",
    }
    response = render(request, "inspections/checklist.html", context, status=status)
    response.opened_features = ("camera",)
    return response


def _conflict(request, inspection, form, *, status):
    return render(
        request,
        "inspections/checklist_conflict.html",
        {
            "inspection": inspection,
            "form": form,
            "resolve_url": reverse("inspections:checklist_resolve", args=[inspection.pk]),
        },
        status=status,
    )


def _next_indicator(inspection, only, indicators=None):
    """The one behind this; behind the last stays this one's page, so there is none."""
    if indicators is None:
        indicators = list(Indicator.objects.filter(checklist=inspection.checklist_id).order_by("order", "pk"))
    place = indicators.index(only) + 1
    return indicators[place] if place < len(indicators) else None


def _address(inspection, indicator_pk):
    if indicator_pk:
        return reverse("inspections:indicator", args=[inspection.pk, indicator_pk])
    return reverse("inspections:checklist", args=[inspection.pk]) + "?all=1"


def _finding_address(request, inspection, groups):
    """[지적사항으로]: the place of the results for the item's indicator, with its opinion as a line."""
    items = {line.key: group.indicator.pk for group in groups for line in group.lines}
    item = request.POST.get("finding")
    if item not in items:
        return None
    address = reverse("inspections:findings", args=[inspection.pk])
    return f"{address}?item={item}#new-indicator-{items[item]}"


def _indicator(request, pk, indicator_pk):
    inspection = own_inspection(request, pk, SHOWN)
    return inspection, get_object_or_404(Indicator, pk=indicator_pk, checklist=inspection.checklist_id)
