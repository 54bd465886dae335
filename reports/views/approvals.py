"""결재선, 결재함 and one paper in approval."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.recording import record
from inspections import sheets
from inspections.formality import formality
from inspections.models import Evidence
from inspections.workflow import TransitionError
from reports import (
    approval_line,
    circulating,
    comparing,
    issuing,
    line_templates,
    permissions,
    rerouting,
    second_look,
    tree,
    workflow,
)
from reports.forms.approval import LineForm, ReturnForm, SignForm
from reports.models import ApprovalStep, Attachment
from reports.rendering.errors import RenderError
from reports.views import pages
from reports.views.access import (
    attempt,
    drafters_draft,
    fragment,
    own_step,
    refused_on_paper,
    visible_document,
)

SIDES = {
    "answers": "점검표 답",
    "evidence": "증빙",
    "effort": "들인 시간",
    "changes": "지난 회차와 다른 점",
    "history": "이력",
}
DONE = {"review": "검토했습니다.", "concur": "협조했습니다."}


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def approval_request(request, pk):
    """결재선 and 결재 요청 on one page: nothing is sent before its drafter has seen along which line."""
    document = drafters_draft(request, pk)
    templates = line_templates.usable(document)
    line = line_templates.proposed(document, templates, request.GET.get("template", ""))
    proposal = LineForm.initial_of(line)
    form = LineForm(request.POST if request.method == "POST" else None, initial=proposal, document=document)
    if form.is_valid():
        try:
            _request(document, form, by=request.user)
        except TransitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "결재를 요청했습니다. 첫 사람이 서명하기 전까지는 취소할 수 있습니다.")
            return redirect("reports:document", pk=pk)
    context = {
        "document": document,
        "form": form,
        "templates": templates,
        "level": approval_line.level_of(document),
        "faults": second_look.open_count(document),
        "went_along": permissions.team_of(document),
        "may_approve": approval_line.exceptions_allowed(document),
    }
    return render(request, "reports/approval_request.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _request(document, form, *, by):
    workflow.request(document, form.line, by=by, together=form.cleaned_data["together"], marks=form.marks)
    if name := form.cleaned_data["keep_as"].strip():
        line_templates.keep(document, name, form.line, by=by)


@require_POST
def withdraw(request, pk):
    document = visible_document(request, pk)
    attempt(request, "결재 요청을 취소했습니다. 고쳐서 다시 요청할 수 있습니다.", workflow.withdraw, document)
    return redirect("reports:document", pk=pk)


@require_safe
def approval(request, pk):
    """One paper as a signer sees it: the paper at the left, what it rests on at the right."""
    document = visible_document(request, pk)
    record("view", document, by=request.user)
    circulating.opened(document, request.user)
    return _approval_page(request, document, request.GET.get("side", "answers"))


@require_POST
def sign(request, pk, step_pk):
    """검토 or 협조."""
    document, step = own_step(request, pk, step_pk)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _approval_page(request, document, "answers", form=form, status=422)
    done = DONE.get(step.act, "처리했습니다.")
    if attempt(request, done, workflow.sign, step, opinion=form.cleaned_data["opinion"]):
        return redirect("reports:approval_list")
    return redirect("reports:approval", pk=pk)


@require_POST
def approve(request, pk, step_pk):
    """결재: the last signature, by which the paper is issued."""
    document, step = own_step(request, pk, step_pk)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _approval_page(request, document, "answers", form=form, status=422)
    try:
        document = issuing.approve(step, by=request.user, **form.cleaned_data)
    except (TransitionError, RenderError) as error:
        messages.error(request, str(error))
        return redirect("reports:approval", pk=pk)
    messages.success(request, f"결재했습니다. 문서번호는 {document.number_text}입니다.")
    return redirect("reports:document", pk=pk)


@require_POST
def return_(request, pk, step_pk):
    document, step = own_step(request, pk, step_pk)
    form = ReturnForm(request.POST, earlier=rerouting.earlier(step))
    if not form.is_valid():
        return _approval_page(request, document, "answers", return_form=form, status=422)
    if _sent_away(request, step, **form.cleaned_data):
        return redirect("reports:approval_list")
    return redirect("reports:approval", pk=pk)


def _sent_away(request, step, *, to, reason):
    """To the drafter, or to somebody who has signed before."""
    if to is None:
        return attempt(request, "반려했습니다.", workflow.return_, step, reason=reason)
    return attempt(
        request, f"{to.name}님에게 돌려보냈습니다.", rerouting.send_back, step, to=to, reason=reason
    )


def _approval_page(request, document, side, *, form=None, return_form=None, status=200):
    if side not in SIDES:
        raise Http404
    context = pages.reading(document, request.user)
    names = _names(context)
    side = side if side in names else names[0]
    context |= {
        "sides": [{"label": SIDES[name], "url": f"?side={name}", "current": name == side} for name in names],
        "side": side,
        "form": form or SignForm(),
        "marks_count": document.marks.count(),
        "may_correct": _may_correct(document, context["my_step"]),
        "return_form": return_form or _return_form(context["my_step"]),
        **_side(document, context, side),
        **_exception(document, context["my_step"], request.user),
    }
    return render(request, "reports/approval_detail.html", context, status=status)


def _may_correct(document, step):
    acts = (ApprovalStep.Act.REVIEW, ApprovalStep.Act.APPROVE)
    return bool(step) and step.act in acts and document.department.signers_may_correct


def _return_form(step):
    return ReturnForm(earlier=rerouting.earlier(step) if step else None)


def _names(context):
    """A signer of another department sees the paper he is asked about, not the inspection behind it."""
    return list(SIDES) if context["inspections"] else ["changes", "history"]


def _side(document, context, side):
    if side == "changes":
        return {
            "earlier": _earlier(document, context["round"]),
            "differences": _changes(document, context["round"]),
        }
    if side == "history":
        return {}
    if side == "effort":
        return {"efforts": [(each, _effort(each)) for each in context["inspections"]]}
    if side == "evidence":
        return {"evidence": Evidence.objects.current().filter(inspection__in=context["inspections"])}
    uploaded = document.attachments.filter(kind=Attachment.Kind.FILE)
    return {"sheets": _sheets(document, context["round"]), "uploaded": uploaded}


def _effort(inspection):
    groups = sheets.fill(inspection, sheets.progress(inspection), with_last=False)
    return formality(groups, list(inspection.visits.filter(withdrawn_at=None)))


def _sheets(document, round_):
    if round_ is None:
        return []
    attachments = round_.content["attachments"]
    return [
        (each["title"], fragment(tree.paper_from(each["paper"]), document))
        for each in attachments
        if "paper" in each
    ]


def _earlier(document, round_):
    if round_ is None:
        return None
    return document.rounds.filter(number__lt=round_.number).order_by("-number").first()


def _changes(document, round_):
    earlier = _earlier(document, round_)
    return comparing.differences(earlier.content, round_.content) if earlier else []


def _exception(document, step, user):
    """Whether the one whose turn it is went along on the inspection, and may decide all the same."""
    is_member = bool(
        step and step.act == ApprovalStep.Act.APPROVE and approval_line.needs_exception(document, user)
    )
    return {"is_member": is_member, "may_approve": approval_line.exceptions_allowed(document)}
