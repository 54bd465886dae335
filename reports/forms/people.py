"""Choosing people: shown by department, cleaned to the users themselves."""

from itertools import groupby

from django import forms

from accounts.models import User


def people_of(roles):
    """Everybody in one of these roles who is there, by department."""
    people = User.objects.filter(is_active=True, role__in=roles).select_related("department")
    return people.order_by("department__order", "department", "name")


class PersonField(forms.ChoiceField):
    """One of the people, given in the order of their departments; or nobody, where none is required."""

    def __init__(self, people, **kwargs):
        self.people = {str(person.pk): person for person in people}
        super().__init__(choices=[("", "고르세요"), *_by_department(self.people)], **kwargs)

    def clean(self, value):
        return self.people.get(super().clean(value))


class PeopleField(forms.MultipleChoiceField):
    """Several of them."""

    def __init__(self, people, **kwargs):
        self.people = {str(person.pk): person for person in people}
        widget = forms.SelectMultiple(attrs={"size": 12})
        super().__init__(choices=_by_department(self.people), widget=widget, **kwargs)

    def clean(self, value):
        return [self.people[pk] for pk in super().clean(value)]


def _by_department(people):
    groups = groupby(people.items(), key=lambda pair: str(pair[1].department or "부서 없음"))
    return [(name, [(pk, str(person)) for pk, person in group]) for name, group in groups]
