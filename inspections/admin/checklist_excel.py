"""Excel pages of one sheet: upload into a draft with preview, template, download by code."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from audit.recording import record
from inspections import checklist_rows, checklists
from inspections.checklist_columns import ChecklistSheet
from inspections.models import Checklist
from inspections.workflow import TransitionError
from spreadsheets import writing
from spreadsheets.admin import download, template_of
from spreadsheets.forms import ConfirmForm, UploadForm

PAGES = {"excel": "import_view", "excel/confirm": "confirm_view", "excel/download": "export_view"}


class ChecklistExcel:
    """For ChecklistAdmin."""

    def get_urls(self):
        pages = [
            path(f"<int:pk>/{route}/", self.admin_site.admin_view(getattr(self, view)), name=_name(view))
            for route, view in PAGES.items()
        ]
        template = path(
            "excel/template/", self.admin_site.admin_view(self.template_view), name=_name("template_view")
        )
        return [*pages, template, *super().get_urls()]

    def import_view(self, request, pk):
        sheet = self._draft(request, pk)
        if sheet is None:
            return redirect("admin:inspections_checklist_change", pk)
        form = UploadForm(request.POST or None, request.FILES or None, sheet=ChecklistSheet)
        plan = confirm = None
        if request.method == "POST" and form.is_valid():
            plan = checklists.preview_rows(sheet, form.table)
            if plan.has_changes and not plan.has_errors:
                confirm = ConfirmForm.of(form.table, plan, purpose=_purpose(request, sheet))
        return self._excel_page(request, sheet, form=form, plan=plan, confirm=confirm)

    def confirm_view(self, request, pk):
        sheet = self._draft(request, pk)
        form = ConfirmForm(request.POST, purpose=_purpose(request, sheet)) if sheet else None
        if sheet is None or request.method != "POST" or not form.is_valid():
            messages.error(request, "미리보기한 지 오래되었습니다. 파일을 다시 올려 주세요.")
            return redirect("admin:inspections_checklist_change", pk)
        plan = checklists.import_rows(sheet, form.table, by=request.user, fingerprint=form.fingerprint)
        if not plan.is_done:
            messages.error(request, "미리보기한 뒤에 점검표가 바뀌었습니다. 다시 확인해 주세요.")
            return redirect(reverse("admin:inspections_checklist_import_view", args=[pk]))
        told = ", ".join(f"{name} {count}건" for name, count in plan.counts)
        messages.success(request, f"{sheet}: 엑셀 파일을 반영했습니다. ({told})")
        return redirect("admin:inspections_checklist_change", pk)

    def template_view(self, request):
        return download(template_of(ChecklistSheet), "점검표_양식.xlsx")

    def export_view(self, request, pk):
        sheet = get_object_or_404(Checklist, pk=pk)
        rows = list(checklist_rows.written(sheet))
        record("export", sheet, by=request.user, rows=len(rows))
        content = writing.workbook((ChecklistSheet.title, ChecklistSheet.headings, rows))
        return download(content, f"{sheet}.xlsx")

    def _draft(self, request, pk):
        """The draft, or None after a word to the user."""
        sheet = get_object_or_404(Checklist, pk=pk)
        try:
            checklists.lock_draft(sheet, by=request.user)
        except TransitionError as error:
            messages.error(request, f"{error} 새 판으로 복사해 고쳐 주세요.")
            return None
        return sheet

    def _excel_page(self, request, sheet, **context):
        urls = {
            "import": reverse("admin:inspections_checklist_import_view", args=[sheet.pk]),
            "import_confirm": reverse("admin:inspections_checklist_confirm_view", args=[sheet.pk]),
            "import_template": reverse("admin:inspections_checklist_template_view"),
        }
        context |= {
            "title": f"{sheet} 엑셀 올리기",
            "opts": self.opts,
            "excel": urls,
            "list_url": reverse("admin:inspections_checklist_change", args=[sheet.pk]),
        }
        page = self.admin_site.each_context(request) | context
        return TemplateResponse(request, "admin/spreadsheets/import.html", page)


def _name(view):
    return f"inspections_checklist_{view}"


def _purpose(request, sheet):
    return f"checklist:{sheet.pk}:{request.user.pk}"
