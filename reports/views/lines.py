"""One address for each thing done to a line of a draft; script and plain forms post the same."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from inspections.workflow import StaleError, TransitionError
from reports import lines
from reports.forms.lines import (
    MoveForm,
    NewLineForm,
    SavedLineForm,
    TableForm,
    VersionForm,
    table_initial,
)
from reports.models import Block
from reports.views.access import check_drafter, own_draft, refused_on_paper, visible_document

Kind = Block.Kind


@require_POST
def line_create(request, pk):
    document = visible_document(request, pk)

    def act(fields):
        return lines.add_line(document, by=request.user, **fields)

    return _answer(request, document, NewLineForm(request.POST, document=document), act, status=201)


@require_POST
def line_save(request, pk, line_pk):
    document, block = _line(request, pk, line_pk)

    def act(fields):
        if block.kind in Block.WITHOUT_TEXT:
            fields = {name: fields[name] for name in ("level", "depth", "version")}
        return lines.save_line(block, by=request.user, **fields)

    return _answer(request, document, SavedLineForm(request.POST), act, block=block)


@require_POST
def line_move(request, pk, line_pk):
    document, block = _line(request, pk, line_pk)

    def act(fields):
        return lines.move_line(block, by=request.user, **fields)

    return _answer(request, document, MoveForm(request.POST, document=document), act, block=block)


@require_POST
def line_delete(request, pk, line_pk):
    document, block = _line(request, pk, line_pk)

    def act(fields):
        return lines.delete_line(block, by=request.user, **fields)

    return _answer(request, document, VersionForm(request.POST), act, block=block)


@require_POST
def line_restore(request, pk, line_pk):
    document, block = _line(request, pk, line_pk)

    def act(_fields):
        return lines.restore_line(block, by=request.user)

    return _answer(request, document, VersionForm({"version": 1}), act, block=block)


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def table_create(request, pk):
    document = own_draft(request, pk)
    form = TableForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        after = _last_line(document)
        fields = {"kind": Kind.TABLE, "payload": form.payload, "depth": 1}
        block = lines.add_line(document, by=request.user, id=_new_id(), after=after, **fields)
        return _back(document, block)
    return _part_page(request, document, form, "표 넣기")


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def table_edit(request, pk, line_pk):
    document = own_draft(request, pk)
    block = get_object_or_404(document.blocks, pk=line_pk, kind=Kind.TABLE)
    if request.method != "POST":
        return _part_page(request, document, TableForm(initial=table_initial(block)), "표 고치기")
    form = TableForm(request.POST)
    if not form.is_valid():
        return _part_page(request, document, form, "표 고치기")
    try:
        block = lines.save_line(
            block, by=request.user, version=form.cleaned_data["version"] or 0, payload=form.payload
        )
    except StaleError:
        return _stale_table(request, document, block, form)
    return _back(document, block)


def line_data(block):
    return {"id": str(block.pk), **lines.stands_now(block)}


def _line(request, pk, line_pk):
    document = visible_document(request, pk)
    block = get_object_or_404(document.blocks, pk=line_pk)
    block.document = document
    return document, block


def _answer(request, document, form, act, *, block=None, status=200):
    """Do it and say so: JSON for the outline's script, a redirect or a page for a plain form."""
    by_script = request.headers.get("X-Requested-With") == "fetch"
    try:
        check_drafter(request.user, document)
        if not form.is_valid():
            return _refuse(request, document, 422, {"errors": form.errors}, by_script, block)
        saved = act(form.cleaned_data)
    except StaleError as stale:
        data = {"message": str(stale), "current": stale.current}
        return _refuse(request, document, 409, data, by_script, block)
    except TransitionError as error:
        return _refuse(request, document, 409, {"message": str(error)}, by_script, None)
    except PermissionDenied as error:
        if not by_script:
            raise
        return JsonResponse({"message": str(error)}, status=403)
    return JsonResponse(line_data(saved), status=status) if by_script else _back(document, saved)


def _refuse(request, document, status, data, by_script, block):
    if by_script:
        return JsonResponse(data, status=status)
    typed = request.POST.get("text", "")
    if block is not None and typed:
        reasons = [error for errors in data.get("errors", {}).values() for error in errors]
        context = {
            "document": document, "line": block, "typed": typed, "current": data.get("current"),
            "message": data.get("message") or " ".join(reasons),
        }  # fmt: skip
        return render(request, "reports/line_conflict.html", context, status=status)
    messages.error(request, data.get("message", "줄을 저장하지 못했습니다. 자리와 단계를 확인해 주세요."))
    return redirect("reports:document", pk=document.pk)


def _back(document, block):
    return redirect(f"{reverse('reports:document', args=[document.pk])}#line-{block.pk}")


def _part_page(request, document, form, title, **context):
    context |= {"document": document, "form": form, "title": title}
    return render(request, "reports/part_form.html", context, status=422 if form.is_bound else 200)


def _stale_table(request, document, block, form):
    """The table was saved meanwhile: both are shown, and the next save is a decision."""
    block = Block.objects.get(pk=block.pk)
    form.data = form.data.copy()
    form.data["version"] = block.version
    current = table_initial(block)["rows"]
    context = {"document": document, "form": form, "title": "표 고치기", "current": current}
    return render(request, "reports/part_form.html", context, status=409)


def _last_line(document):
    return document.blocks.filter(is_removed=False).last()


def _new_id():
    return uuid.uuid4()
