"""비공개 표시 of an approved paper: more of them, and those whose day has come."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from inspections.workflow import TransitionError
from reports import opening
from reports.forms.marking import MarkForm
from reports.forms.publishing import KeepForm, LiftForm
from reports.models import DisclosureMark
from reports.views import publishing
from reports.views.access import refused_on_paper

AFTER = "공개된 문서라면 아래에서 공개본을 고쳐 내야 시민에게 보이는 것이 바뀝니다."


@require_POST
@refused_on_paper
def mark_later(request, pk):
    document = publishing.publishable(request, pk)
    form = MarkForm(request.POST, document=document)
    if form.is_valid():
        try:
            opening.hide_more(document, by=request.user, **form.cleaned_data)
        except TransitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"비공개로 표시했습니다. {AFTER}")
            return redirect("reports:publication", pk)
    return publishing.page(request, document, status=422, mark_form=form)


@require_safe
@refused_on_paper
def mark_review(request, pk, mark_pk):
    return _page(request, *_found(request, pk, mark_pk))


@require_POST
@refused_on_paper
def mark_lift(request, pk, mark_pk):
    document, mark = _found(request, pk, mark_pk)
    form = LiftForm(request.POST)
    if not form.is_valid():
        return _page(request, document, mark, status=422, lift_form=form)
    opening.lift(mark, by=request.user, reason=form.cleaned_data["lift_reason"])
    messages.success(request, f"표시를 열었습니다. {AFTER}")
    return redirect("reports:publication", pk)


@require_POST
@refused_on_paper
def mark_keep(request, pk, mark_pk):
    document, mark = _found(request, pk, mark_pk)
    form = KeepForm(request.POST)
    if form.is_valid():
        try:
            opening.keep(
                mark, by=request.user, reason=form.cleaned_data["keep_reason"],
                review_on=form.cleaned_data["review_on"],
            )  # fmt: skip
        except TransitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "계속 가리고, 정한 날에 다시 봅니다.")
            return redirect("reports:publication", pk)
    return _page(request, document, mark, status=422, keep_form=form)


@require_POST
@refused_on_paper
def document_keep(request, pk):
    """A closed paper stays closed until another day."""
    document = publishing.publishable(request, pk)
    form = KeepForm(request.POST)
    if form.is_valid():
        try:
            opening.keep_closed(
                document, by=request.user, reason=form.cleaned_data["keep_reason"],
                review_on=form.cleaned_data["review_on"],
            )  # fmt: skip
        except TransitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "비공개로 두고, 정한 날에 다시 봅니다.")
            return redirect("reports:publication", pk)
    return publishing.page(request, document, status=422, keep_form=form)


def _found(request, pk, mark_pk):
    document = publishing.publishable(request, pk)
    return document, get_object_or_404(DisclosureMark.objects.in_force(), pk=mark_pk, document=document)


def _page(request, document, mark, *, status=200, **forms):
    context = {"document": document, "mark": mark, "lift_form": LiftForm(), "keep_form": KeepForm(), **forms}
    return render(request, "reports/mark_review.html", context, status=status)
