"""What the pages of duty and rate are asked for."""

from django import forms

from audit import clock
from follow_up.duty import OPEN, STATES
from follow_up.rates import GROUPS
from inspections.forms.filters import offices, years


class DutyForm(forms.Form):
    year = forms.IntegerField(label="연도", min_value=2000, max_value=2100)
    department = forms.ModelChoiceField(label="담당 부서", queryset=None, required=False, empty_label="전체")
    state = forms.ChoiceField(
        label="상태",
        required=False,
        choices=[("", "전체"), ("open", "점검 전"), *STATES.items()],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = offices(None)

    @classmethod
    def of(cls, asked):
        """Bound to what was asked; this year and all that is open unless asked otherwise."""
        first = {"year": clock.today().year, "state": "open"}
        form = cls(asked if "year" in asked else first)
        form.is_valid()
        return form

    @property
    def asked_year(self):
        return self.cleaned_data.get("year") or clock.today().year

    def narrowed(self, subjects):
        if department := self.cleaned_data.get("department"):
            subjects = subjects.filter(department=department)
        state = self.cleaned_data.get("state")
        if state == "open":
            return subjects.filter(state__in=OPEN)
        return subjects.filter(state=state) if state else subjects


class RateForm(forms.Form):
    by = forms.ChoiceField(label="나누는 기준", choices=[(key, label) for key, (label, *_) in GROUPS.items()])
    year = forms.TypedChoiceField(label="점검 연도", coerce=int, empty_value=None, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "전체"), *years()]

    @classmethod
    def of(cls, asked):
        form = cls(asked if "by" in asked else {"by": "contractor"})
        form.is_valid()
        return form

    @property
    def group(self):
        return self.cleaned_data.get("by") or "contractor"

    @property
    def asked_year(self):
        return self.cleaned_data.get("year")
