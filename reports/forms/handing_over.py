"""Who hands over to whom."""

from django import forms

from accounts.models import Role
from inspections.forms.fields import layout
from reports.forms.people import PersonField, people_of


class HandOverForm(forms.Form):
    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        people = people_of([Role.INSPECTOR, Role.APPROVER])
        givers = people
        if not (by.is_superuser or by.is_superintendent):
            people = people.filter(department__in=_office_of(by))
            givers = people if by.is_approver else people.filter(pk=by.pk)
        self.fields["giver"] = PersonField(givers, label="넘길 사람", help_text="지금 맡고 있는 사람")
        self.fields["taker"] = PersonField(people, label="맡을 사람", help_text="같은 처리과의 사람")
        self.fields["reason"] = forms.CharField(label="까닭", max_length=300, help_text="예: 인사이동")
        self.helper = layout()


def _office_of(user):
    return type(user.department).objects.below(user.office) if user.office else []
