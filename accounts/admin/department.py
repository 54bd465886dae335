from django.contrib import admin
from django.contrib.admin.views.main import ChangeList

from accounts import chronicle, organising
from accounts.models import Department
from accounts.sheets import DepartmentSheet
from spreadsheets.admin import SpreadsheetAdmin

INDENT = "\u3000\u3000"


class TreeList(ChangeList):
    def get_ordering(self, request, queryset):
        return Department.TREE_ORDER


@admin.register(Department)
class DepartmentAdmin(SpreadsheetAdmin, admin.ModelAdmin):
    sheet_class = DepartmentSheet
    actions = None
    list_display = ["in_tree", "kind", "prefix", "order", "is_active"]
    list_filter = ["kind", "is_active"]
    list_per_page = 200
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["name", "prefix", "parent__name"]
    search_help_text = "부서명이나 문서번호 머리로 찾습니다."
    fieldsets = [
        (None, {"fields": ["kind", "parent", "name", "prefix", "order", "is_active"]}),
        ("결재", {"fields": ["members_may_approve", "signers_may_correct"]}),
        ("시행문 아래에 적을 것(처리과)", {"fields": ["address", "homepage", "phone", "fax"]}),
    ]
    sortable_by = []

    def get_queryset(self, request):
        return super().get_queryset(request).in_tree_order()

    def get_changelist(self, request, **kwargs):
        return TreeList

    @admin.display(description="부서명")
    def in_tree(self, department):
        return f"{INDENT * department.depth}{'└ ' if department.depth else ''}{department.name}"

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "parent":
            field.queryset = Department.objects.exclude(kind=Department.Kind.TEAM).in_tree_order()
            field.label_from_instance = self.in_tree
        return field

    def save_model(self, request, obj, form, change):
        store = organising.change_department if change else organising.add_department
        store(obj, by=request.user)

    def delete_model(self, request, obj):
        organising.remove_department(obj, by=request.user)

    def imported(self, request, plan):
        chronicle.tell("import", request.user, by=request.user, sheet="부서", rows=dict(plan.counts))

    def exported(self, request, count):
        chronicle.tell("export", request.user, by=request.user, sheet="부서", rows=count)
