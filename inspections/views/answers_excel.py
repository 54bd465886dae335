"""답 엑셀: the answers out by item code, back in with a preview. Nothing is stored before it was shown."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.recording import record
from inspections import answering
from inspections.forms import answers_excel as table
from inspections.models import Inspection, Stage
from inspections.views.access import own_inspection, visible_inspection
from inspections.workflow import StaleError, TransitionError
from spreadsheets import writing
from spreadsheets.admin import download
from spreadsheets.forms import ConfirmForm, UploadForm


@require_safe
def answers_download(request, pk, kind=None):
    """Of the inspection, or of its stage of that kind; so the two below."""
    sheet = _sheet(request, pk, kind, finding=visible_inspection)
    rows = list(table.rows_of(sheet.lines))
    record("export", sheet.inspection, by=request.user, rows=len(rows))
    content = writing.workbook((table.AnswersSheet.title, table.HEADINGS, rows))
    return download(content, f"{sheet.inspection.subject} {sheet.name} 답.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def answers_upload(request, pk, kind=None):
    sheet = _sheet(request, pk, kind)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*posted, sheet=table.AnswersSheet)
    context = {"inspection": sheet.inspection, "sheet": sheet, "form": form}
    if form.is_bound and form.is_valid():
        plan, _ = table.plan(sheet.lines, form.table)
        context["plan"] = plan
        if plan.has_changes:
            context["confirm"] = ConfirmForm.of(form.table, plan, purpose=_purpose(request, sheet))
            context["overwrite"] = any(line.warnings for line in plan.lines) and table.OverwriteForm()
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "inspections/answers_excel.html", context, status=status)


@require_POST
def answers_confirm(request, pk, kind=None):
    """Rows with an error and, unless it was asked for, rows that collide are left as they are."""
    sheet = _sheet(request, pk, kind)
    form = ConfirmForm(request.POST, purpose=_purpose(request, sheet))
    overwrite = table.OverwriteForm(request.POST)
    if not (form.is_valid() and overwrite.is_valid()):
        return _again(request, sheet, "미리보기한 지 오래되었습니다. 파일을 다시 올려 주세요.")
    plan, givens = table.plan(sheet.lines, form.table)
    if plan.fingerprint != form.fingerprint:
        return _again(request, sheet, "미리보기한 뒤에 답이 바뀌었습니다. 파일을 다시 올려 확인해 주세요.")
    answers = table.chosen(plan, givens, sheet.lines, **overwrite.cleaned_data)
    try:
        saved = answering.save_answers(sheet.inspection, answers, by=request.user, stage=sheet.stage)
    except StaleError:
        return _again(
            request, sheet, "저장하는 사이 바뀐 답은 그대로 두었습니다. 파일을 다시 올려 확인해 주세요."
        )
    except TransitionError as error:
        return _again(request, sheet, str(error))
    messages.success(request, f"엑셀에서 답 {saved}건을 저장했습니다.")
    return redirect(sheet.url)


@dataclass
class Sheet:
    """Whose answers go through the file: the inspection's own, or those of a stage before it."""

    inspection: Inspection
    stage: Stage | None

    @cached_property
    def lines(self):
        return table.lines_of(self.inspection, self.stage)

    @property
    def name(self):
        return self.stage.get_kind_display() if self.stage else "점검표"

    @property
    def url(self):
        return self._at("stage", "checklist")

    @property
    def upload_url(self):
        return self._at("stage_answers_upload", "answers_upload")

    @property
    def download_url(self):
        return self._at("stage_answers_download", "answers_download")

    @property
    def confirm_url(self):
        return self._at("stage_answers_confirm", "answers_confirm")

    def _at(self, of_stage, own):
        if self.stage:
            return reverse(f"inspections:{of_stage}", args=[self.inspection.pk, self.stage.kind])
        return reverse(f"inspections:{own}", args=[self.inspection.pk])


def _sheet(request, pk, kind, finding=own_inspection):
    inspection = finding(request, pk)
    return Sheet(inspection, kind and get_object_or_404(inspection.stages, kind=kind))


def _again(request, sheet, text):
    messages.error(request, text)
    return redirect(sheet.upload_url)


def _purpose(request, sheet):
    whose = f":{sheet.stage.kind}" if sheet.stage else ""
    return f"answers:{sheet.inspection.pk}{whose}:{request.user.pk}"
