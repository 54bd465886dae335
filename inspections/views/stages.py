"""단계별 점검표: 자체점검, 1차 … of one inspection, filled in one by one and seen side by side."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspections import answering, permissions, sheets, stages
from inspections.forms.answering import SheetForm
from inspections.forms.conflicts import ResolveForm, conflicts_of, posted_conflicts
from inspections.forms.fields import differences, knowing
from inspections.forms.stages import GiveBackForm, NewStageForm, StageForm
from inspections.models import Stage
from inspections.views.access import accepted, attempt, form_page, inspection_for, own_inspection
from inspections.workflow import StaleError, TransitionError


@require_safe
def stage_list(request, pk):
    """Side by side: a column for each stage and one for the inspection's own answers."""
    inspection = inspection_for(request, pk)
    found = list(inspection.stages.prefetch_related("answers"))
    groups = stages.compared(inspection, found)
    context = {
        "inspection": inspection,
        "stages": found,
        "groups": groups,
        "different": sum(row.is_different for group in groups for row in group.rows),
        "can_edit": _can_edit(request, inspection),
        "can_add": len(found) < len(Stage.Kind) and bool(groups),
    }
    return render(request, "inspections/stage_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def stage_create(request, pk):
    inspection = own_inspection(request, pk)
    taken = list(inspection.stages.values_list("kind", flat=True))
    initial = {} if Stage.Kind.SELF in taken else {"organisation": inspection.contractor}
    form = NewStageForm(request.POST or None, taken=taken, initial=initial)
    if accepted(request, form, stages.add, inspection):
        messages.success(request, "단계를 더했습니다. 받은 점검표의 답을 적으세요.")
        return redirect("inspections:stage", pk, form.cleaned_data["kind"])
    text = "수탁기관의 자체점검이나 자치구의 1차 점검처럼, 같은 점검표를 먼저 적은 기관과 그 때를 적습니다."
    return _form_page(request, inspection, form, title="단계 더하기", text=text, button="더하기")


@require_http_methods(["GET", "HEAD", "POST"])
def stage_update(request, pk, kind):
    stage = _stage(request, pk, kind)
    initial = {name: getattr(stage, name) for name in ("organisation", "starts_on", "ends_on", "version")}
    form = StageForm(request.POST or None, initial=initial)
    stale, status = None, 422 if form.is_bound else 200
    try:
        if accepted(request, form, stages.change, stage):
            messages.success(request, "단계를 고쳤습니다.")
            return redirect("inspections:stages", pk)
    except StaleError as error:
        if error.current is None:
            raise Http404 from error
        stale, status = differences(form, error.current), 409
        form = knowing(form, error.current)
    about = {"title": f"{stage.get_kind_display()} 고치기", "text": "작성 기관과 그 때를 고칩니다."}
    return _form_page(request, stage.inspection, form, button="저장", stale=stale, status=status, **about)


@require_POST
def stage_remove(request, pk, kind):
    attempt(request, "단계를 지웠습니다.", stages.remove, _stage(request, pk, kind))
    return redirect("inspections:stages", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def stage_give_back(request, pk, kind):
    """What the contractor sent is opened for it once more."""
    stage = _stage(request, pk, kind)
    form = GiveBackForm(request.POST if request.method == "POST" else None)
    if accepted(request, form, stages.give_back, stage):
        messages.success(request, "수탁기관이 자체점검을 다시 적을 수 있습니다.")
        return redirect("inspections:stages", pk)
    about = {
        "title": "자체점검 다시 적게 하기",
        "text": "수탁기관이 보낸 답은 그대로 있고, 고쳐서 다시 보낼 수 있게 됩니다.",
    }
    return _form_page(request, stage.inspection, form, button="다시 적게 하기", **about)


@require_http_methods(["GET", "HEAD", "POST"])
def stage(request, pk, kind):
    """The sheet of one stage on one page; saved line by line, or whole by the button."""
    stage = _stage(request, pk, kind, finding=inspection_for)
    groups = sheets.fill_stage(stage, sheets.progress(stage.inspection, stage))
    if request.method != "POST":
        form = SheetForm(groups=groups, is_editable=_can_edit(request, stage.inspection))
        return _page(request, stage, groups, form)
    form = SheetForm(request.POST, groups=groups)
    if not form.is_valid():
        return _page(request, stage, groups, form, status=422)
    return _saved(request, stage, form, {})


@require_http_methods(["GET", "HEAD", "POST"])
def stage_resolve(request, pk, kind):
    """What to keep of the answers that somebody else changed meanwhile."""
    stage = _stage(request, pk, kind, finding=inspection_for)
    if request.method != "POST":  # where a sign-in in between leads back to
        return redirect("inspections:stage", pk, kind)
    groups = sheets.fill_stage(stage, sheets.progress(stage.inspection, stage))
    form = ResolveForm(request.POST, conflicts=posted_conflicts(request.POST, groups))
    if not form.is_valid():
        return _conflict(request, stage, form, status=422)
    return _saved(request, stage, form, form.cleaned_data)


def _saved(request, stage, form, initial):
    address = reverse("inspections:stage", args=[stage.inspection_id, stage.kind])
    try:
        saved = answering.save_answers(stage.inspection, form.answers, by=request.user, stage=stage)
    except StaleError as error:
        again = ResolveForm(initial=initial, conflicts=conflicts_of(error.current))
        return _conflict(request, stage, again, status=409)
    except TransitionError as error:
        messages.error(request, str(error))
        return redirect(address)
    if saved or not form.cleaned_data.get("autosaved"):
        messages.success(request, f"저장했습니다. (바뀐 답 {saved}건)" if saved else "바뀐 것이 없습니다.")
    return redirect(address)


def _page(request, stage, groups, form, *, status=200):
    context = {
        "inspection": stage.inspection,
        "stage": stage,
        "groups": groups,
        "form": form,
        "answered": sum(group.answered for group in groups),
        "total": sum(group.total for group in groups),
        "takes_answers_only": True,
    }
    return render(request, "inspections/stage.html", context, status=status)


def _conflict(request, stage, form, *, status):
    resolve_url = reverse("inspections:stage_resolve", args=[stage.inspection_id, stage.kind])
    context = {"inspection": stage.inspection, "form": form, "resolve_url": resolve_url}
    return render(request, "inspections/checklist_conflict.html", context, status=status)


def _form_page(request, inspection, form, **about):
    back = reverse("inspections:stages", args=[inspection.pk])
    detail = reverse("inspections:detail", args=[inspection.pk])
    crumbs = [(str(inspection.subject), detail), ("단계별 점검표", back)]
    return form_page(request, form, crumbs=crumbs, back_url=back, **about)


def _stage(request, pk, kind, finding=own_inspection):
    inspection = finding(request, pk)
    stage = get_object_or_404(inspection.stages, kind=kind)
    stage.inspection = inspection
    return stage


def _can_edit(request, inspection):
    return inspection.is_open and permissions.can_work_on(request.user, inspection)
