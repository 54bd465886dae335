"""총괄's view of the papers: all read-only, but for where the numbers of an office start."""

from django import forms
from django.contrib import admin
from django.db.models import Max

from audit.recording import record
from reports.models import DecisionRule, Document, NumberCounter


class CounterForm(forms.ModelForm):
    class Meta:
        model = NumberCounter
        fields = ["department", "year", "last"]
        help_texts = {
            "last": "다음 문서가 이 번호의 다음 번호를 받습니다. 다른 시스템과 같은 대장을 쓰면 맞추세요."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "department" in self.fields:
            self.fields["department"].queryset = self.fields["department"].queryset.filter(kind="office")

    def clean(self):
        data = super().clean()
        department = data.get("department") or self.instance.department_id
        issued = Document.objects.filter(
            department=department, number_year=data.get("year") or self.instance.year
        )
        largest = issued.aggregate(largest=Max("number"))["largest"] or 0
        if data.get("last") is not None and data["last"] < largest:
            self.add_error("last", f"이미 나간 번호({largest})보다 작게 정할 수 없습니다.")
        return data


@admin.register(NumberCounter)
class NumberCounterAdmin(admin.ModelAdmin):
    form = CounterForm
    list_display = ["department", "year", "last"]
    list_filter = ["year"]
    search_fields = ["department__name"]
    list_select_related = ["department"]

    def get_readonly_fields(self, request, obj=None):
        return ["department", "year"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        before = form.initial.get("last")
        super().save_model(request, obj, form, change)
        record("set_counter", obj, by=request.user, before=before, after=obj.last)


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    """For finding and looking: papers are written and approved on their own pages."""

    list_display = ["__str__", "department", "drafter", "status", "number", "number_year", "approved_on"]
    list_filter = ["status", "number_year", "department"]
    search_fields = ["title", "registered_title", "drafter__name"]
    list_select_related = ["department", "drafter"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(DecisionRule)
class DecisionRuleAdmin(admin.ModelAdmin):
    """위임전결규정, as far as it concerns the papers kept here."""

    list_display = ["kind", "level", "department"]
    list_filter = ["kind", "level"]
    list_select_related = ["department"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        told = {"department": str(obj.department or "모든 처리과"), "level": obj.get_level_display()}
        record("set_decision_rule", obj, by=request.user, **told)

    def delete_model(self, request, obj):
        record("remove_decision_rule", obj, by=request.user, kind=obj.get_kind_display())
        super().delete_model(request, obj)
