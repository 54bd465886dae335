"""The answers of an inspection in a table: one row a line of the sheet, found by indicator, code and site.

What a row says is checked by the very form of the checklist; nothing of a file is trusted further than that.
"""

import datetime as dt

from django import forms

from inspections import sheets
from inspections.answer_rules import ANSWER_FIELD, Given, options_of, plain
from inspections.answer_texts import standard_text
from inspections.forms.answer_values import cell_names, prefix_of, stored
from inspections.forms.answering import LABELS, AnswerForm
from inspections.models import Answer
from spreadsheets.importing import Change, Kind, Line, Plan

HEADINGS = ["지표", "코드", "장소", "점검항목", "답하는 법", "답", "의견", "해당사항 없음의 까닭", "판"]
WRITTEN = HEADINGS[5:8]
UNKNOWN = "이 점검의 점검표에 없는 줄입니다. 지표, 코드, 장소를 내려받은 그대로 두세요."


class AnswersSheet:
    """What spreadsheets.forms.UploadForm asks of a table."""

    title = "답"
    headings = HEADINGS
    required = ["지표", "코드", "답", "의견", "해당사항 없음의 까닭", "판"]


class OverwriteForm(forms.Form):
    overwrites = forms.BooleanField(label="그 사이 다른 사람이 고친 답도 이 파일로 바꾸기", required=False)


def lines_of(inspection, stage=None):
    """Every line of the sheet with its answer, in order; as it was filled in at a stage."""
    groups = sheets.progress(inspection, stage)
    groups = sheets.fill_stage(stage, groups) if stage else sheets.fill(inspection, groups, with_last=False)
    return [line for group in groups for line in group.lines]


def rows_of(lines):
    for line in lines:
        item = line.item
        version = line.answer.version if line.answer else 0
        yield [
            str(item.indicator),
            item.code,
            str(line.site or ""),
            item.text,
            how(item),
            *written(line),
            version,
        ]


def how(item):
    """적정 / 부적정, or what a figure is measured by."""
    names = " / ".join(name for name, _ in options_of(item))
    if ANSWER_FIELD[item.answer_type] == "cells":
        first = next(iter(cell_names(item).values()))
        return f"한 줄에 하나씩 ‘{_cell_name(*first)}={options_of(item)[0][0]}’처럼. 답: {names}"
    unit = "" if item.max_score is None else f"{plain(item.max_score)}점 만점"
    return names or " · ".join(
        filter(None, [item.get_answer_type_display(), unit or item.unit, standard_text(item)])
    )


def written(line):
    """답, 의견, 까닭 as they stand in the cells."""
    values = stored(line.item, line.answer)
    field = ANSWER_FIELD[line.item.answer_type]
    answer = _cells_written(line.item, values["cells"]) if field == "cells" else values[field]
    return [answer, values["opinion"], values["not_applicable_reason"]]


def plan(lines, table):
    """(Plan for the page, {row number: Given}): what the rows of a file would do. No query."""
    places = {_key(str(line.item.indicator), line.item.code, line.site): line for line in lines}
    made, givens, met = [], {}, set()
    for row in table.rows:
        line = places.get(_key(*(row.values.get(name) for name in HEADINGS[:3])))
        if line is None or line.place in met:
            text = UNKNOWN if line is None else "위에 이미 있는 줄입니다. 한 줄만 남겨 주세요."
            made.append(Line(row.number, Kind.ERROR, str(row.values.get("코드") or ""), errors=[text]))
            continue
        met.add(line.place)
        told, given = _told(row, line)
        made.append(told)
        if given and told.kind == Kind.UPDATE:
            givens[row.number] = given
    return Plan(made, table.ignored), givens


def chosen(planned, givens, lines, *, overwrites):
    """What is to be saved: those that collide only if they shall overwrite, on the version of now."""
    collided = {told.number for told in planned.lines if told.warnings}
    versions = {line.place: line.answer.version for line in lines if line.answer}
    kept = {number: given for number, given in givens.items() if overwrites or number not in collided}
    return [
        Given(given.item, versions.get(given.place, 0), site=given.site, **given.fields)
        if number in collided
        else given
        for number, given in kept.items()
    ]


def _told(row, line):
    """What becomes of one row, and what it gives (None: nothing that could be saved)."""
    try:
        form = AnswerForm(_data(row, line), line=line)
    except ValueError as error:
        return Line(row.number, Kind.ERROR, line.code, errors=[str(error)]), None
    if not form.is_valid():
        errors = [
            f"{LABELS.get(name, '')}: {text}".strip(": ")
            for name, texts in form.errors.items()
            for text in texts
        ]
        return Line(row.number, Kind.ERROR, line.code, errors=errors), None
    given = form.given
    after = Answer(item=line.item, **given.fields)
    old, new = written(line), written(type(line)(line.item, after, line.site))
    changes = [
        Change(name, str(was), str(now))
        for name, was, now in zip(WRITTEN, old, new, strict=True)
        if was != now
    ]
    if not changes:
        return Line(row.number, Kind.SAME, line.code), None
    told = Line(row.number, Kind.UPDATE, line.code, changes)
    if line.answer and line.answer.version != given.version:
        told.warnings.append(f"내려받은 뒤 {line.answer.answered_by.name}님이 고쳤습니다.")
    return told, given


def _data(row, line):
    """The cells of a row as the form of the line would post them."""
    prefix, item = prefix_of(line), line.item
    said = [_text(row.values.get(name)) for name in WRITTEN]
    version = _text(row.values.get("판")) or "0"
    if not version.isdecimal() or len(version) > 9:
        raise ValueError("‘판’ 칸은 내려받은 그대로 두세요.")
    data = {f"{prefix}-base": f"{version}-{0:012}", f"{prefix}-opinion": said[1]}
    if said[2]:
        data |= {f"{prefix}-is_not_applicable": "on", f"{prefix}-not_applicable_reason": said[2]}
    field = ANSWER_FIELD[item.answer_type]
    return data | (_cells_read(item, prefix, said[0]) if field == "cells" else {f"{prefix}-{field}": said[0]})


def _cells_written(item, values):
    lines = [
        f"{_cell_name(*place)}={values[name]}" for name, place in cell_names(item).items() if values.get(name)
    ]
    return "\n".join(lines)


def _cells_read(item, prefix, text):
    names = {_cell_name(*place): name for name, place in cell_names(item).items()}
    data = {}
    for said in filter(None, (part.strip() for part in text.splitlines())):
        asked, _, answer = (word.strip() for word in said.rpartition("="))
        if asked not in names:
            raise ValueError(f"‘{said}’: 물음의 이름을 ‘{next(iter(names))}=답’처럼 적어 주세요.")
        data[f"{prefix}-{names[asked]}"] = answer
    return data


def _cell_name(row, part):
    return f"{row}/{part}" if row else part


def _text(value):
    """Excel makes numbers and days of what looks like them."""
    if isinstance(value, dt.datetime | dt.date):
        return (value.date() if isinstance(value, dt.datetime) else value).isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _key(*parts):
    return tuple(" ".join(str(part or "").split()) for part in parts)
