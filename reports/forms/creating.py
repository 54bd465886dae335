"""Choosing what kind of paper is made, and of which inspections."""

import uuid

from django import forms

from inspections.forms.fields import layout
from inspections.models import Inspection
from reports import kinds
from reports.models import Document


class KindForm(forms.Form):
    """A paper on one inspection: only the kinds that fit its state are offered."""

    kind = forms.ChoiceField(label="문서 종류")

    def __init__(self, *args, inspections, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, kind.label) for kind in kinds.possible(inspections)]
        self.helper = layout()


class InspectionsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, inspection):
        return f"{inspection.subject} ({inspection.get_status_display()})"


class ManyForm(forms.Form):
    """One paper on many inspections of a period."""

    kind = forms.ChoiceField(label="문서 종류", choices=Document.Kind)
    inspections = InspectionsField(
        label="담을 점검", queryset=Inspection.objects.none(),
        help_text="제외하거나 실시하지 못한 점검도 함께 담으면 사유와 함께 셉니다.",
    )  # fmt: skip

    each = forms.BooleanField(
        label="점검마다 한 건씩 따로 짓기", required=False,
        help_text="기관마다 따로 보내는 통지나 요구에 씁니다.",
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def __init__(self, *args, inspections, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["inspections"].queryset = inspections
        self.helper = layout()
