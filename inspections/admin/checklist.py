from django import forms
from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from inspections import checklists
from inspections.admin.checklist_excel import ChecklistExcel
from inspections.admin.drafts import DraftOnly
from inspections.admin.indicator_rows import IndicatorInline
from inspections.checklist_diff import difference
from inspections.checklist_rules import problems
from inspections.forms.bands import BandsField
from inspections.models import Checklist, ChecklistItem, Indicator, Inspection
from inspections.workflow import TransitionError

TOLD = {
    "publish": "확정했습니다. 이제 이 판은 바뀌지 않으며, 점검 회차에서 고를 수 있습니다.",
    "copy": "새 판으로 복사했습니다. 항목 코드는 그대로입니다. 고친 뒤 확정해 주세요.",
    "retire": "사용을 중지했습니다. 이미 이 판으로 하는 점검은 그대로입니다.",
}


class ChecklistForm(forms.ModelForm):
    bands = BandsField(
        label="등급 기준",
        required=False,
        help_text="점수로 재는 점검표에만. 한 줄에 하나씩 ‘A=90’처럼 등급과 가장 낮은 환산 점수.",
    )

    class Meta:
        model = Checklist
        fields = ["name", "guidance", "threshold", "bands"]
        widgets = {"guidance": forms.Textarea(attrs={"rows": 4, "cols": 80})}

    def clean_name(self):
        name = self.cleaned_data["name"]
        # The first version only: a later one is a copy.
        if self.instance._state.adding and Checklist.objects.filter(name=name).exists():
            raise forms.ValidationError(
                "같은 이름의 점검표가 있습니다. 그 점검표를 열어 새 판으로 복사해 주세요."
            )
        return name


@admin.register(Checklist)
class ChecklistAdmin(ChecklistExcel, DraftOnly, admin.ModelAdmin):
    form = ChecklistForm
    list_display = ["name", "version", "status", "indicator_count", "item_count", "uses", "published_at"]
    list_filter = ["status"]
    search_fields = ["name"]
    search_help_text = "점검표 이름으로 찾습니다."
    inlines = [IndicatorInline]
    actions = None
    show_full_result_count = False
    change_form_template = "admin/inspections/checklist_form.html"

    def sheet_of(self, obj):
        return obj

    def get_queryset(self, request):
        # Subqueries, not joins: the rows of three tables would multiply.
        counts = {
            "indicators_number": _number(Indicator.objects.filter(checklist=OuterRef("pk")), "checklist"),
            "items_number": _number(
                ChecklistItem.objects.filter(indicator__checklist=OuterRef("pk")), "indicator__checklist"
            ),
            "inspections_number": _number(Inspection.objects.filter(checklist=OuterRef("pk")), "checklist"),
        }
        return super().get_queryset(request).annotate(**counts)

    def get_urls(self):
        acts = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(require_POST(getattr(self, name))),
                name=f"inspections_checklist_{name}",
            )
            for name in TOLD
        ]
        difference = path(
            "<int:pk>/difference/",
            self.admin_site.admin_view(self.difference),
            name="inspections_checklist_difference",
        )
        return [*acts, difference, *super().get_urls()]

    def publish(self, request, pk):
        return self._act(request, pk, "publish")

    def copy(self, request, pk):
        return self._act(request, pk, "copy")

    def retire(self, request, pk):
        return self._act(request, pk, "retire")

    def difference(self, request, pk):
        """What this version changes against the one it was copied from, or the one that is asked for."""
        sheet = get_object_or_404(Checklist.objects.select_related("copied_from"), pk=pk)
        others = Checklist.objects.filter(name=sheet.name).exclude(pk=pk)
        asked = request.GET.get("against", "")
        against = others.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
        against = against or sheet.copied_from or others.first()
        context = self.admin_site.each_context(request) | {
            "title": f"달라진 것: {sheet}",
            "opts": self.opts,
            "original": sheet,
            "against": against,
            "others": others,
            "difference": difference(against, sheet) if against else None,
        }
        return TemplateResponse(request, "admin/inspections/checklist_difference.html", context)

    def render_change_form(self, request, context, *args, **kwargs):
        sheet = context.get("original")
        if sheet and sheet.is_draft:
            context["problems"] = problems(sheet)
        return super().render_change_form(request, context, *args, **kwargs)

    def _act(self, request, pk, name):
        sheet = get_object_or_404(Checklist, pk=pk)
        try:
            sheet = getattr(checklists, name)(sheet, by=request.user)
        except TransitionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{sheet}: {TOLD[name]}")
        return redirect("admin:inspections_checklist_change", sheet.pk)

    @admin.display(description="지표", ordering="indicators_number")
    def indicator_count(self, checklist):
        return checklist.indicators_number or 0

    @admin.display(description="항목", ordering="items_number")
    def item_count(self, checklist):
        return checklist.items_number or 0

    @admin.display(description="쓴 점검", ordering="inspections_number")
    def uses(self, checklist):
        return checklist.inspections_number or "-"


def _number(rows, of):
    return Subquery(rows.order_by().values(of).annotate(number=Count("pk")).values("number"))
