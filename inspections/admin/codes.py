"""What local practice names: editable tables."""

from django.contrib import admin

from inspections.models import Basis, FindingType, StatusReason


@admin.register(Basis)
class BasisAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "article", "number", "dated_on", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["title", "article", "number"]
    search_help_text = "제목, 조항, 번호로 찾습니다."
    actions = None


@admin.register(StatusReason)
class StatusReasonAdmin(admin.ModelAdmin):
    list_display = ["name", "use", "order"]
    list_filter = ["use"]
    list_editable = ["order"]
    actions = None


@admin.register(FindingType)
class FindingTypeAdmin(admin.ModelAdmin):
    list_display = ["name", "order", "is_active"]
    list_editable = ["order", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]
    search_help_text = "이름으로 찾습니다."
    actions = None
