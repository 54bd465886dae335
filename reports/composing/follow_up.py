"""조치결과보고: what was demanded, what has been done, what is still open."""

from inspections.models import Action
from notation import dates, money
from reports.composing import overview, plan
from reports.composing.line import BOXED, CIRCLE, DASH, Line

TOTALS_HEAD = ("조치할 곳", "요구", "확인 완료", "이행 보고", "미이행", "이행률(%)")
DETAIL_HEAD = ("연번", "조치사항", "조치할 곳", "기한", "상태", "처리 내용")
Status = Action.Status


def lines(sources):
    actions = [
        (inspection, action) for inspection in sources.inspections for action in inspection.actions.all()
    ]
    yield from _history(sources)
    yield Line("done", "조치결과", 0, "heading", BOXED)
    if not actions:
        yield Line("done:none", "조치를 요구한 사항이 없음", 1, "line", CIRCLE)
        return
    yield Line("done:totals", "", 1, "table", payload=_totals([action for _, action in actions]))
    yield Line("done:detail", "", 1, "table", payload=_detail(sources, actions))
    yield from _open([action for _, action in actions if not action.is_closed])


def _history(sources):
    yield Line("history", "추진경과", 0, "heading", BOXED)
    yield Line("history:what", f"점검대상: {sources.what}", 1, "line", CIRCLE)
    yield Line("history:when", f"지도·점검: {plan.period(sources)}", 1, "line", CIRCLE)
    for document in sources.references:
        day = dates.short_date(document.approved_on, with_weekday=False)
        text = f"{document.get_kind_display()}: {document.number_text}({day})"
        yield Line(f"history:paper:{document.pk}", text, 1, "line", CIRCLE)


def _totals(actions):
    rows = []
    for owner in Action.Owner:
        if own := [action for action in actions if action.owner == owner]:
            rows.append([owner.label, *figures(own)])
    if len(rows) > 1:
        rows.append(["계", *figures(actions)])
    return {"caption": "조치 현황", "unit": "건", "rows": [list(TOTALS_HEAD), *rows]}


def figures(actions):
    """Demanded (without what was taken back), verified, reported, not done, share of what was verified."""
    count = {status: sum(action.status == status for action in actions) for status in Status}
    demanded = len(actions) - count[Status.WITHDRAWN]
    open_ = demanded - count[Status.VERIFIED] - count[Status.REPORTED]
    told = [demanded, count[Status.VERIFIED], count[Status.REPORTED], open_]
    share = f"{100 * count[Status.VERIFIED] / demanded:.1f}" if demanded else "-"
    return [*(str(number or "-") for number in told), share]


def _detail(sources, actions):
    rows = [
        [str(number), _text(sources, inspection, action), owner(inspection, action), due(action),
         action.get_status_display(), _done(action)]
        for number, (inspection, action) in enumerate(actions, 1)
    ]  # fmt: skip
    return {"caption": "조치 내역", "unit": "", "rows": [list(DETAIL_HEAD), *rows]}


def _text(sources, inspection, action):
    text = " ".join(action.text.split())
    text = text if action.won is None else f"{text} ({money.won(action.won)})"
    return text if sources.is_single else f"[{inspection.subject}] {text}"


def owner(inspection, action):
    if action.owner == Action.Owner.CONTRACTOR:
        return overview.contractors(inspection) or str(inspection.subject)
    return str(action.department or inspection.department)


def due(action):
    return dates.short_date(action.due_on, with_weekday=False) if action.due_on else "-"


def _done(action):
    """What the owner said he did and what was seen of it; without a report, what became of the demand."""
    reports = list(action.reports.all())
    if not reports:
        return " ".join(filter(None, (action.status_note, _day(action.status_on)))) or "-"
    report = reports[-1]
    told = " ".join(report.text.split())
    if report.verdict == report.Verdict.VERIFIED:
        return f"{told} (확인 {_short(report.decided_on)})"
    if report.verdict == report.Verdict.REWORK:
        return f"{told} ({_short(report.decided_on)} 보완 요구: {' '.join(report.verdict_note.split())})"
    return f"{told} {_day(report.received_on)}"


def _day(day):
    return f"({_short(day)})" if day else ""


def _short(day):
    return dates.short_date(day, with_weekday=False)


def _open(actions):
    yield Line("open", "향후계획", 0, "heading", BOXED)
    if not actions:
        yield Line("open:none", "요구한 조치가 모두 확인되어 종결", 1, "line", CIRCLE)
        return
    yield Line(
        "open:count", f"확인하지 못한 조치 {len(actions)}건은 이행할 때까지 계속 확인", 1, "line", CIRCLE
    )
    for action in actions:
        day = f" (기한 {due(action)})" if action.due_on else ""
        yield Line(f"open:{action.pk}", f"{' '.join(action.text.split())}{day}", 2, "line", DASH)
