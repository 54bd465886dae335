"""평가 점수: what a scored sheet adds up to, as a table with the sum, its grade, and what fails it."""

from inspections import scoring
from notation.figures import figure
from reports.composing.line import CIRCLE, COUNTED, Line
from reports.composing.sheet_lines import asked_lines

HEAD = ("지표", "배점", "득점", "득점률(%)")


def lines(inspection):
    if not inspection.checklist_id:
        return
    found = scores(inspection)
    outcome = scoring.outcome(inspection.checklist, found)
    if not outcome.score.maximum:
        return
    rows = [
        _row(str(indicator), score) for indicator, score in found.items() if score.maximum or score.left_out
    ]
    payload = {
        "caption": "지표별 득점",
        "unit": "점",
        "rows": [list(HEAD), *rows, _row("합계", outcome.score)],
    }
    yield Line("points", "평가 점수", 1, "heading", COUNTED)
    yield Line("points:table", "", 2, "table", payload=payload)
    for number, text in enumerate(_said(inspection.checklist, outcome), 1):
        yield Line(f"points:{number}", text, 2, "line", CIRCLE)


def scores(inspection):
    exempt = {each.indicator_id for each in inspection.exemptions.all()}
    return {
        indicator: scoring.score_of(
            (line.item, None if indicator.pk in exempt else line.answer)
            for line in asked_lines(inspection, indicator)
        )
        for indicator in inspection.checklist.indicators.all()
    }


def _row(name, score):
    percent = "-" if score.percent is None else figure(score.percent)
    return [name, figure(score.maximum) if score.maximum else "-", figure(score.points), percent]


def _said(checklist, outcome):
    score = outcome.score
    converted = f"100점 환산 {figure(score.percent)}점"
    if outcome.grade:
        converted += f", {outcome.grade}등급"
    yield f"배점 {figure(score.maximum)}점 중 {figure(score.points)}점 ({converted})"
    if score.left_out:
        yield f"해당사항이 없어 뺀 배점: {figure(score.left_out)}점"
    if checklist.threshold is not None:
        word = "미달" if outcome.is_below else "충족"
        yield f"통과 점수 {figure(checklist.threshold)}점 {word}"
    if outcome.failed:
        yield f"과락 지표: {', '.join(str(indicator) for indicator in outcome.failed)}"
