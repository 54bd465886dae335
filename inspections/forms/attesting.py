"""Taking the signature of the attendant."""

import json
import uuid

from crispy_forms.layout import Column, Row
from django import forms

from inspections.attesting import HEIGHT, WIDTH
from inspections.forms.fields import layout

LONGEST, MOST_STROKES, MOST_POINTS = 100_000, 200, 5_000


class StrokesField(forms.CharField):
    """Rows of points [x, y], whole numbers within the field of static/js/signature.js."""

    def __init__(self):
        super().__init__(max_length=LONGEST, required=False, widget=forms.HiddenInput)

    def clean(self, value):
        try:
            strokes = json.loads(super().clean(value) or "[]")
            points = [point for stroke in strokes for point in stroke]
            is_good = len(strokes) <= MOST_STROKES and len(points) <= MOST_POINTS and all(strokes)
            is_good = is_good and all(_is_point(*point) for point in points)
        except (ValueError, TypeError, RecursionError):
            is_good = False
        if not is_good:
            raise forms.ValidationError("서명을 읽지 못했습니다. 지우고 다시 서명해 주세요.")
        return strokes


class AttestForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label="확인자 이름", max_length=40)
    position = forms.CharField(label="직위", max_length=60, required=False, help_text="예: 사무국장")
    strokes = StrokesField()
    reason = forms.CharField(
        label="서명하지 않은 까닭",
        max_length=200,
        required=False,
        help_text="서명을 거부했거나 받을 수 없을 때만 적습니다.",
    )
    helper = layout("client_id", "strokes", Row(Column("name"), Column("position")), "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("client_id", uuid.uuid4())

    def clean(self):
        strokes, reason = self.cleaned_data.get("strokes"), self.cleaned_data.get("reason")
        if strokes is not None and bool(strokes) == bool(reason):
            self.add_error(
                "reason",
                "서명과 까닭 가운데 하나만 남겨 주세요."
                if strokes
                else "서명하거나, 서명하지 않은 까닭을 적어 주세요.",
            )
        return self.cleaned_data


def _is_point(x, y):
    return type(x) is int and type(y) is int and 0 <= x <= WIDTH and 0 <= y <= HEIGHT
