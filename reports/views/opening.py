"""What is kept from the public of an approved paper: more of it, and what has to be looked at again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from inspections.workflow import TransitionError
from reports import opening
from reports.forms.marking import MarkForm
from reports.forms.publishing import KeepForm, LiftForm
from reports.models import DisclosureMark
from reports.views import publishing
from reports.views.access import refused_on_paper

AFTER = "공개된 문서라면 아래에서 공개본을 고쳐 내야 시민에게 보이는 것이 바뀝니다."
KEPT = "계속 가리고, 정한 날에 다시 봅니다."


@require_POST
@refused_on_paper
def mark_later(request, pk):
    document = publishing.publishable(request, pk)
    form = MarkForm(request.POST, document=document)
    if _done(form, lambda said: opening.hide_more(document, by=request.user, **said)):
        messages.success(request, f"비공개로 표시했습니다. {AFTER}")
        return redirect("reports:publication", pk)
    return publishing.page(request, document, status=422, mark_form=form)


@require_POST
@refused_on_paper
def document_keep(request, pk):
    """A closed paper stays closed until another day."""
    document = publishing.publishable(request, pk)
    form = KeepForm(request.POST)
    if _done(form, lambda said: opening.keep_closed(document, by=request.user, **said)):
        messages.success(request, "비공개로 두고, 정한 날에 다시 봅니다.")
        return redirect("reports:publication", pk)
    return publishing.page(request, document, status=422, keep_form=form)


@require_safe
@refused_on_paper
def mark_review(request, pk, mark_pk):
    return _mark_page(request, *_mark(request, pk, mark_pk))


@require_POST
@refused_on_paper
def mark_lift(request, pk, mark_pk):
    document, mark = _mark(request, pk, mark_pk)
    form = LiftForm(request.POST)
    if _done(form, lambda said: opening.lift(mark, by=request.user, **said)):
        messages.success(request, f"표시를 열었습니다. {AFTER}")
        return redirect("reports:publication", pk)
    return _mark_page(request, document, mark, status=422, lift_form=form)


@require_POST
@refused_on_paper
def mark_keep(request, pk, mark_pk):
    document, mark = _mark(request, pk, mark_pk)
    form = KeepForm(request.POST)
    if _done(form, lambda said: opening.keep(mark, by=request.user, **said)):
        messages.success(request, KEPT)
        return redirect("reports:publication", pk)
    return _mark_page(request, document, mark, status=422, keep_form=form)


@require_safe
@refused_on_paper
def attachment_review(request, pk, attachment_pk):
    return _attachment_page(request, *_attachment(request, pk, attachment_pk))


@require_POST
@refused_on_paper
def attachment_open(request, pk, attachment_pk):
    document, attachment = _attachment(request, pk, attachment_pk)
    form = LiftForm(request.POST)
    if _done(form, lambda said: opening.open_attachment(attachment, by=request.user, **said)):
        messages.success(request, f"붙임을 열었습니다. {AFTER}")
        return redirect("reports:publication", pk)
    return _attachment_page(request, document, attachment, status=422, lift_form=form)


@require_POST
@refused_on_paper
def attachment_keep(request, pk, attachment_pk):
    document, attachment = _attachment(request, pk, attachment_pk)
    form = KeepForm(request.POST)
    keep = opening.keep_closed
    if _done(form, lambda said: keep(document, by=request.user, attachment=attachment, **said)):
        messages.success(request, KEPT)
        return redirect("reports:publication", pk)
    return _attachment_page(request, document, attachment, status=422, keep_form=form)


def _done(form, act):
    """Whether what was sent is valid and was done; what refuses it is said in the form."""
    if not form.is_valid():
        return False
    try:
        act(getattr(form, "said", form.cleaned_data))
    except TransitionError as error:
        form.add_error(None, str(error))
        return False
    return True


def _mark(request, pk, mark_pk):
    document = publishing.publishable(request, pk)
    return document, get_object_or_404(DisclosureMark.objects.in_force(), pk=mark_pk, document=document)


def _attachment(request, pk, attachment_pk):
    """A closed one that was not opened yet."""
    document = publishing.publishable(request, pk)
    closed = {attachment.pk: attachment for attachment in opening.closed_attachments(document)}
    if attachment_pk not in closed:
        raise Http404
    return document, closed[attachment_pk]


def _mark_page(request, document, mark, *, status=200, **forms):
    urls = {name: reverse(f"reports:mark_{name}", args=[document.pk, mark.pk]) for name in ("lift", "keep")}
    context = {"document": document, "mark": mark, **urls, **_forms(forms)}
    return render(request, "reports/mark_review.html", context, status=status)


def _attachment_page(request, document, attachment, *, status=200, **forms):
    at = [document.pk, attachment.pk]
    urls = {
        "lift": reverse("reports:attachment_open", args=at),
        "keep": reverse("reports:attachment_keep", args=at),
    }
    context = {"document": document, "attachment": attachment, **urls, **_forms(forms)}
    return render(request, "reports/mark_review.html", context, status=status)


def _forms(sent):
    return {"lift_form": LiftForm(), "keep_form": KeepForm(), **sent}
