"""What the lists of periods, inspections and subjects can be narrowed by."""

import django_filters as filters
from django import forms
from django.db.models import Q

from accounts.models import Department
from audit import clock
from contractors.models import SubjectKind
from inspections.models import Action, Inspection, InspectionPeriod


def offices(_request):
    return Department.objects.offices().filter(is_active=True)


def years(_request=None):
    found = InspectionPeriod.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(year, f"{year}년") for year in found]


class PeriodFilter(filters.FilterSet):
    year = filters.ChoiceFilter(label="연도", choices=years, empty_label="전체")
    kind = filters.ChoiceFilter(label="종류", choices=InspectionPeriod.Kind.choices, empty_label="전체")
    department = filters.ModelChoiceFilter(label="주관 부서", queryset=offices, empty_label="전체")


class InspectionFilter(filters.FilterSet):
    text = filters.CharFilter(label="점검대상·수탁기관", method="containing")
    status = filters.ChoiceFilter(label="상태", choices=Inspection.Status.choices, empty_label="전체")
    year = filters.ChoiceFilter(
        label="연도", choices=years, field_name="part__period__year", empty_label="전체"
    )
    department = filters.ModelChoiceFilter(label="점검 부서", queryset=offices, empty_label="전체")
    mine = filters.BooleanFilter(label="내가 점검자인 것만", method="of_mine", widget=forms.CheckboxInput)

    def containing(self, rows, _name, text):
        return rows.filter(Q(subject__name__icontains=text) | Q(agreement__contractor__name__icontains=text))

    def of_mine(self, rows, _name, wanted):
        return rows.filter(team__user=self.request.user) if wanted else rows


class SubjectFilter(filters.FilterSet):
    text = filters.CharFilter(label="이름", field_name="name", lookup_expr="icontains")
    due = filters.BooleanFilter(label="올해 미점검만", method="only_due", widget=forms.CheckboxInput)
    open_actions = filters.BooleanFilter(
        label="끝나지 않은 조치가 있는 것만", method="with_open_actions", widget=forms.CheckboxInput
    )
    department = filters.ModelChoiceFilter(
        label="담당 부서", queryset=offices, method="of_department", empty_label="전체"
    )
    kind = filters.ModelChoiceFilter(label="종류", queryset=SubjectKind.objects.all(), empty_label="전체")
    district = filters.CharFilter(label="자치구", lookup_expr="icontains")
    classification = filters.CharFilter(label="분류", lookup_expr="icontains")

    def only_due(self, rows, _name, wanted):
        return rows.filter(is_due=True) if wanted else rows

    def with_open_actions(self, rows, _name, wanted):
        waiting = Action.objects.open(clock.today()).filter(inspection__status=Inspection.Status.DONE)
        return rows.filter(pk__in=waiting.values("inspection__subject")) if wanted else rows

    def of_department(self, rows, _name, department):
        """The subjects of an office and the sites below them, whoever these belong to."""
        return rows.filter(Q(department=department) | Q(parent__department=department))
