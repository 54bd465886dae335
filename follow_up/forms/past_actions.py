from django import forms

from follow_up.forms.fields import text_field
from inspections.forms.fields import layout
from inspections.models import ActionCheck


class CheckForm(forms.Form):
    """The verdict of an inspection on one earlier demand."""

    result = forms.ChoiceField(label="확인 결과", choices=ActionCheck.Result, widget=forms.RadioSelect)
    note = text_field("확인한 내용", rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = layout()
