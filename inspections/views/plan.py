"""The step 계획 of one inspection: its page, its plan, and the buttons that move it along."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspections import moving, permissions, planning, reviewing, targeting, workflow
from inspections.forms.fields import ReasonForm, differences, knowing
from inspections.forms.planning import AsideForm, PlanForm
from inspections.models import InspectionPeriod, StatusReason
from inspections.views.access import accepted, attempt, form_page, own_inspection, visible_inspection
from inspections.workflow import StaleError, TransitionError


@require_safe
def inspection_detail(request, pk):
    inspection = visible_inspection(request, pk)
    can_work = permissions.can_work_on(request.user, inspection)
    periods = InspectionPeriod.objects.visible_to(request.user)
    context = {
        "past_open": reviewing.open_before(inspection).count() if inspection.is_open else 0,
        "inspection": inspection,
        "contractors": inspection.contractors,
        "sites": inspection.sites.all(),
        "stages": inspection.stages.all(),
        "team": inspection.team.select_related("user"),
        "visits": inspection.visits.filter(withdrawn_at=None).prefetch_related("postponements"),
        "can_work": can_work,
        "can_edit": can_work and inspection.is_open,
        "newer": moving.newer_version(inspection) if can_work else None,
        **(_recent(inspection) if can_work and inspection.is_open else {}),
        "sees_period": periods.filter(pk=inspection.part.period_id).exists(),
    }
    return render(request, "inspections/inspection_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_update(request, pk):
    inspection = own_inspection(request, pk)
    form = PlanForm(request.POST or None, instance=inspection)
    if form.is_bound and form.is_valid():
        try:
            planning.change_plan(inspection, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            found = differences(form, stale.current)
            return _plan_page(request, inspection, knowing(form, stale.current), found, 409)
        except TransitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "점검 계획을 고쳤습니다.")
            return redirect("inspections:detail", pk=pk)
    return _plan_page(request, inspection, form, None, 422 if form.is_bound else 200)


def _plan_page(request, inspection, form, stale, status):
    context = {"inspection": inspection, "form": form, "stale": stale, **_recent(inspection)}
    return render(request, "inspections/plan_form.html", context, status=status)


def _recent(inspection):
    recent = targeting.recent_visits(inspection)
    return {"recent": recent, "clashes": [one for one in recent if one.is_clash]}


@require_POST
def start(request, pk):
    inspection = visible_inspection(request, pk)
    attempt(request, "점검을 시작했습니다.", workflow.start, inspection)
    return redirect("inspections:detail", pk=pk)


@require_POST
def restore(request, pk):
    inspection = visible_inspection(request, pk)
    attempt(request, "점검을 계획 상태로 되돌렸습니다.", workflow.restore, inspection)
    return redirect("inspections:detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def exclude(request, pk):
    text = "이 점검대상을 이번 점검에서 뺍니다. 사유와 함께 남으며 되돌릴 수 있습니다."
    use = StatusReason.Use.EXCLUDED
    return _put_aside(request, pk, workflow.exclude, use=use, title="점검대상 제외", text=text, button="제외")


@require_http_methods(["GET", "HEAD", "POST"])
def give_up(request, pk):
    text = "점검하지 못한 것으로 둡니다. 사유와 함께 남으며 되돌릴 수 있습니다."
    use, title = StatusReason.Use.NOT_DONE, "미실시 처리"
    return _put_aside(request, pk, workflow.give_up, use=use, title=title, text=text, button="미실시로 두기")


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request, pk):
    inspection = own_inspection(request, pk)
    form = ReasonForm(request.POST or None)
    if accepted(request, form, planning.take_back, inspection):
        messages.success(request, "점검을 회차에서 뺐습니다. 뺀 내용은 이력에 남습니다.")
        return redirect("inspections:list")
    text = "잘못 넣은 점검을 회차에서 지웁니다. 점검자와 방문 일정도 함께 지워집니다."
    context = {"title": "점검 빼기", "text": text, "button": "빼기", "tone": "danger"}
    return form_page(request, form, **_place(inspection), **context)


def _put_aside(request, pk, activity, *, use, **context):
    inspection = own_inspection(request, pk)
    form = AsideForm(request.POST or None, use=use)
    if accepted(request, form, activity, inspection):
        messages.success(request, f"처리했습니다: {context['title']}")
        return redirect("inspections:detail", pk=pk)
    return form_page(request, form, tone="danger", **_place(inspection), **context)


def _place(inspection):
    back = reverse("inspections:detail", args=[inspection.pk])
    crumbs = [("점검", reverse("inspections:list")), (str(inspection.subject), back)]
    return {"crumbs": crumbs, "back_url": back}
