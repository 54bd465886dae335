"""붙임: the filled checklist (지도점검표) as a paper of its own."""

from collections import Counter
from itertools import groupby

from django.utils import timezone

from inspections import answer_texts
from inspections.models import ChecklistItem
from notation import dates
from notation.figures import figure
from reports.composing import overview, results, team
from reports.composing.sheet_lines import asked_lines
from reports.tree import Cell, Node, Paper, Photo, Run, Table

WIDTHS = (9, 41, 18, 24, 8)
HEAD = ("코드", "점검항목", "답", "의견", "증빙")
Type = ChecklistItem.AnswerType


def paper(inspection, title):
    exempt = {each.indicator_id: each.reason for each in inspection.exemptions.all()}
    evidence = _evidence_counts(inspection)
    body = [
        _area(area, indicators, inspection, exempt, evidence)
        for area, indicators in groupby(inspection.checklist.indicators.all(), key=lambda each: each.area)
    ]
    signed = tuple(_signed(list(inspection.attestations.all())))
    return Paper(title=title, form="checklist", facts=tuple(facts(inspection)), body=(*body, *signed))


def _signed(attestations):
    """The last confirmation of the contractor's attendant, with the signature below."""
    if not attestations:
        return
    last = attestations[-1]
    when = timezone.localtime(last.signed_at)
    told = "아래와 같음" if last.evidence else f"서명하지 않음: {last.reason}"
    moment = f"{dates.long_date(when.date())} {dates.clock(when)}"
    row = tuple(cell(text, align="center") for text in (last.name, last.position, moment, told))
    head = tuple(cell(text, head=True, align="center") for text in ("성명", "직위", "일시", "서명"))
    yield Node(
        "signed", "table", table=Table(caption="확인자", widths=(20, 24, 28, 28), head=(head,), rows=(row,))
    )
    if last.evidence:
        told = f"{last} 서명"
        photo = Photo(last.evidence.shown_sha256, alt=told, caption=told, small=True)
        yield Node("signature", "photo", photo=photo)


def facts(inspection):
    yield "점검대상", str(inspection.subject)
    if contractors := overview.contractors(inspection):
        yield "수탁기관", contractors
    yield "점검일시", overview.when(inspection)
    if covered := overview.covered(inspection):
        yield "대상기간", covered
    if groups := team.groups(inspection):
        yield "점검자", ", ".join(groups)
    if inspection.checklist_id:
        yield "점검표", str(inspection.checklist)


def _area(area, indicators, inspection, exempt, evidence):
    children = [_indicator(indicator, inspection, exempt, evidence) for indicator in indicators]
    return Node(f"area-{area}", "heading", 1, (Run(area),), tuple(children))


def _indicator(indicator, inspection, exempt, evidence):
    key = f"indicator-{indicator.pk}"
    if indicator.pk in exempt:
        row = (cell(results.NOT_APPLICABLE, align="center"), cell(exempt[indicator.pk]))
        head = (cell("지표 전체", head=True, align="center"), cell("까닭", head=True, align="center"))
        table = Table(caption=str(indicator), widths=(20, 80), head=(head,), rows=(row,))
        return Node(key, "table", table=table)
    rows = tuple(_item(line, evidence.get(line.place, 0)) for line in asked_lines(inspection, indicator))
    head = (tuple(cell(text, head=True, align="center") for text in HEAD),)
    table = Table(caption=str(indicator), widths=WIDTHS, head=head, rows=rows)
    return Node(key, "table", table=table)


def _item(line, files):
    opinion = line.answer.opinion if line.answer else ""
    return (
        cell(line.item.code, align="center"),
        cell(f"{line.site}: {question(line.item)}" if line.site else question(line.item)),
        cell(answer_text(line.item, line.answer)),
        cell(opinion),
        cell(f"{files}건" if files else "-", align="center"),
    )


def question(item):
    standard = answer_texts.standard_text(item)
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
        return " · ".join(filter(None, [answer_texts.cells_text(answer), answer.get_verdict_display()]))
    told = answer_texts.figure_text(item, answer.number) if answer.number is not None else ""
    told = told or (dates.long_date(answer.dated_on) if answer.dated_on else "")
    verdict = answer.get_verdict_display() if answer.verdict and not answer.choice else ""
    verdict = "" if verdict == "판정 없음" else verdict
    return " · ".join(filter(None, [told, answer.choice, verdict, answer.text]))


def _evidence_counts(inspection):
    """The place of a line (sheet_lines.Line.place) → how many files stand there."""
    files = [file for file in inspection.evidence.all() if file.withdrawn_at is None]
    return Counter((file.item_id, file.site_id) for file in files)


def cell(text, **style):
    return Cell((Run(" ".join(text.split())),) if text else (), **style)
