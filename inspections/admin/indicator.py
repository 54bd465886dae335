from django import forms
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse

from inspections.admin.drafts import DraftOnly
from inspections.checklist_columns import read_names, read_options, write_options
from inspections.checklist_rules import item_faults
from inspections.models import ChecklistItem, Indicator


class OptionsField(forms.CharField):
    """Choices as lines of `검토완료=적정`."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 40})

    def prepare_value(self, value):
        return write_options(ChecklistItem(options=value)) if isinstance(value, list) else value

    def clean(self, value):
        try:
            return read_options(super().clean(value) or None)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), (data or "").replace("\r\n", "\n"))


class NamesField(forms.CharField):
    """Names, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 40})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        return read_names(super().clean(value) or None)

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), (data or "").replace("\r\n", "\n"))


class ItemForm(forms.ModelForm):
    options = OptionsField(
        label="선택지",
        required=False,
        help_text="한 줄에 하나씩 ‘검토완료=적정’처럼. 판정은 적정, 부적정, 판정 없음입니다.",
    )
    parts = NamesField(
        label="물음·칸", required=False, help_text="여러 물음의 물음이나 표의 칸. 한 줄에 하나씩"
    )
    rows = NamesField(
        label="표의 줄", required=False, help_text="한 줄에 하나씩. 비우면 점검하는 장소마다 한 줄입니다."
    )
    follows_if = NamesField(
        label="보이는 답",
        required=False,
        help_text="앞 항목이 이 답이면 보입니다. 한 줄에 하나씩",
    )

    class Meta:
        model = ChecklistItem
        fields = [
            "order", "code", "answer_type", "text", "guidance", "options", "parts", "rows", "unit",
            "standard", "comparison", "max_score", "weight", "evidence_rule", "note_rule",
            "is_per_site", "follows", "follows_if",
        ]  # fmt: skip
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2, "cols": 80}),
            "guidance": forms.Textarea(attrs={"rows": 2, "cols": 80}),
        }

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            shown = ChecklistItem(**{name: cleaned[name] for name in self.Meta.fields if name in cleaned})
            for fault in item_faults(shown):
                self.add_error(None, fault)
        return cleaned


class ItemInline(DraftOnly, admin.StackedInline):
    model = ChecklistItem
    form = ItemForm
    extra = 0
    fieldsets = [
        (None, {"fields": [
            ("order", "code", "answer_type"), "text", "guidance", "options", ("parts", "rows"),
            ("unit", "standard", "comparison"), ("max_score", "weight"), ("evidence_rule", "note_rule"),
            "is_per_site", ("follows", "follows_if"),
        ]}),
    ]  # fmt: skip

    def sheet_of(self, obj):
        return obj.checklist  # an inline is asked about the row above it


@admin.register(Indicator)
class IndicatorAdmin(DraftOnly, admin.ModelAdmin):
    """Reached from its sheet; it has no place in the index."""

    fields = ["area", "label", "name", "viewpoints", "must_reach"]
    inlines = [ItemInline]
    actions = None
    change_form_template = "admin/inspections/indicator_form.html"

    def sheet_of(self, obj):
        return obj.checklist

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("checklist")

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request, obj=None):
        return False  # added as a row of the sheet's page

    def has_delete_permission(self, request, obj=None):
        return False

    def render_change_form(self, request, context, *args, **kwargs):
        sheet = context["original"].checklist
        context |= {
            "sheet": sheet,
            "sheet_url": reverse("admin:inspections_checklist_change", args=[sheet.pk]),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_change(self, request, obj):
        return redirect("admin:inspections_checklist_change", obj.checklist_id)
