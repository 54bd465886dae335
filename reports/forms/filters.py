"""Filters of the lists of papers."""

import django_filters
from django import forms
from django.db.models import Q

from accounts.models import Department
from reports.models import Document


class DocumentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="찾을 말", method="search", widget=forms.SearchInput)
    status = django_filters.ChoiceFilter(label="상태", choices=Document.Status, empty_label="모두")
    department = django_filters.ModelChoiceFilter(
        label="처리과", queryset=Department.objects.offices(), empty_label="모두"
    )
    year = django_filters.NumberFilter(label="문서번호 연도", field_name="number_year")

    class Meta:
        model = Document
        fields = []

    def search(self, queryset, _name, value):
        words = (
            Q(title__icontains=value)
            | Q(registered_title__icontains=value)
            | Q(drafter__name__icontains=value)
        )
        _prefix, _, number = value.rpartition("-")
        if number.isdecimal() and len(number) < 9:
            words |= Q(number=int(number))
        return queryset.filter(words)


class RegisterForm(forms.Form):
    """Which 문서대장: every one is of one office and one year."""

    department = forms.ModelChoiceField(
        label="처리과", queryset=Department.objects.offices(), empty_label="고르세요"
    )
    year = forms.IntegerField(label="연도", min_value=1990, max_value=2200)


class FiguresForm(forms.Form):
    """Which year's figures of publication; the tab stays open."""

    tab = forms.CharField(widget=forms.HiddenInput)
    year = forms.IntegerField(label="연도", min_value=1990, max_value=2200)


class ApprovalFilter(django_filters.FilterSet):
    """The box has its own tabs for the state."""

    q = django_filters.CharFilter(label="찾을 말", method="search", widget=forms.SearchInput)
    department = django_filters.ModelChoiceFilter(
        label="처리과", queryset=Department.objects.offices(), empty_label="모두"
    )
    tab = django_filters.CharFilter(method="keep", widget=forms.HiddenInput)

    search = DocumentFilter.search

    class Meta:
        model = Document
        fields = []

    @property
    def narrows(self):
        return any(self.data.get(name) for name in ("q", "department"))

    def keep(self, queryset, _name, _value):
        return queryset
