"""자체점검 on the same sheet that the inspector will fill in."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from inspections import answering, permissions, sheets, stages
from inspections.forms.answering import SheetForm
from inspections.models import Inspection, Stage
from inspections.workflow import StaleError, TransitionError
from portal.views.access import for_contractors

STALE = (
    "그 사이 다른 사람이 고친 답이 {count}건 있습니다. 그 답은 그대로 두고 나머지를 저장했습니다. "
    "다시 확인해 주세요."
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_contractors
def self_check(request, pk):
    stage = _stage(request, pk)
    groups = sheets.fill_stage(stage, sheets.progress(stage.inspection, stage))
    is_editable = permissions.can_fill_in(request.user, stage)
    if request.method != "POST":
        return _page(request, stage, groups, SheetForm(groups=groups, is_editable=is_editable))
    form = SheetForm(request.POST, groups=groups)
    if not is_editable:
        messages.error(request, "이미 보낸 자체점검은 고칠 수 없습니다. 고쳐야 하면 담당 부서에 알려 주세요.")
    elif not form.is_valid():
        return _page(request, stage, groups, form, status=422)
    else:
        _save(request, stage, form)
    return redirect("portal:self_check", pk)


@require_POST
@for_contractors
def self_check_submit(request, pk):
    stage = _stage(request, pk)
    if not permissions.can_fill_in(request.user, stage):
        raise Http404
    try:
        stages.submit(stage, by=request.user)
        messages.success(request, "자체점검을 보냈습니다.")
    except TransitionError as error:
        messages.error(request, str(error))
    return redirect("portal:self_check", pk)


def _save(request, stage, form):
    try:
        saved = answering.save_answers(stage.inspection, form.answers, by=request.user, stage=stage)
        messages.success(request, f"저장했습니다. (바뀐 답 {saved}건)" if saved else "바뀐 것이 없습니다.")
    except StaleError as error:
        messages.warning(request, STALE.format(count=len(error.current)))
    except TransitionError as error:
        messages.error(request, str(error))


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
    return render(request, "portal/self_check.html", context, status=status)


def _stage(request, pk):
    own = Inspection.objects.of_contractor(request.contractor).exclude(checklist=None)
    inspection = get_object_or_404(own.select_related("subject", "checklist", "part__period"), pk=pk)
    stage = get_object_or_404(inspection.stages, kind=Stage.Kind.SELF)
    stage.inspection = inspection
    return stage
