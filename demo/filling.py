"""Answers, photographs and grounds for the inspections of the demo city."""

import io
import uuid
from decimal import Decimal

from PIL import Image, ImageDraw

from audit import clock
from inspections import answering, evidence
from inspections.answer_rules import ANSWER_FIELD, MEASURED, Given, Rule, Type, options_of, rows_of
from inspections.models import Answer, Basis, ChecklistItem
from inspections.sheet_lines import asked, lines_of


def bases():
    return list(Basis.objects.filter(is_active=True))


def answer(inspection, indicator, answers, *, by):
    """Answer every item of an indicator: as `answers` says by code, otherwise as one does where all is well."""
    given = inspection.answers.filter(item__indicator=indicator)
    lines = asked(lines_of(indicator.items.all(), given, list(inspection.sites.all())))
    answering.save_indicator(inspection, indicator, _given(lines, answers), by=by)


def answer_stage(stage, answers, *, by):
    """The whole sheet at a stage, by the same rule."""
    inspection, sites = stage.inspection, list(stage.inspection.sites.all())
    lines = [
        line
        for indicator in inspection.checklist.indicators.prefetch_related("items__indicator")
        for line in asked(lines_of(indicator.items.all(), [], sites))
    ]
    answering.save_answers(inspection, _given(lines, answers), by=by, stage=stage)


def _given(lines, answers):
    return [
        Given(line.item, site=line.site, **(_well(line.item) | answers.get(line.code, {})))
        for line in lines
        if not line.answer
    ]


def _well(item):
    field = ANSWER_FIELD[item.answer_type]
    values = {
        "choice": lambda: _passing(item),
        "text": lambda: "계획대로 운영함",
        "number": lambda: _figure(item),
        "dated_on": clock.today,
        "cells": lambda: {row: dict.fromkeys(item.parts, _passing(item)) for row in rows_of(item)},
    }
    opinion = "관련 서류로 확인함" if item.note_rule == Rule.REQUIRED else ""
    return {field: values[field](), "opinion": opinion}


def _figure(item):
    if item.answer_type == Type.SCORE:
        return (item.max_score * Decimal("0.9")).quantize(Decimal("0.1"))
    return item.standard if item.answer_type in MEASURED and item.standard is not None else Decimal(1)


def _passing(item):
    return next(name for name, verdict in options_of(item) if verdict != Answer.Verdict.FAIL)


def attach(inspection, scenario, *, by):
    """Photographs where the scenario has some and where an item asks for evidence."""
    for item in ChecklistItem.objects.filter(indicator__checklist=inspection.checklist_id):
        caption = scenario.photos.get(item.code) or _asked_for(inspection, item)
        client_id = uuid.uuid5(uuid.NAMESPACE_URL, f"{scenario.key}/{item.code}")
        if caption and not inspection.evidence.filter(client_id=client_id).exists():
            evidence.add(
                inspection, picture(caption), item=item, client_id=client_id, name=f"{item.code}.jpg",
                caption=caption, by=by,
            )  # fmt: skip


def _asked_for(inspection, item):
    failed = inspection.answers.filter(item=item, verdict=Answer.Verdict.FAIL).exists()
    asked = item.evidence_rule == Rule.REQUIRED or (item.evidence_rule == Rule.ON_FAIL and failed)
    return f"{item.code} 확인 서류" if asked and inspection.answers.filter(item=item).exists() else ""


def picture(caption):
    """A drawn stand-in for a photograph: shelves and papers in colours that depend on the caption."""
    seed = sum(caption.encode())
    image = Image.new("RGB", (1600, 1200), (232, 236, 240))
    draw = ImageDraw.Draw(image)
    for shelf in range(4):
        top = 120 + shelf * 260
        draw.rectangle([80, top + 200, 1520, top + 220], fill=(120, 104, 88))
        for book in range(18):
            colour = ((seed * (book + 3) + shelf * 40) % 160 + 60, (seed * 7 + book * 23) % 140 + 70, 150)
            left = 100 + book * 78
            draw.rectangle([left, top + (seed + book * 31) % 60, left + 60, top + 200], fill=colour)
    draw.rectangle([40, 40, 1560, 1160], outline=(80, 96, 112), width=6)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
