"""What the record of a contractor is asked for."""

from django import forms

from audit import clock
from reports.contractor_record import KINDS

SPAN = 5


class ContractorSearchForm(forms.Form):
    text = forms.CharField(label="수탁기관 이름", max_length=60, required=False)


class RecordForm(forms.Form):
    since = forms.IntegerField(label="부터(연도)", min_value=2000, max_value=2100)
    until = forms.IntegerField(label="까지(연도)", min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label="무엇", required=False, choices=[("", "전체"), *KINDS.items()])

    @classmethod
    def of(cls, asked):
        """The last five years unless asked otherwise."""
        year = clock.today().year
        first = {"since": year - SPAN + 1, "until": year}
        form = cls(asked if {"since", "until"} & set(asked) else first)
        if not form.is_valid():
            form.cleaned_data = first | {
                name: form.cleaned_data.get(name) or value for name, value in first.items()
            }
        return form

    @property
    def years(self):
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return min(since, until), max(since, until)
