"""Forms of the visits of an inspection."""

from crispy_forms.layout import Column, Row
from django import forms

from inspections.forms.fields import ReasonForm, date_field, layout, time_field, version_field
from inspections.models import Inspection

DATES = Row(Column("starts_on", css_class="col-6"), Column("ends_on", css_class="col-6"))
HOURS = Row(Column("daily_from", css_class="col-6"), Column("daily_to", css_class="col-6"))


class HoursForm(forms.Form):
    daily_from = time_field("시작 시각")
    daily_to = time_field("종료 시각", help_text="여러 날이면 날마다 같은 시각입니다.")

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("daily_from"), cleaned.get("daily_to")
        if end and not start and "daily_from" not in self.errors:
            self.add_error("daily_from", "종료 시각을 적으면 시작 시각도 적어야 합니다.")
        if start and end and end <= start:
            self.add_error("daily_to", "종료 시각은 시작 시각보다 뒤여야 합니다.")
        return cleaned


class DatedForm(HoursForm):
    starts_on = date_field("날짜")
    ends_on = date_field("끝 날짜", required=False, help_text="하루면 비워 둡니다.")

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "끝 날짜가 첫 날짜보다 앞섭니다.")
        return cleaned


class PlaceForm(HoursForm):
    method = forms.ChoiceField(label="방법", choices=Inspection.Method, initial=Inspection.Method.ON_SITE)
    place = forms.CharField(label="장소", max_length=160, required=False, help_text="예: 센터 사무실(3층)")


class VisitForm(DatedForm, PlaceForm):
    helper = layout(
        DATES, HOURS, Row(Column("method", css_class="col-6"), Column("place", css_class="col-6"))
    )


class ChangeVisitForm(PlaceForm):
    version = version_field()
    helper = layout(
        HOURS, Row(Column("method", css_class="col-6"), Column("place", css_class="col-6")), "version"
    )


class PostponeForm(DatedForm):
    reason = forms.CharField(
        label="사유", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="결과보고에 ‘당초 일정’과 함께 나옵니다. 예: 건물 폐쇄로 연기",
    )  # fmt: skip
    version = version_field()
    helper = layout(DATES, HOURS, "reason", "version")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].label = "바뀐 날짜"


class WithdrawForm(ReasonForm):
    version = version_field()
    helper = layout("reason", "version")
