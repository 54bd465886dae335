"""붙임: the filled checklist (지도점검표) as a paper of its own."""

from itertools import groupby

from inspections import follow_ups, sheets
from inspections.models import ChecklistItem, Evidence
from notation import dates
from notation.figures import figure
from reports.composing import overview, results, team
from reports.tree import Cell, Node, Paper, Run, Table

WIDTHS = (9, 41, 18, 24, 8)
HEAD = ("코드", "점검항목", "답", "의견", "증빙")
Type = ChecklistItem.AnswerType


def paper(inspection, title):
    answers = {answer.item_id: answer for answer in inspection.answers.all()}
    exempt = {each.indicator_id: each.reason for each in inspection.exemptions.all()}
    evidence = _evidence_counts(inspection)
    body = [
        _area(area, indicators, answers, exempt, evidence)
        for area, indicators in groupby(inspection.checklist.indicators.all(), key=lambda each: each.area)
    ]
    return Paper(title=title, form="checklist", facts=tuple(_facts(inspection)), body=tuple(body))


def _facts(inspection):
    yield "점검대상", str(inspection.subject)
    if contractors := overview.contractors(inspection):
        yield "수탁기관", contractors
    yield "점검일시", overview.when(inspection)
    if covered := overview.covered(inspection):
        yield "대상기간", covered
    if groups := team.groups(inspection):
        yield "점검자", ", ".join(groups)
    yield "점검표", str(inspection.checklist)


def _area(area, indicators, answers, exempt, evidence):
    children = []
    for indicator in indicators:
        children += _indicator(indicator, answers, exempt, evidence)
    return Node(f"area-{area}", "heading", 1, (Run(area),), tuple(children))


def _indicator(indicator, answers, exempt, evidence):
    key = f"indicator-{indicator.pk}"
    if indicator.pk in exempt:
        row = (_cell(results.NOT_APPLICABLE, align="center"), _cell(exempt[indicator.pk]))
        head = (_cell("지표 전체", head=True, align="center"), _cell("까닭", head=True, align="center"))
        table = Table(caption=str(indicator), widths=(20, 80), head=(head,), rows=(row,))
        return [Node(key, "table", table=table)]
    items = indicator.items.all()
    silent = follow_ups.silent([(item, answers.get(item.pk)) for item in items])
    rows = tuple(
        _item(item, answers.get(item.pk), evidence.get(item.pk, 0)) for item in items if item.pk not in silent
    )
    head = (tuple(_cell(text, head=True, align="center") for text in HEAD),)
    table = Table(caption=str(indicator), widths=WIDTHS, head=head, rows=rows)
    return [Node(key, "table", table=table)]


def _item(item, answer, files):
    opinion = answer.opinion if answer else ""
    return (
        _cell(item.code, align="center"),
        _cell(_question(item)),
        _cell(answer_text(item, answer)),
        _cell(opinion),
        _cell(f"{files}건" if files else "-", align="center"),
    )


def _question(item):
    standard = sheets.standard_text(item)
    return f"{item.text} ({standard})" if standard else item.text


def answer_text(item, answer):
    """What was answered, in one line of text; an unanswered item says so."""
    if answer is None or not answer.is_answered:
        return "미응답"
    if answer.is_not_applicable:
        return f"{results.NOT_APPLICABLE}: {answer.not_applicable_reason}"
    if item.answer_type == Type.SCORE and answer.number is not None:
        return f"{figure(answer.number)} / {figure(item.max_score)}점"
    if answer.cells:
        answer.item = item
        return " · ".join(filter(None, [sheets.cells_text(answer), answer.get_verdict_display()]))
    told = sheets.figure_text(item, answer.number) if answer.number is not None else ""
    told = told or (dates.long_date(answer.dated_on) if answer.dated_on else "")
    verdict = answer.get_verdict_display() if answer.verdict and not answer.choice else ""
    verdict = "" if verdict == "판정 없음" else verdict
    return " · ".join(filter(None, [told, answer.choice, verdict, answer.text]))


def _evidence_counts(inspection):
    counts = {}
    for item in Evidence.objects.current().filter(inspection=inspection).values_list("item", flat=True):
        counts[item] = counts.get(item, 0) + 1
    return counts


def _cell(text, **style):
    return Cell((Run(" ".join(text.split())),) if text else (), **style)
