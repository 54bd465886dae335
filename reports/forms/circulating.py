"""Who is asked to read an approved paper."""

from django import forms

from inspections.forms.fields import layout
from reports import permissions
from reports.forms.people import PeopleField, people_of


class CirculationForm(forms.Form):
    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        asked = document.circulations.values("user")
        people = people_of(permissions.READERS).exclude(pk__in=asked)
        self.fields["users"] = PeopleField(
            people, label="공람할 사람", help_text="Ctrl이나 Shift를 누르고 여럿을 고릅니다.",
            error_messages={"required": "공람할 사람을 한 사람 이상 고르세요."},
        )  # fmt: skip
        self.helper = layout()
