"""Who is asked to read an approved paper."""

from itertools import groupby

from crispy_forms.helper import FormHelper
from django import forms

from accounts.models import User
from reports import permissions


class PeopleField(forms.MultipleChoiceField):
    """Several of the people, shown by department; cleaned to the users themselves."""

    def __init__(self, people, **kwargs):
        self.people = {str(person.pk): person for person in people}
        groups = groupby(people, key=lambda person: str(person.department or "부서 없음"))
        choices = [(name, [(str(p.pk), str(p)) for p in group]) for name, group in groups]
        super().__init__(choices=choices, widget=forms.SelectMultiple(attrs={"size": 12}), **kwargs)

    def clean(self, value):
        return [self.people[pk] for pk in super().clean(value)]


class CirculationForm(forms.Form):
    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        asked = document.circulations.values("user")
        people = User.objects.filter(is_active=True, role__in=permissions.READERS).exclude(pk__in=asked)
        people = people.select_related("department").order_by("department__order", "department", "name")
        self.fields["users"] = PeopleField(
            list(people), label="공람할 사람", help_text="Ctrl이나 Shift를 누르고 여럿을 고릅니다.",
            error_messages={"required": "공람할 사람을 한 사람 이상 고르세요."},
        )  # fmt: skip
        self.helper = FormHelper()
        self.helper.form_tag = False
