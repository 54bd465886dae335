"""The buttons of an admin list: upload with preview, template, download."""

import io
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from spreadsheets import importing, writing
from spreadsheets.forms import ConfirmForm, UploadForm

GUIDE_HEADINGS = ["열 제목", "꼭 적을 것", "적는 법", "보기"]


class SpreadsheetAdmin:
    """For a ModelAdmin: adds the Excel pages of `sheet_class` to its list.

    Override `imported` and `exported` to leave a trace of what was done.
    """

    sheet_class = None
    change_list_template = "admin/spreadsheets/change_list.html"

    def imported(self, request, plan):
        pass

    def exported(self, request, count):
        pass

    def get_urls(self):
        views = [
            ("excel/", self.import_view, "import"),
            ("excel/confirm/", self.confirm_view, "import_confirm"),
            ("excel/template/", self.template_view, "import_template"),
            ("excel/download/", self.export_view, "export"),
        ]
        return [self._named(*view) for view in views] + super().get_urls()

    def import_view(self, request):
        """The upload, and after it the preview of what it would change."""
        self._check_may_import(request)
        sheet = self.sheet_class()
        form = UploadForm(request.POST or None, request.FILES or None, sheet=sheet)
        plan = confirm = None
        if request.method == "POST" and form.is_valid():
            plan = importing.preview(sheet, form.table, by=request.user)
            if plan.has_changes and not plan.has_errors:
                confirm = ConfirmForm.of(form.table, plan, purpose=self._purpose(request))
        return self._page(request, sheet, form=form, plan=plan, confirm=confirm)

    def confirm_view(self, request):
        """Import the rows that were previewed, unless they would now do something else."""
        self._check_may_import(request)
        form = ConfirmForm(request.POST, purpose=self._purpose(request))
        if request.method != "POST" or not form.is_valid():
            messages.error(request, "미리보기한 지 오래되었습니다. 파일을 다시 올려 주세요.")
            return redirect(self._url("import"))
        sheet = self.sheet_class()
        plan = importing.run(sheet, form.table, by=request.user, fingerprint=form.fingerprint)
        if not plan.is_done:
            messages.error(request, "미리보기한 뒤에 등록된 내용이 바뀌었습니다. 다시 확인해 주세요.")
            again = (
                None if plan.has_errors else ConfirmForm.of(form.table, plan, purpose=self._purpose(request))
            )
            return self._page(request, sheet, form=UploadForm(sheet=sheet), plan=plan, confirm=again)
        self.imported(request, plan)
        told = ", ".join(f"{name} {count}건" for name, count in plan.counts)
        messages.success(request, f"{sheet.title}: 엑셀 파일을 반영했습니다. ({told})")
        return redirect(self._url("changelist"))

    def template_view(self, request):
        self._check_may_import(request)
        sheet = self.sheet_class()
        return download(template_of(sheet), f"{sheet.title}_양식.xlsx")

    def export_view(self, request):
        """All rows of the list as it is filtered and searched."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        sheet = self.sheet_class()
        objects = sheet.for_export(self.get_changelist_instance(request).get_queryset(request))
        rows = list(sheet.rows_of(objects))
        self.exported(request, len(rows))
        return download(writing.workbook((sheet.title, sheet.headings, rows)), f"{sheet.title}.xlsx")

    def changelist_view(self, request, extra_context=None):
        may_import = self.has_add_permission(request) and self.has_change_permission(request)
        context = {"may_import": may_import, "excel": self._urls()} | (extra_context or {})
        return super().changelist_view(request, context)

    def _page(self, request, sheet, **context):
        context |= {
            "title": f"{sheet.title} 엑셀 올리기",
            "opts": self.opts,
            "sheet": sheet,
            "excel": self._urls(),
            "list_url": self._url("changelist"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, "admin/spreadsheets/import.html", self.admin_site.each_context(request) | context
        )

    def _check_may_import(self, request):
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied

    def _purpose(self, request):
        return f"{self.opts.label_lower}:{request.user.pk}"

    def _named(self, route, view, name):
        return path(route, self.admin_site.admin_view(view), name=self._view_name(name))

    def _view_name(self, name):
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def _url(self, name):
        return reverse(f"{self.admin_site.name}:{self._view_name(name)}")

    def _urls(self):
        return {name: self._url(name) for name in ("import", "import_confirm", "import_template", "export")}


def template_of(sheet):
    """An empty file with the headings, one made-up row, and a second sheet that says how to fill it in."""
    examples = [[column.example for column in sheet.columns]]
    guide = [
        [
            column.heading,
            "필수" if column.heading in sheet.required else "",
            column.guidance,
            str(column.example),
        ]
        for column in sheet.columns
    ]
    return writing.workbook((sheet.title, sheet.headings, examples), ("적는 법", GUIDE_HEADINGS, guide))


def download(content, name):
    response = HttpResponse(io.BytesIO(content), content_type=writing.CONTENT_TYPE)
    response["Content-Disposition"] = (
        f"attachment; filename=\"download.xlsx\"; filename*=UTF-8''{quote(name)}"
    )
    return response
