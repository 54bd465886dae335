"""Reasons given on 완료 전 확인, and for leaving a warning."""

from django import forms


class ReasonForm(forms.Form):
    reason = forms.CharField(label="사유", max_length=300, error_messages={"required": "사유를 적어 주세요."})


class WaiveForm(ReasonForm):
    key = forms.CharField(max_length=60)
