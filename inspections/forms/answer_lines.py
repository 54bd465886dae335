"""The lines of the checklist as one crispy layout object.

Crispy renders field by field, which takes ten times as long as a plain list of the same length. Here a line
is one Django template. Questions and radio buttons, the same for everybody, are kept, and so are whole lines.
The key of what is kept is the whole content it is made of, so nothing stale can come out.
"""

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from crispy_forms.layout import LayoutObject
from django.template import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from inspections.answer_rules import ANSWER_FIELD, MEASURED, Type, options_of, plain, rows_of
from inspections.answer_texts import answer_text, standard_text
from inspections.forms.answer_values import base_of, prefix_of, stored
from inspections.forms.before import Before, before_of
from inspections.models import Answer

KEPT = 4096  # of some 2 KB each


class Face(NamedTuple):
    """What the question of an item consists of."""

    prefix: str
    site: str
    code: str
    text: str
    guidance: str
    kind: str
    options: tuple
    hint: str
    rows: tuple = ()
    parts: tuple = ()
    follows: str = ""
    follows_if: tuple = ()


class FileFace(NamedTuple):
    pk: int
    thumbnail: bool
    client_id: UUID
    label: str

    def __str__(self):
        return self.label


class LineFace(NamedTuple):
    """Everything a line is made of, errors aside: lines of the same face look the same."""

    question: Face
    field: str
    key: str
    values: tuple
    base: str
    is_failed: bool
    verdict: str
    files: tuple
    evidence_add_url: str
    before: Before | None
    is_silent: bool
    indicator: int
    is_mine: bool = False
    takes_findings: bool = True


class AnswerLines(LayoutObject):
    """All groups of a SheetForm with their lines."""

    def render(self, form, context, template_pack=None, **kwargs):
        parts, takes_answers_only = [], context.get("takes_answers_only", False)
        for group in form.groups:
            head = {"group": group, "form": form, "takes_answers_only": takes_answers_only}
            parts.append(_render("inspections/includes/indicator_head.html", head))
            about = {"user": context["user"].pk, "repeats_url": context.get("repeats_url", "")}
            if form.is_editable and not group.exemption:
                about["evidence_add_url"] = context.get("evidence_add_url", "")
                about["takes_findings"] = not takes_answers_only
                parts += [_line_of_form(line, form.touched.get(line.place), **about) for line in group.lines]
            else:
                parts += [readable_line(line, **about) for line in group.lines]
        return mark_safe("".join(parts))  # noqa: S308 - each part was escaped by its template


def _line_of_form(line, form, **about):
    if form:
        return editable_line(line, values=form.shown, base=form.shown_base, errors=form.errors, **about)
    values = stored(line.item, line.answer)
    return editable_line(line, values=values, base=base_of(line.answer, values), errors={}, **about)


def editable_line(
    line, *, values, base, errors, evidence_add_url="", repeats_url="", user=None, takes_findings=True
):
    """A line with its fields: `values` as they are shown, `errors` by field."""
    item, answer = line.item, line.answer
    face = LineFace(
        question=face_of(line),
        field=ANSWER_FIELD[item.answer_type],
        key=line.key,
        values=tuple((values | {"cells": tuple(values["cells"].items())}).items()),
        base=base,
        is_failed=answer is not None and answer.verdict == Answer.Verdict.FAIL,
        verdict=_verdict_word(item, answer),
        files=tuple(
            FileFace(file.pk, bool(file.thumbnail), file.client_id, str(file)) for file in line.files
        ),
        evidence_add_url=evidence_add_url if item.evidence_rule != item.Rule.OFF else "",
        before=before_of(line, repeats_url),
        is_silent=line.is_silent and not errors,
        indicator=item.indicator_id,
        is_mine=_is_mine(answer, user),
        takes_findings=takes_findings,
    )
    return _rendered_line(face, errors) if errors else _kept_line(face)


@lru_cache(maxsize=KEPT)
def _kept_line(face):
    return _rendered_line(face, {})


def _rendered_line(face, errors):
    values = dict(face.values)
    is_choice = face.field == "choice"
    return _render(
        "inspections/includes/answer_line.html",
        {
            "id": face.key,
            "prefix": face.question.prefix,
            "face": face.question,
            "is_silent": face.is_silent,
            "is_mine": face.is_mine,
            "question": question(face.question),
            "is_choice": is_choice,
            "can_fail": face.takes_findings and _can_fail(face),
            "is_number": face.field == "number",
            "is_date": face.field == "dated_on",
            "choices": choices(face.question, values["choice"]) if is_choice else "",
            "grid": grid(face.question, values["cells"]) if face.field == "cells" else "",
            "hint": face.question.hint,
            "values": values,
            "base": face.base,
            "errors": errors,
            "is_failed": face.is_failed,
            "badge": badge(face.verdict, face.is_failed),
            "indicator": face.indicator,
            "files": face.files,
            "takes_files": bool(face.evidence_add_url),
            "evidence_add_url": face.evidence_add_url,
            "before": face.before,
        },
    )


def _can_fail(face):
    return face.is_failed or any(verdict == "fail" for _, verdict in face.question.options)


def readable_line(line, *, repeats_url="", user=None):
    """A line for somebody who may not write, or who no longer may."""
    answer = line.answer
    return _render(
        "inspections/includes/answer_line_read.html",
        {
            "id": line.key,
            "question": question(face_of(line)),
            "answer": answer,
            "is_silent": line.is_silent,
            "is_mine": _is_mine(answer, user),
            "text": _in_words(line.item, answer),
            "verdict": _verdict_word(line.item, answer),
            "files": line.files,
            "before": before_of(line, repeats_url),
        },
    )


def readable_lines(group):
    """The lines of a group to read; of one that does not apply only what was answered all the same."""
    lines = [line for line in group.lines if not group.exemption or (line.answer and line.answer.is_answered)]
    return mark_safe("".join(readable_line(line) for line in lines))  # noqa: S308 - escaped by the template


def face_of(line):
    item, site = line.item, str(line.site or "")
    options = tuple((name, verdict) for name, verdict in options_of(item))
    told = (
        prefix_of(line),
        site,
        item.code,
        item.text,
        item.guidance,
        item.answer_type,
        options,
        _hint(item),
    )
    rows = tuple(rows_of(item)) if ANSWER_FIELD[item.answer_type] == "cells" else ()
    return Face(*told, rows, tuple(item.parts), item.follows, tuple(item.follows_if))


@lru_cache(maxsize=KEPT)
def question(face):
    return _render("inspections/includes/answer_question.html", {"face": face})


@lru_cache(maxsize=KEPT)
def choices(face, chosen):
    return _render("inspections/includes/answer_choices.html", {"face": face, "chosen": chosen})


@lru_cache(maxsize=KEPT)
def grid(face, cells):
    """The questions of one item: a row of buttons for each, or a table of selects where there are rows."""
    chosen = dict(cells)
    rows = [
        (row, [(f"cells-{at}-{place}", part, chosen.get(f"cells-{at}-{place}", ""))
               for place, part in enumerate(face.parts)])
        for at, row in enumerate(face.rows)
    ]  # fmt: skip
    if face.kind == Type.TABLE:
        return _render("inspections/includes/answer_table.html", {"face": face, "rows": rows})
    return _render("inspections/includes/answer_bundle.html", {"face": face, "rows": rows})


@lru_cache(maxsize=16)
def badge(verdict, is_failed):
    """적정 or 부적정 of a figure or of several questions; hidden as long as there is none."""
    tone = "danger" if is_failed else "success"
    hidden = "" if verdict else " hidden"
    return format_html('<span class="badge badge-{}" data-verdict{}>{}</span>', tone, hidden, verdict)


def _is_mine(answer, user):
    return user is not None and answer is not None and answer.is_answered and answer.answered_by_id == user


def _hint(item):
    if item.answer_type == Type.SCORE:
        return f"점 / {plain(item.max_score)}점"
    if item.answer_type not in MEASURED:
        return ""
    unit = "원" if item.answer_type == Type.MONEY else item.unit
    return " · ".join(filter(None, [unit, standard_text(item)]))


def _verdict_word(item, answer):
    """적정 or 부적정 where it was computed; a chosen one stands on its button."""
    is_chosen = ANSWER_FIELD[item.answer_type] == "choice"
    is_computed = not is_chosen and answer and answer.verdict in {"pass", "fail"}
    return answer.get_verdict_display() if is_computed else ""


def _in_words(item, answer):
    if answer is None or not answer.is_answered:
        return ""
    answer.item = item
    return answer_text(answer)


def _render(name, values):
    return _template(name).render(Context(values))


@lru_cache(maxsize=16)
def _template(name):
    return get_template(name).template
