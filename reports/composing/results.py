"""□ 주요 점검내용 및 결과, and □ 총평."""

from itertools import groupby

from inspections.models import Answer, Finding
from reports.composing import findings, points
from reports.composing.line import BOXED, CIRCLE, COUNTED, DASH, Line
from reports.composing.sheet_lines import asked_lines

NOT_APPLICABLE = "해당사항 없음"
TABLE_HEAD = ("분야", "지표", "점검항목", "적정", "부적정", "그 밖", "해당 없음")


def lines(inspection):
    found = findings.by_place(inspection)
    counts = verdicts(inspection)
    exempt = {each.indicator_id: each.reason for each in inspection.exemptions.all()}
    yield Line("results", "주요 점검내용 및 결과", 0, "heading", BOXED)
    for area, indicators in groupby(_indicators(inspection), key=lambda indicator: indicator.area):
        yield Line(f"area:{area}", _area(area), 1, "heading", COUNTED)
        for indicator in indicators:
            yield from _indicator(
                indicator, found.get(indicator.pk), counts.get(indicator.pk), exempt.get(indicator.pk)
            )
    if not found:
        yield from _totals(inspection, counts, exempt)
    yield from points.lines(inspection)
    if suggestions := found.get(Finding.Section.SUGGESTION):
        yield Line("suggestions", "개선 및 건의 사항", 1, "heading", COUNTED)
        yield from findings.lines(suggestions, depth=2, marks=findings.UNDER_A_NUMBER)
    if overall := found.get(Finding.Section.OVERALL):
        yield Line("overall", "총평", 0, "heading", BOXED)
        yield from findings.lines(overall, depth=1, marks=findings.UNDER_A_NUMBER)
    elif inspection.outcome:
        yield Line("overall", "총평", 0, "heading", BOXED)
        yield Line("overall:outcome", inspection.outcome, 1, "line", CIRCLE)


def _indicators(inspection):
    return inspection.checklist.indicators.all() if inspection.checklist_id else []


def _area(area):
    return area if area.endswith("분야") else f"{area} 분야"


def _indicator(indicator, found, counts, reason):
    key = f"indicator:{indicator.pk}"
    if reason is not None:
        yield Line(key, f"{indicator}: {NOT_APPLICABLE}", 2, "line", CIRCLE)
        yield Line(f"{key}:reason", reason, 3, "note")
        return
    yield Line(key, str(indicator), 2, "line", CIRCLE)
    for number, viewpoint in enumerate(indicator.viewpoint_lines, 1):
        yield Line(f"{key}:view:{number}", viewpoint, 3, "line", DASH)
    if not found and not counts:
        return
    yield Line(f"{key}:box", "점검결과", 3, "box")
    if found:
        yield from findings.lines(found, depth=4)
    else:
        yield Line(f"{key}:summary", summary(counts), 4, "line", BOXED)


def verdicts(inspection):
    """Indicator → [items, 적정, 부적정, other answers, 해당 없음]; only indicators with an answer."""
    found = {}
    for indicator in _indicators(inspection):
        lines = asked_lines(inspection, indicator)
        row = [len(lines), 0, 0, 0, 0]
        for line in lines:
            if line.is_answered:
                row[_column(line.answer)] += 1
        if any(row[1:]):
            found[indicator.pk] = row
    return found


def _column(answer):
    if answer.is_not_applicable:
        return 4
    return {Answer.Verdict.PASS: 1, Answer.Verdict.FAIL: 2}.get(answer.verdict, 3)


def summary(counts):
    """What the answers alone say, where nobody wrote a result."""
    items, passed, failed, other, absent = counts
    if passed == items:
        return f"점검항목 {items}건 모두 적정"
    parts = [(passed, "적정"), (failed, "부적정"), (other, "서술·수치 확인"), (absent, "해당 없음")]
    told = ", ".join(f"{word} {count}건" for count, word in parts if count)
    return f"점검항목 {items}건 중 {told}"


def _totals(inspection, counts, exempt):
    """A report without any finding says in figures what was looked at."""
    rows = [
        [indicator.area, str(indicator), *_figures(counts.get(indicator.pk), indicator.pk in exempt)]
        for indicator in _indicators(inspection)
        if indicator.pk in counts or indicator.pk in exempt
    ]
    if rows:
        payload = {"caption": "점검 총괄", "unit": "건", "rows": [list(TABLE_HEAD), *rows]}
        yield Line("results:totals", "", 1, "table", payload=payload)


def _figures(counts, is_exempt):
    if counts is None:
        return ["-"] * 4 + ["지표 전체" if is_exempt else "-"]
    return [str(count or "-") for count in counts]
