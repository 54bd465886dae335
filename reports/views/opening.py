"""What is kept from the public of an approved paper: more of it, and what has to be looked at again."""

from functools import partial

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
OPENED = f"이제 열었습니다. {AFTER}"
KEPT = "계속 가리고, 정한 날에 다시 봅니다."
ATTACHMENT = ("attachment_open", "attachment_keep")


@require_POST
@refused_on_paper
def mark_later(request, pk):
    document = publishing.publishable(request, pk)
    form = MarkForm(request.POST, document=document)
    act = partial(opening.hide_more, document, by=request.user)
    refused = partial(publishing.page, mark_form=form)
    return _answer(request, document, form, act, f"비공개로 표시했습니다. {AFTER}", refused)


@require_POST
@refused_on_paper
def document_keep(request, pk):
    """A closed paper stays closed until another day."""
    document = publishing.publishable(request, pk)
    form = KeepForm(request.POST)
    act = partial(opening.keep_closed, document, by=request.user)
    refused = partial(publishing.page, keep_form=form)
    return _answer(request, document, form, act, "비공개로 두고, 정한 날에 다시 봅니다.", refused)


@require_safe
@refused_on_paper
def mark_review(request, pk, mark_pk):
    document, mark = _mark(request, pk, mark_pk)
    return _review(request, document, mark=mark)


@require_POST
@refused_on_paper
def mark_lift(request, pk, mark_pk):
    document, mark = _mark(request, pk, mark_pk)
    form, act = LiftForm(request.POST), partial(opening.lift, mark, by=request.user)
    return _answer(request, document, form, act, OPENED, partial(_review, mark=mark, lift_form=form))


@require_POST
@refused_on_paper
def mark_keep(request, pk, mark_pk):
    document, mark = _mark(request, pk, mark_pk)
    form, act = KeepForm(request.POST), partial(opening.keep, mark, by=request.user)
    return _answer(request, document, form, act, KEPT, partial(_review, mark=mark, keep_form=form))


@require_safe
@refused_on_paper
def attachment_review(request, pk, attachment_pk):
    document, attachment = _attachment(request, pk, attachment_pk)
    return _review(request, document, attachment=attachment)


@require_POST
@refused_on_paper
def attachment_open(request, pk, attachment_pk):
    document, attachment = _attachment(request, pk, attachment_pk)
    form, act = LiftForm(request.POST), partial(opening.open_attachment, attachment, by=request.user)
    refused = partial(_review, attachment=attachment, lift_form=form)
    return _answer(request, document, form, act, OPENED, refused)


@require_POST
@refused_on_paper
def attachment_keep(request, pk, attachment_pk):
    document, attachment = _attachment(request, pk, attachment_pk)
    form = KeepForm(request.POST)
    act = partial(opening.keep_closed, document, by=request.user, attachment=attachment)
    refused = partial(_review, attachment=attachment, keep_form=form)
    return _answer(request, document, form, act, KEPT, refused)


def _answer(request, document, form, act, told, refused):
    """Do it and go to the page of the publication; what stands against it is said beside what was typed."""
    try:
        if form.is_valid():
            act(**getattr(form, "said", form.cleaned_data))
            messages.success(request, told)
            return redirect("reports:publication", document.pk)
    except TransitionError as error:
        form.add_error(None, str(error))
    return refused(request, document, status=422)


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


def _review(request, document, *, mark=None, attachment=None, status=200, **forms):
    """What is kept back, with what may be done about it."""
    names, pk = (("mark_lift", "mark_keep"), mark.pk) if mark else (ATTACHMENT, attachment.pk)
    lift, keep = (reverse(f"reports:{name}", args=[document.pk, pk]) for name in names)
    context = {"document": document, "mark": mark, "attachment": attachment, "lift": lift, "keep": keep}
    context |= {"lift_form": LiftForm(), "keep_form": KeepForm(), **forms}
    return render(request, "reports/mark_review.html", context, status=status)
