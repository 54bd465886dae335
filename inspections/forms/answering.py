"""The checklist as a form: many lines posted together, each showing its own error.

A page of forty items is looked at far more often than it is saved. So the fields of a line are only made
for lines that were posted *and* touched; showing a line takes what is stored, and one template (see
answer_lines.py).
"""

import hashlib
import json
import re
import unicodedata
from decimal import Decimal

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from inspections.answer_rules import FIELDS, Given, Type, faults_of
from inspections.answering import InvalidAnswerError
from inspections.forms.answer_lines import AnswerLines
from inspections.forms.answer_values import cells_of, digest, prefix_of, typed
from inspections.sheet_lines import LINE_KEY
from spreadsheets import values as cell_values

NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?|[+-]?\.\d+")
BASE = re.compile(r"(\d{1,9})-[0-9a-f]{12}")
LABELS = {
    "choice": "답",
    "text": "서술",
    "number": "수치",
    "dated_on": "날짜",
    "cells": "물음마다의 답",
    "opinion": "의견",
    "is_not_applicable": "해당사항 없음",
    "not_applicable_reason": "해당 없는 까닭",
}


class NumberField(forms.Field):
    """1,234.5 as people write it: with or without commas, the unit behind it, △ for less than nothing."""

    def __init__(self, *args, unit="", **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit

    def to_python(self, value):
        text = unicodedata.normalize("NFKC", value or "").strip()
        text = text.removesuffix(unicodedata.normalize("NFKC", self.unit)).strip() if self.unit else text
        text = text.replace("△", "-").replace("\u2212", "-").replace(" ", "")
        if not text:
            return None
        if not NUMBER.fullmatch(text) or len(text) > 30:
            raise forms.ValidationError("숫자로 적어 주세요. 예: 1,234.5")
        return Decimal(text.replace(",", ""))


class DayField(forms.Field):
    """2020-12-09 of the browser's calendar, or a date as papers write it: 2020. 12. 9."""

    def to_python(self, value):
        try:
            return cell_values.date((value or "").strip() or None)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class AnswerForm(forms.Form):
    """What was typed for one item. Plain on purpose: a ModelForm would ask the database per constraint."""

    choice = forms.CharField(required=False, max_length=60)
    text = forms.CharField(required=False, max_length=10_000)
    number = NumberField(required=False)
    dated_on = DayField(required=False)
    cells = forms.Field(required=False)  # carries the fault of its many inputs, which `shown` reads
    opinion = forms.CharField(required=False, max_length=10_000)
    is_not_applicable = forms.BooleanField(required=False)
    not_applicable_reason = forms.CharField(required=False, max_length=300)

    def __init__(self, data, *, line, prefix=None):
        super().__init__(data, prefix=prefix or prefix_of(line))
        self.line, self.item = line, line.item
        item = line.item
        self.fields["number"].unit = "원" if item.answer_type == Type.MONEY else item.unit

    def clean(self):
        if not self.errors:
            for field, fault in faults_of(self.given).items():
                self.add_error(field, fault)

    @property
    def given(self):
        base = BASE.fullmatch(self.shown_base)
        values = {name: self.cleaned_data.get(name) for name in FIELDS}
        values["cells"] = cells_of(self.item, self.shown["cells"])
        return Given(self.item, int(base[1]) if base else 0, site=self.line.site, **values)

    @property
    def shown(self):
        """What was typed, as it was typed."""
        return typed(self.data, self.prefix, self.item)

    @property
    def shown_base(self):
        return self.data.get(self.add_prefix("base"), "")


class LineForm(forms.Form):
    """One line, posted by itself under its key, with the number that the browser made for this request."""

    key = forms.UUIDField(error_messages={"required": "요청 번호가 없습니다. 화면을 새로 고쳐 주세요."})
    line = forms.RegexField(LINE_KEY, error_messages={"invalid": "항목 번호가 잘못되었습니다."})

    @property
    def place(self):
        """(item, site or None)"""
        item, site = LINE_KEY.fullmatch(self.cleaned_data["line"]).groups()
        return int(item), site and int(site)

    @property
    def body(self):
        """A digest of all that was posted for the line, to know a repeated request by."""
        prefix = f"a{self.cleaned_data['line']}-"
        posted = sorted((name, value) for name, value in self.data.items() if name.startswith(prefix))
        return hashlib.sha256(json.dumps(posted).encode()).hexdigest()

    def read(self, line):
        """What was given for the line; raises InvalidAnswerError with what is wrong with it."""
        form = AnswerForm(self.data, line=line)
        if not form.is_valid():
            raise InvalidAnswerError(
                line.item, {name: " ".join(texts) for name, texts in form.errors.items()}
            )
        return form.given


class SheetForm(forms.Form):
    """All lines of the shown indicators. `autosaved`: the script has saved each line before."""

    autosaved = forms.BooleanField(required=False)

    def __init__(self, data=None, *, groups, is_editable=True):
        super().__init__(data)
        self.groups = groups
        self.is_editable = is_editable
        self.touched = {} if data is None else self._touched(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page writes the token
        self.helper.form_show_errors = False  # the summary of the page links to the lines
        self.helper.render_hidden_fields = False
        self.helper.layout = Layout(AnswerLines())

    def is_valid(self):
        return super().is_valid() and not self.faulty

    @property
    def faulty(self):
        return [form for form in self.touched.values() if not form.is_valid()]

    @property
    def answers(self):
        return [form.given for form in self.touched.values()]

    @property
    def summary(self):
        """(line, address of the field, label, text) of everything that is wrong."""
        return [
            (form.line, f"{form.prefix}-{field}", LABELS[field], error)
            for form in self.faulty
            for field, errors in form.errors.items()
            for error in errors
        ]

    def _touched(self, data):
        forms_by_place = {}
        for group in self.groups:
            for line in group.lines:
                prefix = prefix_of(line)
                base = data.get(f"{prefix}-base")
                # Untouched lines are left out: whoever changed them meanwhile has changed them rightly.
                if base is not None and base.partition("-")[2] != digest(typed(data, prefix, line.item)):
                    forms_by_place[line.place] = AnswerForm(data, line=line)
        return forms_by_place


class ExemptForm(forms.Form):
    reason = forms.CharField(
        label="사유", max_length=300, error_messages={"required": "해당사항 없음에는 사유를 적어 주세요."}
    )
