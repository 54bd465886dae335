"""Saving one line of the checklist as it is typed. The script of the page asks; the answers are JSON."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from audit import clock
from inspections import answering
from inspections.answer_rules import verdict_of
from inspections.answering import InvalidAnswerError, KeyReusedError
from inspections.forms.answer_values import base_of, stored
from inspections.forms.answering import LineForm
from inspections.models import Answer, ChecklistItem, Inspection, Stage
from inspections.views.access import own_inspection
from inspections.workflow import StaleError, TransitionError
from notation import dates

# An old page, or one that was kept for the way without a network.
NOT_IN_SHEET = (
    "지금 이 점검의 점검표에 없는 항목입니다. 점검표가 새 판으로 바뀌었을 수 있습니다. "
    "적은 글을 복사해 두고 화면을 새로 고치세요."
)


@require_POST
def answer_save(request, pk, kind=None):
    """200 with the new base, 409 with what stands there, 422 with what is wrong; once for each key.

    `kind`: of a stage before the inspection; without it an answer of its own.
    """
    form = LineForm(request.POST)
    if not form.is_valid():
        own_inspection(
            request, pk, ["subject__name", "department"]
        )  # a stranger is not told what is wrong with his form
        return _wrong({"__all__": [text for texts in form.errors.values() for text in texts]})
    about = {"key": form.cleaned_data["key"], "body": form.body, "read": form.read, "stage_kind": kind}
    try:
        return _saved(answering.save_line(pk, form.place, by=request.user, **about))
    except (ObjectDoesNotExist, StaleError, TransitionError) as error:
        return _refused(error)


def _refused(error):
    match error:
        case Inspection.DoesNotExist() | Stage.DoesNotExist():
            raise Http404 from error
        case ChecklistItem.DoesNotExist():
            return JsonResponse({"message": NOT_IN_SHEET}, status=404)
        case InvalidAnswerError():
            return _wrong(error.faults)
        case StaleError():
            return _stale(error.current[0])
        case KeyReusedError():
            return JsonResponse({"message": str(error)}, status=422)
        case TransitionError():
            return JsonResponse({"message": str(error)}, status=409)
    raise error


def _saved(saved):
    item, verdict = saved.given.item, verdict_of(saved.given)
    answer = Answer(version=saved.version, verdict=verdict, **saved.given.fields)
    is_computed = verdict in {Answer.Verdict.PASS, Answer.Verdict.FAIL} and not saved.given.choice
    return JsonResponse(
        {
            "base": base_of(answer, stored(item, answer)),
            "is_failed": verdict == Answer.Verdict.FAIL,
            "verdict": Answer.Verdict(verdict).label if is_computed else "",
            "is_answered": answer.is_answered,
            "saved_at": dates.clock(timezone.localtime(clock.now())),
        }
    )


def _stale(collision):
    """What stands there now, field by field as the page names them, so that both can be shown."""
    answer, item = collision.current, collision.given.item
    values = stored(item, answer)
    return JsonResponse(
        {
            "message": f"그 사이 {answer.answered_by.name}님이 고쳤습니다.",
            "current": {name: value for name, value in values.items() if name != "cells"} | values["cells"],
            "base": base_of(answer, values),
        },
        status=409,
    )


def _wrong(faults):
    return JsonResponse({"errors": faults}, status=422)
