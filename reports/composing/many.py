"""결과보고 on many inspections: what was inspected and what not, figures, then each subject by itself."""

from inspections.models import Inspection
from reports.composing import dispositions, findings, follow_up, overview, plan, results, statistics, team
from reports.composing.line import BOXED, CIRCLE, COUNTED, DASH, Line

MOST_GROUPS = 6  # of inspectors that are named; more are counted
ACTIONS_HEAD = ("연번", "점검대상", "조치사항", "조치할 곳", "기한")
Status = Inspection.Status


def lines(sources):
    yield from _overview(sources)
    yield from _figures(sources)
    yield from _each(sources)
    yield from _dispositions(sources)
    yield from _actions(sources)
    yield from _overall(sources)


def _overview(sources):
    yield Line("overview", "점검개요", 0, "heading", BOXED)
    yield Line("overview:when", f"점검기간: {plan.period(sources)}", 1, "line", COUNTED)
    yield Line("overview:what", f"점검대상: {statistics.told(sources.inspections)}", 1, "line", COUNTED)
    yield Line("overview:counts", "", 2, "table", payload=statistics.by_place(sources.inspections))
    yield from _put_aside(sources)
    if who := _who(sources):
        yield Line("overview:who", f"점검자: {who}", 1, "line", COUNTED)
    methods = dict.fromkeys(overview.how(inspection) for inspection in sources.active)
    yield Line("overview:how", f"점검방법: {' / '.join(methods) or '점검 계획에 따름'}", 1, "line", COUNTED)
    if sources.grounds:
        yield Line("overview:grounds", f"점검근거: {', '.join(sources.grounds)}", 1, "line", COUNTED)


def _put_aside(sources):
    """제외 and 미실시, each with its reason."""
    for inspection in sources.inspections:
        if inspection not in sources.active:
            reason = " – ".join(filter(None, (str(inspection.status_reason or ""), inspection.status_note)))
            text = f"{inspection.get_status_display()}: {inspection.subject} ({reason})"
            yield Line(f"overview:aside:{inspection.pk}", text, 2, "line", DASH)


def _who(sources):
    groups = list(dict.fromkeys(group for each in sources.active for group in team.groups(each)))
    named = ", ".join(groups[:MOST_GROUPS])
    return f"{named} 등 {len(groups)}개 반" if len(groups) > MOST_GROUPS else named


def _figures(sources):
    yield Line("figures", "점검결과 총괄", 0, "heading", BOXED)
    faulty = [each for each in sources.active if statistics.fault_count(each)]
    text = "점검한 모든 곳에서 지적사항 없음"
    if faulty:
        count = sum(map(statistics.fault_count, faulty))
        text = f"점검한 {len(sources.active)}곳 중 {len(faulty)}곳에서 지적사항 {count}건 확인"
    yield Line("figures:faults", text, 1, "line", CIRCLE)
    if types := statistics.by_type(sources.active):
        yield Line("figures:types", "", 1, "table", payload=types)
    if points := statistics.points(sources.active):
        yield Line("figures:points", points.told, 1, "line", CIRCLE)
        yield Line("figures:points:table", "", 1, "table", payload=points.payload)


def _each(sources):
    yield Line("each", "점검대상별 결과", 0, "heading", BOXED)
    for inspection in sources.active:
        key = f"each:{inspection.pk}"
        yield Line(key, str(inspection.subject), 1, "heading", COUNTED)
        facts = ", ".join(filter(None, (overview.when(inspection), overview.contractors(inspection))))
        yield Line(f"{key}:facts", facts, 2, "note")
        yield from _found(inspection, key)


def _found(inspection, key):
    places = findings.by_place(inspection)
    told = [one for place, group in places.items() if place != "overall" for one in group]
    if told:
        yield from findings.lines(told, depth=2, marks=findings.UNDER_A_NUMBER)
        return
    counts = results.verdicts(inspection).values()
    text = (
        results.summary([sum(column) for column in zip(*counts, strict=True)]) if counts else "지적사항 없음"
    )
    yield Line(f"{key}:summary", text, 2, "line", CIRCLE)


def _dispositions(sources):
    if counted := dispositions.by_type(sources.active):
        yield Line("dispositions", "처분", 0, "heading", BOXED)
        yield Line("dispositions:counts", "", 1, "table", payload=counted)


def _actions(sources):
    rows = []
    for inspection in sources.active:
        for action in inspection.actions.all():
            text = " ".join(action.text.split())
            row = [str(inspection.subject), text, follow_up.owner(inspection, action), follow_up.due(action)]
            rows.append([str(len(rows) + 1), *row])
    if rows:
        yield Line("actions", "조치사항", 0, "heading", BOXED)
        counted = statistics.by_addressee(sources.active)
        yield Line("actions:counts", "", 1, "table", payload=counted)
        payload = {"caption": "조치 요구 사항", "unit": "", "rows": [list(ACTIONS_HEAD), *rows]}
        yield Line("actions:table", "", 1, "table", payload=payload)


def _overall(sources):
    told = [
        (each, finding) for each in sources.active for finding in each.findings.all() if _is_overall(finding)
    ]
    outcomes = [each for each in sources.active if each.outcome]
    if not told and not outcomes:
        return
    yield Line("overall", "총평", 0, "heading", BOXED)
    for inspection, finding in told:
        yield Line(
            f"finding:{finding.pk}", f"[{inspection.subject}] {findings.told(finding)}", 1, "line", CIRCLE
        )
    for inspection in outcomes:
        yield Line(
            f"overall:{inspection.pk}", f"[{inspection.subject}] {inspection.outcome}", 1, "line", CIRCLE
        )


def _is_overall(finding):
    return finding.section == finding.Section.OVERALL and finding.text.strip()
