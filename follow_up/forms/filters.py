"""What the list of actions can be narrowed by."""

import django_filters as filters
from django import forms
from django.db.models import Q

from audit import clock
from inspections.forms.filters import offices, years
from inspections.models import Action


class ActionFilter(filters.FilterSet):
    text = filters.CharFilter(label="찾을 말", method="containing")
    state = filters.ChoiceFilter(
        label="상태",
        choices=[("open", "끝나지 않은 것"), *Action.Status.choices],
        method="in_state",
        empty_label="전체",
    )
    owner = filters.ChoiceFilter(label="조치할 곳", choices=Action.Owner.choices, empty_label="전체")
    year = filters.ChoiceFilter(
        label="점검 연도", choices=years, field_name="inspection__part__period__year", empty_label="전체"
    )
    department = filters.ModelChoiceFilter(
        label="점검 부서", queryset=offices, field_name="inspection__department", empty_label="전체"
    )
    late = filters.BooleanFilter(label="기한 지난 것만", method="only_late", widget=forms.CheckboxInput)
    mine = filters.BooleanFilter(label="내가 담당인 것만", method="only_mine", widget=forms.CheckboxInput)

    def containing(self, rows, _name, text):
        return rows.filter(
            Q(text__icontains=text)
            | Q(inspection__subject__name__icontains=text)
            | Q(contractor__name__icontains=text)
        )

    def in_state(self, rows, _name, state):
        return rows.open(clock.today()) if state == "open" else rows.filter(status=state)

    def only_late(self, rows, _name, wanted):
        return rows.overdue(clock.today()) if wanted else rows

    def only_mine(self, rows, _name, wanted):
        return rows.filter(in_charge=self.request.user) if wanted else rows
