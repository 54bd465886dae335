"""The form of the heading facts of a draft."""

import re

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from contractors.models import validate_classification
from inspections.forms.fields import date_field, layout
from reports.drafting import FACTS
from reports.models import Document

CLAUSES = [
    ("1", "1호 다른 법률의 비밀"),
    ("2", "2호 국가안전보장"),
    ("3", "3호 생명·신체·재산"),
    ("4", "4호 재판·수사"),
    ("5", "5호 감독·검사, 의사결정 과정"),
    ("6", "6호 개인정보"),
    ("7", "7호 경영·영업 비밀"),
    ("8", "8호 부동산 투기"),
]
REPORT_ONLY = ("lead", "date_line", "has_cover", "has_contents", "mark_style")  # a letter has none of them
CONTROL_NUMBER = re.compile(r"^D\d{13}$")


class ClausesField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=CLAUSES, required=False, **kwargs)

    def clean(self, value):
        return sorted(super().clean(value))


class FactsForm(forms.ModelForm):
    clauses = ClausesField(
        label="비공개 조항", help_text="정보공개법 제9조제1항. 공개 문서에는 두지 않습니다."
    )
    review_on = date_field(
        "공개 다시 볼 날", required=False, help_text="5호를 고르면 적습니다. 그날 담당자에게 다시 올라옵니다."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Document
        fields = FACTS
        widgets = {"lead": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        if self.instance.is_letter:
            for name in REPORT_ONLY:
                del self.fields[name]
        self.helper = layout(
            "version",
            Fieldset("제목", "title", "registered_title", *self._report_only()),
            Fieldset(
                "공개와 보존", Row(Column("disclosure"), Column("retention")), InlineCheckboxes("clauses"),
                Row(Column("review_on", css_class="col-6")),
            ),
            Fieldset("분류와 번호", "classification", Row(Column("control_number"), Column("policy_number"))),
        )  # fmt: skip

    def _report_only(self):
        if self.instance.is_letter:
            return []
        return [
            "lead",
            Row(Column("date_line"), Column("mark_style")),
            Row(Column("has_cover"), Column("has_contents")),
        ]

    def _post_clean(self):
        """The facts are written by reports.drafting under its lock: the instance here is only read."""

    def clean_classification(self):
        value = self.cleaned_data["classification"]
        if value:
            validate_classification(value)
        return value

    def clean_control_number(self):
        value = self.cleaned_data["control_number"].strip().upper()
        if value and not CONTROL_NUMBER.match(value):
            raise forms.ValidationError("관리번호는 D와 숫자 13자리입니다. 예: D0000000000000")
        return value

    def clean(self):
        data = self.cleaned_data
        if data.get("disclosure") == Document.Disclosure.OPEN and data.get("clauses"):
            self.add_error(
                "clauses", "공개 문서에는 비공개 조항을 두지 않습니다. 조항을 지우거나 공개구분을 바꾸세요."
            )
        if data.get("disclosure") in {"partial", "closed"} and "clauses" in data and not data["clauses"]:
            self.add_error("clauses", "부분공개와 비공개에는 조항을 하나 이상 고르세요.")
        if data.get("disclosure") == Document.Disclosure.OPEN and data.get("review_on"):
            self.add_error("review_on", "공개 문서에는 다시 볼 날을 두지 않습니다. 날짜를 지우세요.")
        return data

    @property
    def facts(self):
        return {name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data}
