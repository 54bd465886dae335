"""Fields and widgets that several forms of the plan share."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

LONGEST_KEY = 15


def date_field(label, **kwargs):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


def time_field(label, **kwargs):
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, required=False, **kwargs)


def version_field():
    return forms.IntegerField(label="판", min_value=0, widget=forms.HiddenInput)


def layout(*rows):
    """The template owns <form>, the CSRF token and the buttons. Without rows: every field, in its order."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*rows) if rows else None
    return helper


def knowing(form, current):
    """The form as it was typed, made on the version that is there now: the next save is a decision."""
    form.data = form.data.copy()
    form.data["version"] = current.version
    return form


def differences(form, current):
    """What was typed against what stands there now, field by field, for the page that shows both."""
    found = []
    for name, mine in form.cleaned_data.items():
        theirs = _present(current, name)
        if name != "version" and _text(form, name, mine) != _text(form, name, theirs):
            field = form.fields[name]
            found.append((field.label, _text(form, name, mine), _text(form, name, theirs)))
    return found


def _present(current, name):
    value = getattr(current, name)
    return list(value.all()) if hasattr(value, "all") else value


def _text(form, name, value):
    if isinstance(value, bool):
        return "예" if value else "아니요"
    choices = getattr(form.fields[name], "choices", [])
    labels = {} if hasattr(choices, "queryset") else dict(choices)
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return "" if value is None else str(labels.get(value, value))
    return ", ".join(sorted(str(labels.get(one, one)) for one in value))


class ManyField(forms.ModelMultipleChoiceField):
    """Refuses a number too long for the databases, which would fail on it instead of finding nothing."""

    def clean(self, value):
        for key in value or []:
            if len(str(key)) > LONGEST_KEY:
                raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": key})
        return super().clean(value)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label="사유", max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text="이력에 남습니다."
    )
    helper = layout("reason")
