"""점검결과 as lines of the report: the four levels of a finding keep their marks □ - · ※."""

from inspections.models import Finding
from notation import dates
from notation.figures import figure
from reports.composing.line import BOXED, CIRCLE, DASH, DOT, Line

Level = Finding.Level
RECEIPTS_HEAD = ("일시", "비목", "건명", "금액")
UNDER_A_BOX = {Level.HEADLINE: BOXED, Level.DASH: DASH, Level.DOT: DOT}
UNDER_A_NUMBER = {Level.HEADLINE: CIRCLE, Level.DASH: DASH, Level.DOT: DOT}  # 3) … ○ … -


def by_place(inspection):
    """Indicator id, or section for the whole → its lines; only places where something is written."""
    places = {}
    for finding in inspection.findings.all():
        if finding.text.strip():
            places.setdefault(finding.indicator_id or finding.section, []).append(finding)
    return places


def lines(findings, depth, marks=UNDER_A_BOX):
    above = []  # the lines this one stands under, with their level
    for finding in findings:
        while above and above[-1][0] >= finding.level:
            above.pop()
        key = f"finding:{finding.pk}"
        if finding.level == Level.NOTE:
            yield Line(key, told(finding), depth + len(above), "note")
        else:
            yield Line(key, told(finding), depth + len(above), "line", marks[finding.level])
        said = " ".join([*(text for _, text in above), finding.text])
        notes = list(_facts_beside(finding, depth + len(above) + 1, said))
        yield from notes
        above.append((finding.level, " ".join([finding.text, *(note.text for note in notes)])))


def told(finding):
    """The typed text and, unless it says them itself, the figures and the date kept beside it."""
    text = " ".join(finding.text.split())
    facts = [
        fact for fact in (_sites(finding, text), _measured(finding, text), _completed(finding, text)) if fact
    ]
    return f"{text} ({', '.join(facts)})" if facts else text


def _sites(finding, text):
    return ", ".join(site.name for site in finding.sites.all() if site.name not in text)


def _measured(finding, text):
    parts = [("", finding.measured), ("기준 ", finding.standard)]
    missing = [f"{word}{figure(value)}{finding.unit}" for word, value in parts if _unsaid(value, text)]
    return ", ".join(missing)


def _unsaid(value, text):
    return value is not None and figure(value) not in text


def _completed(finding, text):
    if finding.completed_on is None:
        return ""
    day = dates.short_date(finding.completed_on, with_weekday=False)
    return "" if day in text else f"{day} 완료"


def _facts_beside(finding, depth, said):
    """Notes of what neither the line nor a line above it says."""
    origin = [word for word in (finding.origin_body, finding.origin_ground) if word]
    if finding.origin_body and not all(word in said for word in origin):
        state = f"({finding.get_origin_state_display()})" if finding.origin_state else ""
        yield Line(f"finding:{finding.pk}:origin", f"{' '.join(origin)} 지적사항{state}", depth, "note")
    if finding.like_cases and f"{finding.like_cases}건" not in said:
        yield Line(f"finding:{finding.pk}:like", f"같은 사례 {finding.like_cases}건", depth, "note")
    if finding.cause and finding.cause not in said:
        yield Line(f"finding:{finding.pk}:cause", f"원인: {finding.cause}", depth, "note")
    for number, (title, place, words) in enumerate(finding.citations):
        text = f"「{title}」 {place}".strip() if title else place
        told = f"{text}: “{words}”" if words else text
        yield Line(f"finding:{finding.pk}:citation:{number}", told, depth, "note")
    if finding.receipts:
        payload = {"caption": "지출 내역", "unit": "원", "rows": [list(RECEIPTS_HEAD), *finding.receipts]}
        if len(finding.receipts) > 1:
            payload["total"] = True
        yield Line(f"finding:{finding.pk}:receipts", "", depth, "table", payload=payload)
    if finding.department_id and finding.department.name not in said:
        text = f"조치할 부서: {finding.department}"
        yield Line(f"finding:{finding.pk}:department", text, depth, "note")
