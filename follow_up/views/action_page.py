"""What the page of one action shows."""

from django.utils import timezone

from audit import clock
from audit.labels import ACTIONS
from audit.models import Event
from deadlines.counting import days_told
from follow_up import acting, permissions
from inspections.models import Action, Inspection
from notation.dates import long_date

Status = Action.Status
# What may be done in which state, the main thing first: (verb, for whom, label).
BY_STATE = {
    Status.DEMANDED: [("report", "owner"), ("register", "office"), ("object", "owner"),
        ("register_objection", "office"), ("extend", "office"), ("accept", "office"), ("withdraw", "office")],
    Status.REWORK: [("report", "owner"), ("register", "office"), ("object", "owner"),
        ("register_objection", "office"), ("extend", "office"), ("accept", "office"), ("withdraw", "office")],
    Status.ACCEPTED: [("report", "owner"), ("register", "office"), ("extend", "office"),
        ("withdraw", "office")],
    Status.REPORTED: [("verify", "office"), ("send_back", "office"), ("withdraw", "office")],
    Status.OBJECTED: [("decide", "office")],
    Status.VERIFIED: [("reopen", "office")],
    Status.WITHDRAWN: [],
}  # fmt: skip
LABELS = {
    "report": "조치결과 보고", "register": "받은 조치결과 적기", "verify": "확인", "send_back": "보완 요구",
    "object": "이의 제기", "register_objection": "받은 이의 적기", "decide": "이의 결정",
    "accept": "미루어 주기", "extend": "기한 연장", "withdraw": "요구 취소", "reopen": "다시 열기",
}  # fmt: skip


def page(action, user):
    sees_inspection = Inspection.objects.visible_to(user).filter(pk=action.inspection_id).exists()
    reports = list(action.reports.select_related("entered_by", "decided_by").prefetch_related("files"))
    payments = list(action.payments.all()) if action.won else []
    return {
        "action": action,
        "findings": action.findings.select_related("indicator", "finding_type") if sees_inspection else [],
        "dispositions": action.dispositions.select_related("disposition_type") if sees_inspection else [],
        "reports": reports,
        "objections": action.objections.select_related("entered_by", "decided_by"),
        "payments": payments,
        "rest": acting.rest_of(action),
        "interest": sum(
            each.won for each in payments if each.kind == "interest" and not each.taken_back_reason
        ),
        "sees_inspection": sees_inspection,
        "acts": acts(action, user),
        "can_pay": bool(action.won) and permissions.can_decide(user, action) and not action.is_closed,
        "is_late": action.is_late(clock.today()),
        "days_told": days_told(action.due_on, clock.today())
        if action.due_on and not action.is_closed
        else "",
        "history": history(action) if sees_inspection else [],
    }


def acts(action, user):
    """The verbs that this user may use now, with their labels."""
    if action.inspection.status != Inspection.Status.DONE:
        return []
    allowed = set()
    if permissions.is_owner(user, action):
        allowed.add("owner")
    if permissions.can_decide(user, action):
        allowed.add("office")
    return [(verb, LABELS[verb]) for verb, who in BY_STATE[action.status] if who in allowed]


def history(action):
    events = Event.objects.filter(object_type="action", object_id=str(action.pk)).exclude(action="view")
    return [
        {
            "title": ACTIONS.get(event.action, event.action),
            "who": event.actor_name or "자동",
            "when": long_date(timezone.localdate(event.at)),
            "text": " ".join(
                filter(
                    None,
                    [event.detail.get("note") or event.detail.get("reason"), event.detail.get("counted")],
                )
            ),
        }
        for event in events.order_by("pk")
    ]
