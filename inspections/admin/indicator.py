from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse

from inspections.admin.drafts import DraftOnly
from inspections.forms.sheet_rows import ItemForm
from inspections.models import ChecklistItem, Indicator


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
