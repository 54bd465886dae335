"""Why an issued paper is put right."""

from django import forms

from inspections.forms.fields import layout


class SupersedingForm(forms.Form):
    reason = forms.CharField(
        label="바로잡는 내용과 까닭",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="새 문서의 첫 줄에 적힙니다. 예: 3쪽 집행액 1,200천원을 1,020천원으로 바로잡음",
        error_messages={"required": "무엇을 왜 바로잡는지 적어 주세요."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = layout()
