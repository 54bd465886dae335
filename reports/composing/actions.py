"""□ 조치사항, grouped by who has to act."""

from itertools import groupby

from inspections.models import Action
from notation import dates, money
from reports.composing.line import BOXED, CIRCLE, DASH, Line
from reports.composing.overview import contractors

NEXT = "미흡한 점이 되풀이되지 않도록 주의하고 다음 사항을 이행하도록 요구"


def lines(inspection):
    actions = sorted(inspection.actions.all(), key=lambda action: (_owner_order(action), action.position))
    if not actions:
        return
    yield Line("actions", "조치사항", 0, "heading", BOXED)
    for (owner, department), group in groupby(actions, key=lambda action: (action.owner, action.department)):
        key = f"actions:{owner}:{department.pk if department else ''}"
        yield Line(key, _headline(owner, department, inspection), 1, "line", CIRCLE)
        for action in group:
            yield Line(f"action:{action.pk}", told(action), 2, "line", DASH)


def _owner_order(action):
    return list(Action.Owner).index(action.owner), action.department_id or 0


def _headline(owner, department, inspection):
    if owner == Action.Owner.CONTRACTOR:
        who = contractors(inspection) or str(inspection.subject)
        return f"{who}에 {NEXT}"
    if owner == Action.Owner.OTHER:
        return f"{department}에 다음 사항을 전달하여 처리하도록 함"
    return "점검 부서에서 다음 사항을 조치"


def told(action):
    text = " ".join(action.text.split())
    facts = []
    if action.won is not None:
        facts.append(money.won(action.won))
    if action.due_on is not None:
        facts.append(f"기한 {dates.short_date(action.due_on)}")
    facts = [fact for fact in facts if fact not in text]
    return f"{text} ({', '.join(facts)})" if facts else text
