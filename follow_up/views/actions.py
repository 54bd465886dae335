"""One action: its page, and one form for each thing that is done to it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from audit.recording import record
from follow_up import acting, paying, permissions, reminding
from follow_up.forms import acting as forms
from follow_up.models import Payment, ReportFile, Source
from follow_up.views import action_page
from follow_up.views.access import carried_out, sent, served
from inspections.models import Action
from inspections.views.access import refuse_contractors


@dataclass(frozen=True)
class Verb:
    """A page that is one form: who may open it, what it calls, and its words."""

    form: type
    activity: object
    may: object
    title: str
    text: str
    done: str
    source: str = ""


VERBS = {
    "report": Verb(forms.ReportForm, acting.report, permissions.is_owner, "조치결과 보고",
        "조치한 내용과 증빙을 적어 보내면 점검 부서가 확인합니다.", "조치결과를 보냈습니다.", Source.OFFICE),
    "register": Verb(forms.RegisterForm, acting.report, permissions.can_decide, "받은 조치결과 적기",
        "문서나 전자우편으로 받은 조치결과를 적습니다.", "조치결과를 적었습니다."),
    "verify": Verb(forms.VerifyForm, acting.verify, permissions.can_decide, "확인",
        "바로잡힌 것을 확인하고 마칩니다.", "확인했습니다."),
    "send_back": Verb(forms.SendBackForm, acting.send_back, permissions.can_decide, "보완 요구",
        "모자란 것을 적어 다시 조치하게 합니다.", "보완을 요구했습니다."),
    "object": Verb(forms.ObjectForm, acting.object_to, permissions.is_owner, "이의 제기",
        "요구가 맞지 않다고 보면 까닭을 적어 보냅니다. 결정될 때까지 기한이 멈추지는 않습니다.",
        "이의를 보냈습니다.", Source.OFFICE),
    "register_objection": Verb(forms.RegisterObjectionForm, acting.object_to, permissions.can_decide,
        "받은 이의 적기", "문서나 전자우편으로 받은 이의를 적습니다.", "이의를 적었습니다."),
    "decide": Verb(forms.DecideForm, acting.decide_objection, permissions.can_decide, "이의 결정",
        "받아들이면 요구가 취소되고, 받아들이지 않으면 요구가 그대로 남습니다.", "이의를 결정했습니다."),
    "accept": Verb(forms.AcceptForm, acting.accept_until, permissions.can_decide, "미루어 주기",
        "지금은 할 수 없는 조치를 정한 날까지 미루어 줍니다.", "미루어 주었습니다."),
    "extend": Verb(forms.ExtendForm, acting.extend, permissions.can_decide, "기한 연장",
        "새 기한과 까닭을 적습니다. 앞선 기한은 이력에 남습니다.", "기한을 바꾸었습니다."),
    "withdraw": Verb(forms.ReasonForm, acting.withdraw, permissions.can_decide, "요구 취소",
        "더 요구하지 않습니다. 기록은 그대로 남습니다.", "요구를 취소했습니다."),
    "reopen": Verb(forms.ReopenForm, acting.reopen, permissions.can_decide, "다시 열기",
        "확인했던 조치가 되지 않았으면 다시 요구합니다.", "다시 열었습니다."),
    "pay": Verb(forms.PaymentForm, paying.add, permissions.can_decide, "납부 적기",
        "받은 금액을 한 번씩 적습니다. 원금은 남은 금액에서 빼고, 이자는 따로 셉니다.", "납부를 적었습니다."),
}  # fmt: skip


@require_safe
def action(request, pk):
    """Everything about one demand: what was found, asked, said and decided, and what can be done now."""
    found = visible_action(request, pk)
    record("view", found, by=request.user, chain=found.inspection)
    reminding.read(request.user, action=found)
    return render(request, "follow_up/action.html", action_page.page(found, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def act(request, pk, verb):
    found, verb = visible_action(request, pk), VERBS[verb]
    if not verb.may(request.user, found):
        raise PermissionDenied
    initial = {"version": found.version, "due_on": found.due_on}
    form = verb.form(*sent(request), action=found, initial=initial)

    def do(fields):
        fields |= {"source": verb.source} if verb.source else {}
        return verb.activity(found, by=request.user, **fields)

    return _form(request, found, form, do, verb)


@require_http_methods(["GET", "HEAD", "POST"])
def payment_take_back(request, pk, payment_pk):
    found = visible_action(request, pk)
    payment = get_object_or_404(Payment, pk=payment_pk, action=found)
    if not permissions.can_decide(request.user, found):
        raise PermissionDenied
    text = f"{payment}을 잘못 적었으면 되돌립니다."
    verb = Verb(forms.ReasonForm, None, None, "납부 되돌리기", text, "납부를 되돌렸습니다.")
    form = forms.ReasonForm(sent(request)[0], initial={"version": found.version})

    def do(fields):
        return paying.take_back(payment, by=request.user, reason=fields["reason"])

    return _form(request, found, form, do, verb)


@require_safe
def report_file(request, pk, file_pk):
    """A photograph inline from the copy made here, a paper as a download."""
    found = visible_action(request, pk)
    kept = get_object_or_404(ReportFile, pk=file_pk, report__action=found)
    record("download", kept, by=request.user, chain=found.inspection)
    return served(request, kept, "follow_up:action", pk)


def _form(request, action, form, do, verb):
    saved, status = carried_out(request, form, do, verb.done)
    if saved:
        return redirect("follow_up:action", action.pk)
    context = {"form": form, "verb": verb, "action": action}
    return render(request, "follow_up/act.html", context, status=status)


def visible_action(request, pk):
    """The action, or 404 for whoever may not know of it; contractors have it in the portal."""
    refuse_contractors(request.user)
    rows = Action.objects.visible_to(request.user).select_related(
        "inspection__subject", "inspection__department", "inspection__part__period", "contractor",
        "department", "in_charge",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)
