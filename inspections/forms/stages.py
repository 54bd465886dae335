"""Forms of 자체점검 and the other stages before the inspection itself."""

from crispy_forms.layout import Column, Row
from django import forms

from inspections.forms.fields import date_field, layout, version_field
from inspections.models import Stage


class StageForm(forms.Form):
    organisation = forms.CharField(
        label="작성 기관",
        max_length=80,
        help_text="점검표를 적은 기관. 예: 수탁기관, 자치구",
        error_messages={"required": "작성 기관을 적어 주세요."},
    )
    starts_on = date_field("시작일", required=False)
    ends_on = date_field("종료일", required=False)
    version = version_field()
    helper = layout(
        "organisation",
        Row(Column("starts_on", css_class="col-6"), Column("ends_on", css_class="col-6")),
        "version",
    )

    def clean(self):
        start, end = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "종료일이 시작일보다 앞섭니다.")


class NewStageForm(StageForm):
    kind = forms.ChoiceField(label="단계", choices=Stage.Kind)
    version = None
    helper = layout(
        Row(Column("kind", css_class="col-6"), Column("organisation", css_class="col-6")),
        Row(Column("starts_on", css_class="col-6"), Column("ends_on", css_class="col-6")),
    )

    def __init__(self, *args, taken=(), **kwargs):
        super().__init__(*args, **kwargs)
        left = [(kind, label) for kind, label in Stage.Kind.choices if kind not in taken]
        self.fields["kind"].choices = left


class GiveBackForm(forms.Form):
    reason = forms.CharField(label="까닭", max_length=300, help_text="예: 빠진 항목이 있음")
    helper = layout("reason")
