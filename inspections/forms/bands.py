"""Grades by band, as lines of `A=90`."""

from decimal import Decimal, InvalidOperation

from django import forms

from inspections.answer_rules import plain


class BandsField(forms.CharField):
    """[["A", 90], ["B", 80]] typed as one band a line: the grade, and the least points converted to 100."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 20})

    def prepare_value(self, value):
        return "\n".join(f"{name}={least}" for name, least in value) if isinstance(value, list) else value

    def clean(self, value):
        bands = [_band(line) for line in super().clean(value).splitlines() if line.strip()]
        if len({name for name, _ in bands}) < len(bands) or len({least for _, least in bands}) < len(bands):
            raise forms.ValidationError("등급의 이름과 점수가 서로 달라야 합니다.")
        return bands

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), (data or "").replace("\r\n", "\n"))


def _band(line):
    name, _, least = (part.strip() for part in line.partition("="))
    try:
        points = Decimal(least)
    except InvalidOperation:
        points = Decimal(-1)
    if not name or not points.is_finite() or not 0 <= points <= 100:
        raise forms.ValidationError(f"‘A=90’처럼 등급과 0에서 100 사이의 점수를 적어 주세요: {line}")
    return [name, float(plain(points)) if points % 1 else int(points)]
