"""What the pages about one paper show."""

from django.urls import reverse

from audit.models import Event
from inspections.models import Inspection
from inspections.workflow import TransitionError
from notation import dates
from reports import (
    assembling,
    issuing,
    line_history,
    numbering,
    permissions,
    recomposing,
    second_look,
    steps,
    tree,
)
from reports.approval_line import can_still_sign, proposed
from reports.forms.lines import KINDS, level_choices
from reports.models import ApprovalRound, ApprovalStep, Block, Document
from reports.rendering import raster
from reports.rendering.errors import RenderError
from reports.rendering.pdf import render_pdf
from reports.views.access import fragment
from reports.workflow import may_be_withdrawn

ACTIONS = {
    "create": "문서 작성 시작",
    "edit_facts": "머리 사항 고침",
    "edit_attachment": "붙임 고침",
    "add_attachment": "붙임 더함",
    "remove_attachment": "붙임 뺌",
    "edit_letter": "수신·발신과 관련 문서 고침",
    **line_history.WORDS,
    "recompose": "점검 기록에서 다시 지음",
    "choose_writers": "함께 쓸 사람 정함",
    "waive": "알림을 그대로 둠",
    "request": "결재 요청",
    "withdraw": "결재 요청 취소",
    "sign": "서명",
    "return": "반려",
    "send_back": "앞 결재자에게 돌려보냄",
    "replace_signer": "결재자 바꿈",
    "hold": "보류",
    "circulate": "공람",
    "supersede": "바로잡는 문서를 만듦",
    "mark": "비공개 표시",
    "unmark": "비공개 표시 지움",
    "lift_mark": "비공개 표시를 엶",
    "keep_mark": "비공개를 이어 감",
    "keep_closed": "비공개 문서로 둠",
    "open_attachment": "비공개 붙임을 엶",
    "publish_paper": "시민에게 공개",
    "correct_public": "공개본을 고침",
    "withdraw_public": "공개본을 내림",
    "record_outside": "밖에서 한 결재 기록",
    "correct": "결재 중 고치기 시작",
    "resume": "고치기 마침",
    "approve": "결재",
    "view": "열람",
    "download": "내려받음",
}
TONES = {"return": "danger", "withdraw": "danger", "approve": "success", "sign": "success"}
LATEST = 100


def editor(document, user):
    blocks = [block for block in document.blocks.all() if not block.is_removed]
    paper = assembling.paper(document)
    marks = numbering.marks(paper)
    plan = recomposing.plan(document)
    there = {str(block.pk) for block in blocks}
    for block in blocks:
        block.is_without_table = block.kind == Block.Kind.CHART and block.payload["of"] not in there
        block.is_outdated = block.pk in plan.outdated
        block.mark = marks.get(str(block.pk), "")
        block.is_typed = block.kind not in Block.WITHOUT_TEXT
    return {
        "document": document,
        "blocks": blocks,
        "headings": [block for block in blocks if block.kind == Block.Kind.HEADING],
        "levels": level_choices(assembling.mark_style(document)),
        "kinds": KINDS,
        "plan": plan,
        "sent_back": latest_return(document),
        "is_corrected": permissions.is_corrected(document),
        "writers": list(document.writers.all()),
        "is_drafter": permissions.is_drafter(user, document),
        "attachments": list(document.attachments.all()),
        "paper": preview(document),
        "faults": second_look.open_count(document, paper),
    }


def preview(document):
    return fragment(preview_paper(document), document)


def preview_paper(document):
    """The draft as it would print, above it the posts of the line that would be proposed."""
    people = [(ApprovalStep.Act.DRAFT, document.drafter), *proposed(document)]
    line = [ApprovalStep(act=act, position=steps.position_of(user)) for act, user in people]
    return assembling.paper(document, assembling.header(document, line))


def page_pictures(document):
    """The same as pictures of its pages, for includes/page_pictures.html."""
    paper = preview_paper(document)
    try:
        pictures, total = raster.page_pictures(render_pdf(paper, images=issuing.pictures(paper, document)))
    except (RenderError, TransitionError) as error:
        return {"error": str(error)}
    return {"pictures": pictures, "total": total}


def reading(document, user):
    round_ = latest_round(document)
    line = list(round_.steps.select_related("assignee", "acted_by")) if round_ else []
    return {
        "document": document,
        "round": round_,
        "steps": approval_line(line, document if permissions.can_replace_signer(user, document) else None),
        "paper": fragment(shown_paper(document, round_, line), document),
        "files": list(document.edition.files.defer("pdf", "hwpx", "tree")) if is_approved(document) else [],
        "receipts": document.receipts.select_related("contractor", "user"),
        "inspections": Inspection.objects.visible_to(user)
        .filter(documents=document)
        .select_related("subject"),
        "can_withdraw": can_withdraw(document, user, line),
        "my_step": my_turn(document, user, line),
        "history": history(document),
        "circulations": document.circulations.select_related("user"),
        "supersedes": _seen(document.supersedes, user),
        "superseded_by": _seen(document.superseded_by.first(), user),
        "can_supersede": is_approved(document) and permissions.can_supersede(user, document),
        "can_publish": is_approved(document) and permissions.can_publish(user, document),
        "can_circulate": is_approved(document) and permissions.can_circulate(user, document),
    }


def _seen(document, user):
    """The paper that goes before or behind this one, unless he may not know of it."""
    return document and Document.objects.visible_to(user).filter(pk=document.pk).first()


def shown_paper(document, round_, line):
    """What was signed or is being signed; only a draft is shown as its lines stand."""
    if is_approved(document):
        return tree.paper_from(document.edition.tree)
    header = assembling.header(document, line)
    if document.status == Document.Status.IN_APPROVAL:
        return assembling.with_header(round_.content["paper"], header)
    return assembling.paper(document, header)


def current_paper(document):
    round_ = latest_round(document)
    return shown_paper(document, round_, list(round_.steps.all()) if round_ else [])


def is_approved(document):
    return document.status == Document.Status.APPROVED


def latest_round(document):
    return document.rounds.order_by("-number").first()


def latest_return(document):
    """The step that sent this draft back, if that is how its last round ended."""
    rounds = document.rounds.defer("content").order_by("-number")
    last = rounds.first()
    if last is None or last.status != ApprovalRound.Status.RETURNED:
        return None
    return last.steps.get(status=ApprovalStep.Status.RETURNED)


def can_withdraw(document, user, line):
    is_his = document.status == Document.Status.IN_APPROVAL and document.drafter_id == user.pk
    return is_his and may_be_withdrawn(line)


def my_turn(document, user, line):
    """The step on which this user may act now, his own before that of one he stands in for."""
    if document.status != Document.Status.IN_APPROVAL:
        return None
    mine = [step for step in steps.now(line) if steps.may_act(step, user)]
    return next(iter(sorted(mine, key=lambda step: step.assignee_id != user.pk)), None)


def approval_line(line, replaceable_in=None):
    """For components/approval_line.html. Its office is offered to replace who cannot sign any more."""
    current = steps.now(line)
    states = {ApprovalStep.Status.SIGNED: "done", ApprovalStep.Status.RETURNED: "returned"}
    return [
        {
            "act": step.get_act_display(),
            "name": step.name,
            "position": step.position,
            "when": dates.month_day(assembling.local_day(step.acted_at)) if step.acted_at else "",
            "state": states.get(step.status, "current" if step in current else "waiting"),
            "opinion": step.opinion,
            "mode": " ".join(filter(None, ["전결" if step.is_delegated else "", step.stood_in, step.mark])),
            "replace_url": _replace_url(replaceable_in, step),
            "held": step.held_reason if step.status == ApprovalStep.Status.WAITING else "",
        }
        for step in line
    ]


def _replace_url(document, step):
    if document is None or document.status != Document.Status.IN_APPROVAL:
        return ""
    waits = step.status == ApprovalStep.Status.WAITING
    if not waits or can_still_sign(document, step.act, step.assignee):
        return ""
    return reverse("reports:signer_replace", args=[document.pk, step.pk])


def history(document):
    """The chain of this paper, newest first, for components/timeline.html."""
    events = Event.objects.filter(chain=f"document:{document.pk}").order_by("-seq")[:LATEST]
    return [
        {
            "title": ACTIONS.get(event.action, event.action),
            "who": event.actor_name,
            "when": dates.moment(assembling.local(event.at)),
            "text": _detail(event),
            "tone": TONES.get(event.action),
        }
        for event in events
    ]


def _detail(event):
    if event.object_type == "block":
        return event.label
    if event.action == "request":
        return " → ".join(f"{position} {name}" for _, position, name in event.detail["line"])
    return event.detail.get("reason") or event.detail.get("number") or event.detail.get("file", "")


def query_without_page(request):
    """`kind=1&` for the links of the pagination."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"{query.urlencode()}&" if query else ""
