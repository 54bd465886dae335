"""완료 전 확인: the whole inspection on one page, what is missing, what is odd, and its completion."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from inspections import permissions, reviewing, scoring, sheets, waiving, workflow
from inspections.formality import formality
from inspections.forms.answer_lines import readable_lines
from inspections.forms.review import ReasonForm, WaiveForm
from inspections.models import Finding
from inspections.views.access import attempt, own_inspection, visible_inspection


@require_safe
def review(request, pk):
    inspection = visible_inspection(request, pk)
    groups = sheets.fill(inspection, sheets.progress(inspection))
    findings = list(inspection.findings.exclude(text="").in_outline_order())
    for group in groups:
        group.html = readable_lines(group)
        group.findings = [line for line in findings if line.indicator_id == group.indicator.pk]
    odd = reviewing.odd(inspection, groups)
    missing = reviewing.missing(inspection, groups) if inspection.is_open else []
    can_work = permissions.can_work_on(request.user, inspection)
    visits = list(inspection.visits.filter(withdrawn_at=None))
    context = {
        "inspection": inspection,
        "groups": groups,
        "missing": missing,
        "missing_counted": reviewing.counted(missing),
        "missing_places": reviewing.by_place(missing),
        "odd": [oddity for oddity in odd if not oddity.waiver],
        "outcome": scoring.of_groups(inspection.checklist, groups),
        "waived": [oddity for oddity in odd if oddity.waiver],
        "overall": [line for line in findings if line.section == Finding.Section.OVERALL],
        "suggestions": [line for line in findings if line.section == Finding.Section.SUGGESTION],
        "actions": inspection.actions.select_related("department"),
        "team": inspection.team.select_related("user"),
        "visits": visits,
        "formality": formality(groups, visits),
        "general_files": inspection.evidence.current().filter(item=None),
        "can_edit": can_work and inspection.is_open,
        "can_complete": can_work and inspection.status == inspection.Status.IN_PROGRESS,
        "can_reopen": can_work and inspection.status == inspection.Status.DONE,
    }
    return render(request, "inspections/review.html", context)


@require_POST
def warning_waive(request, pk):
    return _with_reason(request, pk, WaiveForm, waiving.waive, "알림을 그대로 두기로 했습니다.")


@require_POST
def complete(request, pk):
    inspection = own_inspection(request, pk)
    done = "점검을 완료했습니다. 답과 증빙, 점검결과는 이제 고칠 수 없습니다."
    attempt(request, done, workflow.complete, inspection)
    return redirect("inspections:review", pk)


@require_POST
def reopen(request, pk):
    return _with_reason(request, pk, ReasonForm, workflow.reopen, "점검을 다시 열었습니다.")


def _with_reason(request, pk, form_class, activity, done):
    inspection = own_inspection(request, pk)
    form = form_class(request.POST)
    if form.is_valid():
        attempt(request, done, activity, inspection, **form.cleaned_data)
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("inspections:review", pk)
