"""An indicator and an item of a sheet as forms: in the admin, and in the editor with what else it needs."""

from decimal import Decimal

from crispy_forms.layout import Column, Div, Row
from django import forms

from inspections.answer_rules import ANSWER_FIELD, MEASURED, WITH_OPTIONS, Type, plain
from inspections.checklist_columns import read_names, read_options, write_options
from inspections.checklist_rules import item_faults
from inspections.forms.fields import ManyField, layout
from inspections.models import Checklist, ChecklistItem, Indicator

# The fields that only some types of answers take, and what stands there for the others.
ONLY_FOR = {
    "options": (set(WITH_OPTIONS), []),
    "parts": ({kind for kind, field in ANSWER_FIELD.items() if field == "cells"}, []),
    "rows": ({Type.TABLE}, []),
    "unit": ({Type.NUMBER}, ""),
    "standard": (MEASURED, None),
    "comparison": (MEASURED, ""),
    "max_score": ({Type.SCORE}, None),
    "weight": ({Type.SCORE}, 1),
}


def _only(name):
    """The classes by which sheet_editor.css shows a field with the types that take it, and no other."""
    return " ".join(["only", *sorted(f"for-{kind}" for kind in ONLY_FOR[name][0])])


class OptionsField(forms.CharField):
    """Choices as lines of `검토완료=적정`."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 40})

    def prepare_value(self, value):
        return write_options(ChecklistItem(options=value)) if isinstance(value, list) else value

    def clean(self, value):
        try:
            return read_options(super().clean(value) or None)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), (data or "").replace("\r\n", "\n"))


class NamesField(forms.CharField):
    """Names, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 40})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        return read_names(super().clean(value) or None)

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), (data or "").replace("\r\n", "\n"))


class ItemForm(forms.ModelForm):
    options = OptionsField(
        label="선택지",
        required=False,
        help_text="한 줄에 하나씩 ‘검토완료=적정’처럼. 판정은 적정, 부적정, 판정 없음입니다.",
    )
    parts = NamesField(
        label="물음·칸", required=False, help_text="여러 물음의 물음이나 표의 칸. 한 줄에 하나씩"
    )
    rows = NamesField(
        label="표의 줄", required=False, help_text="한 줄에 하나씩. 비우면 점검하는 장소마다 한 줄입니다."
    )
    follows_if = NamesField(
        label="보이는 답",
        required=False,
        help_text="앞 항목이 이 답이면 보입니다. 한 줄에 하나씩",
    )

    class Meta:
        model = ChecklistItem
        fields = [
            "order", "code", "answer_type", "text", "guidance", "options", "parts", "rows", "unit",
            "standard", "comparison", "max_score", "weight", "evidence_rule", "note_rule",
            "is_per_site", "follows", "follows_if",
        ]  # fmt: skip
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2, "cols": 80}),
            "guidance": forms.Textarea(attrs={"rows": 2, "cols": 80}),
        }

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            shown = ChecklistItem(**{name: cleaned[name] for name in self.Meta.fields if name in cleaned})
            for fault in item_faults(shown):
                self.add_error(None, fault)
        return cleaned


class EditedItemForm(ItemForm):
    """With only those fields shown that the type of the answer takes; `state`: what it was changed from."""

    state = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta(ItemForm.Meta):
        fields = [name for name in ItemForm.Meta.fields if name != "order"]

    helper = layout(
        Row(Column("code", css_class="col-6"), Column("answer_type", css_class="col-6")),
        "text",
        "guidance",
        Div("options", css_class=_only("options")),
        Row(
            Column("parts", css_class=f"col-6 {_only('parts')}"),
            Column("rows", css_class=f"col-6 {_only('rows')}"),
        ),
        Row(
            Column("unit", css_class=f"col-4 {_only('unit')}"),
            Column("standard", css_class=f"col-4 {_only('standard')}"),
            Column("comparison", css_class=f"col-4 {_only('comparison')}"),
        ),
        Row(
            Column("max_score", css_class=f"col-6 {_only('max_score')}"),
            Column("weight", css_class=f"col-6 {_only('weight')}"),
        ),
        Row(Column("evidence_rule", css_class="col-6"), Column("note_rule", css_class="col-6")),
        "is_per_site",
        Row(Column("follows", css_class="col-6"), Column("follows_if", css_class="col-6")),
        "state",
    )

    def get_initial_for_field(self, field, field_name):
        value = super().get_initial_for_field(field, field_name)
        return plain(value) if isinstance(value, Decimal) else value  # 50, not 50.000

    def clean(self):
        for name, (kinds, empty) in ONLY_FOR.items():
            if self.cleaned_data.get("answer_type") not in kinds:
                self.cleaned_data[name] = empty
                self.errors.pop(name, None)
        return super().clean()


class EditedIndicatorForm(forms.ModelForm):
    state = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Indicator
        fields = ["area", "label", "name", "viewpoints", "must_reach"]
        widgets = {"viewpoints": forms.Textarea(attrs={"rows": 4})}

    helper = layout(
        Row(Column("area", css_class="col-6"), Column("label", css_class="col-6")),
        "name",
        "viewpoints",
        "must_reach",
        "state",
    )


class MoveForm(forms.Form):
    """A step up or down, or the row to stand before; for an item that goes to the end also its indicator."""

    step = forms.ChoiceField(choices=[("up", "위로"), ("down", "아래로")], required=False)
    before = forms.ModelChoiceField(queryset=Indicator.objects.none(), required=False)
    indicator = forms.ModelChoiceField(queryset=Indicator.objects.none(), required=False)

    def __init__(self, *args, sheet, row, **kwargs):
        super().__init__(*args, **kwargs)
        items = ChecklistItem.objects.filter(indicator__checklist=sheet).select_related("indicator")
        self.fields["before"].queryset = items if row == "item" else sheet.indicators.all()
        if row == "item":
            self.fields["indicator"].queryset = sheet.indicators.all()

    @property
    def place(self):
        """The arguments of sheet_editing.move."""
        before, indicator = self.cleaned_data["before"], self.cleaned_data["indicator"]
        return {"before": before, "indicator": indicator}


class LibraryForm(forms.Form):
    """By what the items of other sheets are looked for."""

    q = forms.CharField(
        label="낱말", max_length=60, required=False, help_text="항목, 코드, 지표, 분야에서 찾습니다."
    )
    source = forms.ModelChoiceField(
        label="점검표", queryset=Checklist.objects.none(), required=False, empty_label="모든 점검표"
    )

    def __init__(self, *args, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources


class TakeOverForm(forms.Form):
    """What is copied out of other sheets, and where to."""

    items = ManyField(
        queryset=ChecklistItem.objects.none(), error_messages={"required": "가져올 항목을 골라 주세요."}
    )
    indicator = forms.ModelChoiceField(
        label="넣을 지표",
        queryset=Indicator.objects.none(),
        required=False,
        empty_label="같은 이름의 지표(없으면 만들기)",
    )

    def __init__(self, *args, sheet, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = found
        self.fields["indicator"].queryset = sheet.indicators.all()
