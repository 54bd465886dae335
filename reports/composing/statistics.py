"""The figures of many inspections: how many were inspected, what was found, what was reached."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from inspections import scoring
from inspections.models import Action, Finding, Inspection
from notation import money
from notation.figures import figure
from reports.composing import points as points_of_one

Status = Inspection.Status
PLACES_HEAD = ("대상", "점검", "제외", "미실시")
TYPES_HEAD = ("지적 유형", "건수", "점검대상 수", "비율(%)")
ACTIONS_HEAD = ("조치할 곳", "건수", "점검대상 수")
POINTS_HEAD = ("연번", "점검대상", "점수(100점 환산)", "등급")
TOTAL = "계"
UNTYPED = "그 밖의 지적"
UNTOLD = "그 밖"


def told(inspections):
    """58곳 (점검 55곳, 제외 2곳, 미실시 1곳)"""
    total, done, excluded, not_done = _counts(inspections)
    parts = [(done, "점검"), (excluded, "제외"), (not_done, "미실시")]
    return f"{total}곳 ({', '.join(f'{word} {count}곳' for count, word in parts if count)})"


def by_place(inspections):
    """The table of 대상·점검·제외·미실시: by district where subjects have one, else by kind of subject."""
    by_district = any(inspection.subject.district for inspection in inspections)
    groups = {}
    for inspection in inspections:
        subject = inspection.subject
        name = (subject.district or UNTOLD) if by_district else str(subject.kind)
        groups.setdefault(name, []).append(inspection)
    rows = [[name, *_printed(_counts(group))] for name, group in groups.items()]
    if len(rows) > 1:
        rows.append(["계", *_printed(_counts(inspections))])
    head = ["자치구" if by_district else "종류", *PLACES_HEAD]
    return {"caption": "점검 현황", "unit": "곳", "rows": [head, *rows]}


def faults(inspection):
    """The lines that tell a fault, or to which somebody gave a type of fault."""
    return [
        finding
        for finding in inspection.findings.all()
        if finding.text.strip() and (finding.kind == Finding.Kind.FAULT or finding.finding_type_id)
    ]


def fault_count(inspection):
    return len(faults(inspection))


def by_type(inspections):
    """지적 유형별 현황, the most frequent first; None where nothing was found."""
    count, places = Counter(), {}
    for inspection in inspections:
        for finding in faults(inspection):
            name = str(finding.finding_type) if finding.finding_type_id else UNTYPED
            count[name] += 1
            places.setdefault(name, set()).add(inspection.pk)
    if not count:
        return None
    total = sum(count.values())
    rows = [
        [name, str(number), str(len(places[name])), _percent(number, total)]
        for name, number in sorted(count.items(), key=lambda pair: (pair[0] == UNTYPED, -pair[1], pair[0]))
    ]
    everywhere = len(set().union(*places.values()))
    rows.append(["계", str(total), str(everywhere), _percent(total, total)])
    return {"caption": "지적 유형별 현황", "unit": "건", "rows": [list(TYPES_HEAD), *rows]}


def by_addressee(inspections):
    """조치 유형별 현황: what was demanded of whom, with the amounts where there are any; None of nothing."""
    found = [
        (action.get_owner_display(), each, action) for each in inspections for action in each.actions.all()
    ]
    if not found:
        return None
    owners = [label for label in Action.Owner.labels if any(label == owner for owner, *_ in found)]
    groups = {label: [pair for owner, *pair in found if owner == label] for label in owners}
    if len(owners) > 1:
        groups[TOTAL] = [pair for _, *pair in found]
    has_won = any(action.won is not None for *_, action in found)
    rows = [
        [label, str(len(pairs)), str(len({each.pk for each, _ in pairs})), *(_won(pairs) if has_won else [])]
        for label, pairs in groups.items()
    ]
    head = [*ACTIONS_HEAD, *(["금액(원)"] if has_won else [])]
    return {"caption": "조치 유형별 현황", "unit": "건", "rows": [head, *rows]}


def _won(pairs):
    return [money.number(sum(action.won or 0 for _, action in pairs))]


@dataclass(frozen=True)
class Points:
    told: str
    payload: dict[str, Any]


def points(inspections):
    """Average, best and worst of scored sheets, and each by itself; None where nothing is scored."""
    scored = [(inspection, outcome) for inspection in inspections if (outcome := _outcome(inspection))]
    if not scored:
        return None
    values = [outcome.score.percent for _, outcome in scored]
    average = (sum(values) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"평균 {figure(average)}점 (최고 {figure(max(values))}점, 최저 {figure(min(values))}점)"
    grades = Counter(outcome.grade for _, outcome in scored if outcome.grade)
    if grades:
        text += f", 등급: {', '.join(f'{name} {number}곳' for name, number in sorted(grades.items()))}"
    rows = [
        [str(number), str(inspection.subject), figure(outcome.score.percent), outcome.grade or "-"]
        for number, (inspection, outcome) in enumerate(scored, 1)
    ]
    return Points(text, {"caption": "점검대상별 점수", "unit": "점", "rows": [list(POINTS_HEAD), *rows]})


def _outcome(inspection):
    if not inspection.checklist_id:
        return None
    found = scoring.outcome(inspection.checklist, points_of_one.scores(inspection))
    return found if found.score.maximum else None


def _counts(inspections):
    excluded = sum(each.status == Status.EXCLUDED for each in inspections)
    not_done = sum(each.status == Status.NOT_DONE for each in inspections)
    return len(inspections), len(inspections) - excluded - not_done, excluded, not_done


def _printed(counts):
    return [str(count or "-") for count in counts]


def _percent(part, whole):
    return f"{100 * part / whole:.1f}"
