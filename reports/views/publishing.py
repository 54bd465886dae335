"""공개: one approved paper on the public site."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from audit.recording import record
from inspections.workflow import StaleError, TransitionError
from reports import opening, public_edition, publishing, redacting
from reports.forms.marking import MarkForm
from reports.forms.publishing import CorrectForm, KeepForm, PublishForm, WithdrawForm
from reports.models import Publication
from reports.rendering.errors import RenderError
from reports.rendering.pdf import render_pdf
from reports.views.access import fragment, refused_on_paper, visible_document
from reports.views.downloads import file_name, pdf_response

MOVED = "그 사이 다른 사람이 공개본을 바꾸었습니다. 아래가 지금 상태입니다. 다시 확인하고 눌러 주세요."


@require_safe
@refused_on_paper
def publication(request, pk):
    return page(request, publishable(request, pk))


@require_POST
@refused_on_paper
def publish(request, pk):
    document = publishable(request, pk)
    form = _publish_form(document, Publication.objects.of(document), _warnings(document), request.POST)
    return _act(request, document, "publish", form, "공개했습니다.", publishing.publish, document)


@require_POST
@refused_on_paper
def correct(request, pk):
    document = publishable(request, pk)
    shown = _shown(document)
    form = _correct_form(document, shown, _warnings(document), request.POST)
    return _act(request, document, "correct", form, "공개본을 고쳤습니다.", publishing.correct, shown)


@require_POST
@refused_on_paper
def withdraw(request, pk):
    document = publishable(request, pk)
    form = WithdrawForm(request.POST)
    shown = _shown(document)
    return _act(request, document, "withdraw", form, "공개본을 내렸습니다.", publishing.withdraw, shown)


@require_safe
@refused_on_paper
def preview_pdf(request, pk):
    """What would go out, as a file; nothing of it is kept."""
    document = publishable(request, pk)
    paper, pictures = public_edition.shown(document, public_edition.paper_of(document))
    record("download", document, by=request.user, file="공개본 미리보기")
    try:
        return pdf_response(render_pdf(paper, images=pictures), file_name(document, "pdf"))
    except RenderError as error:
        raise TransitionError(str(error)) from error


def publishable(request, pk):
    """An approved paper that this user may publish."""
    document = visible_document(request, pk)
    opening.check(document, request.user)
    return document


def page(request, document, *, status=200, **forms):
    """`forms`: the one that was sent and refused stands in place of a new one."""
    existing = Publication.objects.of(document)
    paper = public_edition.paper_of(document)
    is_shown = existing is not None and existing.is_shown
    warnings = public_edition.look(document, paper)
    context = {
        "document": document,
        "publication": existing,
        "is_shown": is_shown,
        "is_behind": is_shown and public_edition.is_behind(existing, paper),
        "address": f"{settings.PUBLIC_URL}/documents/{existing.edition_id}/" if existing else "",
        "changes": existing.edition.changes.all() if existing else [],
        "warnings": warnings,
        "marks": document.marks.select_related("block", "marked_by", "lifted_by"),
        "closed": opening.closed_attachments(document),
        "paper": fragment(redacting.public(paper), document),
        "mark_form": MarkForm(document=document),
        **_forms(document, existing, paper, warnings),
        **forms,
    }
    return render(request, "reports/publishing.html", context, status=status)


def _forms(document, existing, paper, warnings):
    if existing is None or not existing.is_shown:
        is_kept = document.disclosure == document.Disclosure.CLOSED and existing is None
        form = _publish_form(document, existing, warnings)
        return {"publish_form": form, "keep_form": KeepForm() if is_kept else None}
    form, version = _correct_form(document, existing, warnings), {"version": existing.version}
    # Nothing to put right where the marks are as they were and no attachment could come or go.
    can_correct = public_edition.is_behind(existing, paper) or "cleared" in form.fields
    return {
        "correct_form": form,
        "can_correct": can_correct,
        "withdraw_form": WithdrawForm(initial=version),
    }


def _publish_form(document, existing, warnings, data=None):
    return PublishForm(data, document=document, warnings=warnings, again=existing is not None)


def _correct_form(document, existing, warnings, data=None):
    initial = {"version": existing.version, "cleared": existing.cleared}
    return CorrectForm(data, initial=initial, document=document, warnings=warnings)


def _warnings(document):
    return public_edition.look(document, public_edition.paper_of(document))


def _shown(document):
    existing = Publication.objects.of(document)
    if existing is None or not existing.is_shown:
        raise TransitionError("공개되어 있지 않은 문서입니다.")
    return existing


def _act(request, document, name, form, done, activity, target):
    refused = {"status": 422, "can_correct": True, f"{name}_form": form}
    if not form.is_valid():
        return page(request, document, **refused)
    try:
        activity(target, by=request.user, **form.cleaned_data)
    except StaleError:
        messages.error(request, MOVED)
        return redirect("reports:publication", document.pk)
    except (TransitionError, RenderError) as error:
        form.add_error(None, str(error))
        if isinstance(error, publishing.UnsureError):
            form.ask(error.warnings)
            refused["warnings"] = error.warnings
        return page(request, document, **refused)
    messages.success(request, done)
    return redirect("reports:publication", document.pk)
