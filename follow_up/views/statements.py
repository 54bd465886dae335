"""확인서·문답서 of one inspection."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.recording import record
from follow_up import stating
from follow_up.forms import stating as forms
from follow_up.models import Statement
from follow_up.views.access import carried_out, sent, served
from inspections import permissions
from inspections.views.access import attempt, own_inspection, visible_inspection

FIELDS = ["kind", "position", "name", "text", "questions", "version"]
SIGNINGS = {
    "screen": (forms.ScreenForm, "화면에 서명받기"),
    "paper": (forms.PaperForm, "서명한 종이 올리기"),
    "refused": (forms.RefuseForm, "서명하지 않음 적기"),
}


@require_safe
def statement_list(request, pk):
    inspection = visible_inspection(request, pk)
    context = {
        "inspection": inspection,
        "statements": inspection.statements.prefetch_related("findings").select_related("taken_by"),
        "can_edit": inspection.has_begun and permissions.can_work_on(request.user, inspection),
    }
    return render(request, "follow_up/statement_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def statement_create(request, pk):
    inspection = own_inspection(request, pk)
    initial = {"findings": request.GET.getlist("line")}
    form = forms.StatementForm(sent(request)[0], inspection=inspection, initial=initial)

    def act(fields):
        fields.pop("version")
        return stating.create(inspection, by=request.user, **fields)

    return _form(request, inspection, form, act, "확인서·문답서 만들기")


@require_http_methods(["GET", "HEAD", "POST"])
def statement_update(request, pk, statement_pk):
    statement = _own(request, pk, statement_pk)
    initial = {name: getattr(statement, name) for name in FIELDS} | {"findings": statement.findings.all()}
    form = forms.StatementForm(sent(request)[0], inspection=statement.inspection, initial=initial)

    def act(fields):
        fields.pop("id")
        return stating.edit(statement, by=request.user, **fields)

    return _form(request, statement.inspection, form, act, "확인서·문답서 고치기")


@require_POST
def statement_discard(request, pk, statement_pk):
    attempt(request, "지웠습니다.", stating.discard, _own(request, pk, statement_pk))
    return redirect("follow_up:statements", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def statement_sign(request, pk, statement_pk, how):
    statement = _own(request, pk, statement_pk)
    form_class, title = SIGNINGS[how]
    form = form_class(*sent(request), initial={"version": statement.version})

    def act(fields):
        match how:
            case "screen":
                return stating.sign_on_screen(statement, by=request.user, **fields)
            case "paper":
                [file] = fields["files"]
                version = fields["version"]
                return stating.sign_on_paper(statement, by=request.user, version=version, file=file)
            case _:
                return stating.refuse(statement, by=request.user, **fields)

    return _form(request, statement.inspection, form, act, title, statement=statement, how=how)


@require_safe
def statement_file(request, pk, statement_pk):
    """The signature, or the signed sheet."""
    inspection = visible_inspection(request, pk)
    statement = get_object_or_404(Statement, pk=statement_pk, inspection=inspection)
    if not statement.file_shown:
        raise Http404
    record("download", statement, by=request.user, chain=inspection)
    statement.kind, statement.name, statement.shown = (
        statement.file_kind,
        statement.file_name,
        statement.file_shown,
    )
    return served(request, statement, "follow_up:statements", pk)


def _form(request, inspection, form, act, title, **more):
    saved, status = carried_out(request, form, act, "저장했습니다.")
    if saved:
        return redirect("follow_up:statements", inspection.pk)
    context = {"inspection": inspection, "form": form, "title": title, **more}
    return render(request, "follow_up/statement_form.html", context, status=status)


def _own(request, pk, statement_pk):
    inspection = own_inspection(request, pk)
    statement = get_object_or_404(Statement, pk=statement_pk, inspection=inspection)
    statement.inspection = inspection
    return statement
