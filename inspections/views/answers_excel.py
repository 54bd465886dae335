"""답 엑셀: the answers out by item code, back in with a preview. Nothing is stored before it was shown."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.recording import record
from inspections import answering
from inspections.forms import answers_excel as table
from inspections.views.access import own_inspection, visible_inspection
from inspections.workflow import StaleError, TransitionError
from spreadsheets import writing
from spreadsheets.admin import download
from spreadsheets.forms import ConfirmForm, UploadForm


@require_safe
def answers_download(request, pk):
    inspection = visible_inspection(request, pk)
    rows = list(table.rows_of(table.lines_of(inspection)))
    record("export", inspection, by=request.user, rows=len(rows))
    content = writing.workbook((table.AnswersSheet.title, table.HEADINGS, rows))
    return download(content, f"{inspection.subject} 점검표 답.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def answers_upload(request, pk):
    inspection = own_inspection(request, pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*posted, sheet=table.AnswersSheet)
    context = {"inspection": inspection, "form": form}
    if form.is_bound and form.is_valid():
        plan, _ = table.plan(table.lines_of(inspection), form.table)
        context["plan"] = plan
        if plan.has_changes:
            context["confirm"] = ConfirmForm.of(form.table, plan, purpose=_purpose(request, pk))
            context["overwrite"] = any(line.warnings for line in plan.lines) and table.OverwriteForm()
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "inspections/answers_excel.html", context, status=status)


@require_POST
def answers_confirm(request, pk):
    """Rows with an error and, unless it was asked for, rows that collide are left as they are."""
    inspection = own_inspection(request, pk)
    form = ConfirmForm(request.POST, purpose=_purpose(request, pk))
    overwrite = table.OverwriteForm(request.POST)
    if not (form.is_valid() and overwrite.is_valid()):
        messages.error(request, "미리보기한 지 오래되었습니다. 파일을 다시 올려 주세요.")
        return redirect("inspections:answers_upload", pk)
    lines = table.lines_of(inspection)
    plan, givens = table.plan(lines, form.table)
    if plan.fingerprint != form.fingerprint:
        messages.error(request, "미리보기한 뒤에 답이 바뀌었습니다. 파일을 다시 올려 확인해 주세요.")
        return redirect("inspections:answers_upload", pk)
    try:
        saved = answering.save_answers(
            inspection, table.chosen(plan, givens, lines, **overwrite.cleaned_data), by=request.user
        )
    except StaleError:
        messages.error(request, "저장하는 사이 바뀐 답은 그대로 두었습니다. 파일을 다시 올려 확인해 주세요.")
        return redirect("inspections:answers_upload", pk)
    except TransitionError as error:
        messages.error(request, str(error))
        return redirect("inspections:answers_upload", pk)
    messages.success(request, f"엑셀에서 답 {saved}건을 저장했습니다.")
    return redirect("inspections:checklist", pk)


def _purpose(request, pk):
    return f"answers:{pk}:{request.user.pk}"
