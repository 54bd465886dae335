"""의견제출 of a contractor."""

from django import forms

from follow_up.forms.fields import id_field, text_field
from inspections.forms.fields import layout


class OpinionForm(forms.Form):
    id = id_field()
    text = text_field(
        "의견", rows=6, max_length=4000, help_text="사실이 다르거나 사정이 있으면 자세히 적어 주세요."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = layout()
