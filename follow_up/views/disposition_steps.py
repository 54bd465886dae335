"""What is done to one disposition: 사전통지, opinions, 청문, 확정, 취소."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from follow_up import disposing, hearing, readiness
from follow_up.forms import disposing as forms
from follow_up.models import Opinion
from follow_up.views.access import carried_out, sent
from follow_up.views.dispositions import own_disposition


@dataclass(frozen=True)
class Verb:
    form: type
    activity: object
    title: str
    text: str
    done: str


VERBS = {
    "notify": Verb(forms.NotifyForm, hearing.notify, "사전통지", "통지한 날부터 의견제출 기한을 셉니다.",
        "사전통지를 적었습니다."),
    "opinion": Verb(forms.OpinionForm, hearing.add_opinion, "받은 의견 적기",
        "당사자가 낸 의견을 적습니다.", "의견을 적었습니다."),
    "hearing": Verb(forms.HearingForm, hearing.hold_hearing, "청문 결과 적기",
        "청문에서 나온 말과 결과를 적습니다.", "청문 결과를 적었습니다."),
    "decide_disposition": Verb(forms.DecideForm, disposing.decide, "확정",
        "확정하면 고칠 수 없고, 변경은 새 처분으로 합니다.", "처분을 확정했습니다."),
    "cancel": Verb(forms.ReasonForm, disposing.cancel, "취소", "처분을 취소합니다. 기록은 그대로 남습니다.",
        "처분을 취소했습니다."),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def act(request, pk, disposition_pk, verb):
    found, verb = own_disposition(request, pk, disposition_pk), VERBS[verb]
    more = {"obstacles": readiness.obstacles(found)} if verb.form is forms.DecideForm else {}
    form = verb.form(sent(request)[0], disposition=found, initial={"version": found.version}, **more)

    def do(fields):
        return verb.activity(found, by=request.user, **fields)

    return _step_page(request, found, form, do, verb, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def opinion_answer(request, pk, disposition_pk, opinion_pk):
    found = own_disposition(request, pk, disposition_pk)
    opinion = get_object_or_404(Opinion, pk=opinion_pk, disposition=found)
    verb = Verb(forms.AnswerForm, None, "의견에 답하기", opinion.text, "의견에 답했습니다.")
    form = forms.AnswerForm(sent(request)[0], disposition=found)
    opinion.disposition = found

    def do(fields):
        return hearing.answer_opinion(opinion, by=request.user, **fields)

    return _step_page(request, found, form, do, verb)


def _step_page(request, disposition, form, do, verb, **more):
    saved, status = carried_out(request, form, do, verb.done)
    if saved:
        return redirect("follow_up:disposition", disposition.inspection_id, disposition.pk)
    inspection = disposition.inspection
    context = {"form": form, "verb": verb, "disposition": disposition, "inspection": inspection, **more}
    return render(request, "follow_up/disposition_act.html", context, status=status)
