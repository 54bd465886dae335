"""Choosing what is inspected: from the register into a part, and out again with a reason."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contractors.models import Subject
from inspections import targeting, workflow
from inspections.forms.filters import SubjectFilter
from inspections.forms.planning import AsideForm
from inspections.models import Inspection, InspectionPeriod, StatusReason
from inspections.views.access import accepted, attempt, form_page, keys, own_period

SHOWN = 200


@require_safe
def targets(request, pk, part_pk):
    part = _own_part(request, pk, part_pk)
    # A 확인점검 goes where something is still open, the others where the year's duty is.
    proposed = "open_actions" if part.period.kind == InspectionPeriod.Kind.CONFIRMING else "due"
    chosen = request.GET or {"department": part.period.department_id, proposed: "on"}
    filtered = SubjectFilter(chosen, targeting.subjects_for(part), request=request)
    found = filtered.qs.distinct()[: SHOWN + 1]
    rows = targeting.candidates(part, found)
    context = {
        "period": part.period,
        "part": part,
        "form": filtered.form,
        "rows": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "joint": targeting.JOINT,
    }
    return render(request, "inspections/targets.html", context)


@require_POST
def targets_add(request, pk, part_pk):
    part = _own_part(request, pk, part_pk)
    wanted = keys(request.POST.getlist("subject"))
    subjects = list(Subject.objects.filter(pk__in=wanted, is_active=True).order_by("sort_key", "pk"))
    if not subjects:
        messages.error(request, "고른 점검대상이 없습니다. 왼쪽 칸에 표시한 뒤 다시 누르세요.")
        return redirect("inspections:targets", pk=pk, part_pk=part_pk)
    agreements = _chosen_agreements(request.POST, part, subjects)
    if not attempt(
        request, "고른 점검대상을 넣었습니다.", targeting.add_targets, part, subjects, agreements=agreements
    ):
        return redirect("inspections:targets", pk=pk, part_pk=part_pk)
    return redirect("inspections:period_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def targets_exclude(request, pk):
    period = own_period(request, pk)
    wanted = keys((request.POST or request.GET).getlist("inspection"))
    inspections = Inspection.objects.filter(part__period=period, pk__in=wanted).select_related("subject")
    back = reverse("inspections:period_detail", args=[pk])
    if not inspections:
        messages.error(request, "고른 점검대상이 없습니다. 표의 왼쪽 칸에 표시한 뒤 다시 누르세요.")
        return redirect(back)
    form = AsideForm(request.POST or None, use=StatusReason.Use.EXCLUDED)
    if accepted(request, form, exclude_all, inspections):
        messages.success(request, f"점검대상 {len(inspections)}곳을 제외했습니다.")
        return redirect(back)
    crumbs = [("점검 회차", reverse("inspections:period_list")), (period.title, back)]
    context = {"crumbs": crumbs, "back_url": back, "chosen": inspections, "title": "점검대상 제외"}
    text = "아래 점검대상을 이번 점검에서 뺍니다. 사유와 함께 남으며 되돌릴 수 있습니다."
    return form_page(request, form, text=text, button="제외", tone="danger", **context)


@transaction.atomic
def exclude_all(inspections, *, by, status_reason, note):
    """All or none: one that cannot be excluded any more stops the others."""
    for inspection in inspections:
        workflow.exclude(inspection, by=by, status_reason=status_reason, note=note)


def _own_part(request, pk, part_pk):
    period = own_period(request, pk)
    part = get_object_or_404(period.parts, pk=part_pk)
    part.period = period
    return part


def _chosen_agreements(data, part, subjects):
    """Where several agreements run: the one that was picked, or all of them for joint contractors."""
    chosen = {}
    for subject_pk, running in targeting.running_agreements(part, subjects).items():
        picked = data.get(f"agreement-{subject_pk}", "")
        if picked == targeting.JOINT:
            chosen[subject_pk] = running
        elif picked:
            chosen[subject_pk] = [one for one in running if str(one.pk) == picked] or running[:1]
    return chosen
