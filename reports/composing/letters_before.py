"""Letters before a visit: 점검 통지 and 자료요구."""

from inspections.models.checklist import ChecklistItem
from notation import dates
from reports.composing import overview, plan, team
from reports.composing.letters import ITEM, SUB, TOP, deadline, opening
from reports.composing.line import Line
from reports.composing.sheet_lines import asked_lines

ANSWER_DAYS = 7


def visit_notice(sources):
    yield from opening(sources)
    text = f"{sources.what} 지도·점검을 다음과 같이 실시하니 협조하여 주시기 바랍니다."
    yield Line("letter:main", text, 0, "line", TOP)
    if sources.is_single:
        yield from _single_visit(sources.first)
    else:
        yield _visits(sources)
    yield from _matter(sources)


def papers(sources):
    yield from opening(sources)
    text = f"{sources.what} 지도·점검에 필요하여 다음 자료를 요청하니 기한까지 제출하여 주시기 바랍니다."
    yield Line("letter:main", text, 0, "line", TOP)
    yield Line("letter:papers", "제출할 자료", 1, "line", ITEM)
    for number, text in enumerate(_papers_of(sources), 1):
        yield Line(f"letter:papers:{number}", text, 2, "line", SUB)
    yield deadline(sources, "제출기한", ANSWER_DAYS)


def _single_visit(inspection):
    yield Line("letter:what", f"점검대상: {inspection.subject}", 1, "line", ITEM)
    yield Line("letter:when", f"점검일시: {_visit_days(inspection)}", 1, "line", ITEM)
    if covered := _covered(inspection):
        yield Line("letter:covers", f"대상기간: {covered}", 1, "line", ITEM)
    if groups := team.groups(inspection):
        yield Line("letter:who", f"점검자: {', '.join(groups)}", 1, "line", ITEM)
    yield Line("letter:how", f"점검방법: {overview.how(inspection)}", 1, "line", ITEM)


def _visits(sources):
    rows = [
        [str(number), str(inspection.subject), _visit_days(inspection)]
        for number, inspection in enumerate(sources.active, 1)
    ]
    payload = {"caption": "점검 일정", "unit": "", "rows": [["연번", "점검대상", "점검일시"], *rows]}
    return Line("letter:visits", "", 1, "table", payload=payload)


def _matter(sources):
    sheets = {each.checklist_id: each.checklist for each in sources.active if each.checklist_id}
    names = [name for checklist in sheets.values() for name in plan.areas(checklist) if name]
    if names:
        yield Line("letter:matter", f"점검내용: {', '.join(dict.fromkeys(names))}", 1, "line", ITEM)


def _papers_of(sources):
    """What the sheets want to be shown: the items whose evidence is required, each text once."""
    asked = [item.text for inspection in sources.active for item in inspection.paper_items.all()]
    if asked:  # what was written down to be asked for
        return list(dict.fromkeys(asked))
    texts = [
        line.item.text
        for inspection in sources.active
        if inspection.checklist_id
        for indicator in inspection.checklist.indicators.all()
        for line in asked_lines(inspection, indicator)
        if line.item.evidence_rule == ChecklistItem.Rule.REQUIRED
    ]
    found = list(dict.fromkeys(f"{text} – 증빙" for text in texts))
    return found or ["점검 대상기간의 회계 장부와 지출 증빙", "사업계획서와 실적 자료"]


def _visit_days(inspection):
    visits = [visit for visit in inspection.visits.all() if visit.withdrawn_at is None]
    if not visits:
        return inspection.part.when
    return ", ".join(_visit_time(visit) for visit in visits)


def _visit_time(visit):
    days = dates.long_range(visit.starts_on, visit.ends_on, with_weekday=True)
    if visit.daily_from is None:
        return days
    hours = (
        dates.clock_range(visit.daily_from, visit.daily_to)
        if visit.daily_to
        else dates.clock(visit.daily_from)
    )
    return f"{days} {hours}"


def _covered(inspection):
    if inspection.covers_from is None or inspection.covers_to is None:
        return ""
    return dates.long_range(inspection.covers_from, inspection.covers_to)
