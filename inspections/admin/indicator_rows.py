"""The indicators as rows of their sheet's page."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html

from inspections import checklists
from inspections.admin.drafts import DraftOnly
from inspections.models import Indicator


class IndicatorForm(forms.ModelForm):
    class Meta:
        model = Indicator
        fields = [
            "order",
            "area",
            "label",
            "name",
        ]  # what is looked at stands on its own page, with the items
        widgets = {
            "order": forms.NumberInput(attrs={"class": "sheet-narrow"}),
            "area": forms.TextInput(attrs={"size": 10}),
            "label": forms.TextInput(attrs={"size": 11}),
            "name": forms.TextInput(attrs={"size": 22}),
        }

    def _get_validation_exclusions(self):
        # Two rows may change places: the formset compares the orders as they will be.
        return super()._get_validation_exclusions() | {"order"}


class IndicatorFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        orders = [
            form.cleaned_data.get("order")
            for form in self.forms
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        if len(set(orders)) != len(orders):
            raise forms.ValidationError("같은 순서의 지표가 있습니다. 순서를 서로 다르게 적어 주세요.")

    def save(self, commit=True):
        rows = [form.instance for form in self.initial_forms if form not in self.deleted_forms]
        checklists.clear_places(self.instance.pk)
        for row in rows:
            Indicator.objects.filter(pk=row.pk).update(order=row.order)
        return super().save(commit)


class IndicatorInline(DraftOnly, admin.TabularInline):
    model = Indicator
    form = IndicatorForm
    formset = IndicatorFormSet
    extra = 0
    fields = ["order", "items", "area", "label", "name"]
    readonly_fields = ["items"]
    ordering = ["order"]

    def sheet_of(self, obj):
        return obj  # an inline is asked about the row above it

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(item_count=Count("items"))

    @admin.display(description="점검항목")
    def items(self, indicator):
        if indicator.pk is None:
            return "저장 뒤에 적기"
        url = reverse("admin:inspections_indicator_change", args=[indicator.pk])
        return format_html('<a href="{}">{}개 열기</a>', url, getattr(indicator, "item_count", 0))
