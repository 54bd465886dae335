"""Dispositions, ladders and deadlines: editable tables."""

from django.contrib import admin

from deadlines.resting import known_until
from follow_up.models import DeadlineRule, DispositionType, Holiday, Ladder, Rung


@admin.register(DispositionType)
class DispositionTypeAdmin(admin.ModelAdmin):
    list_display = ["name", "family", "is_disposal", "needs_hearing", "needs_statement", "order", "is_active"]
    list_editable = ["order", "is_active"]
    list_filter = ["family", "is_disposal", "is_active"]
    search_fields = ["name"]
    search_help_text = "이름으로 찾습니다."
    actions = None


class RungInline(admin.TabularInline):
    model = Rung
    extra = 1


@admin.register(Ladder)
class LadderAdmin(admin.ModelAdmin):
    list_display = ["name", "basis", "agreement", "years", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["agreement__subject", "agreement__contractor"]
    search_fields = ["name", "basis"]
    search_help_text = "이름과 근거로 찾습니다."
    filter_horizontal = ["finding_types"]
    autocomplete_fields = ["agreement"]
    inlines = [RungInline]
    actions = None


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(admin.ModelAdmin):
    list_display = ["name", "purpose", "length", "unit", "counts_first", "moves", "basis", "is_active"]
    list_filter = ["purpose", "is_active"]
    search_fields = ["name", "basis"]
    search_help_text = "이름과 근거로 찾습니다."
    actions = None


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    list_display = ["day", "name", "is_worked"]
    date_hierarchy = "day"
    search_fields = ["name"]
    search_help_text = "이름으로 찾습니다."
    actions = None

    def changelist_view(self, request, extra_context=None):
        text = f"쉬는 날 (법정 공휴일과 대체공휴일은 저절로 셉니다: holidays {known_until()})"
        return super().changelist_view(request, {"title": text, **(extra_context or {})})
