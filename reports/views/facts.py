"""Heading facts of a draft, its preview, and composing it again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.recording import record
from inspections.workflow import StaleError, TransitionError
from reports import drafting, permissions, recomposing
from reports.forms.facts import FactsForm
from reports.models import Document
from reports.views import pages
from reports.views.access import own_draft, refused_on_paper, visible_document

PARTS = {"paper": "reports/includes/paper.html", "page_pictures": "reports/includes/page_pictures.html"}


@require_http_methods(["GET", "HEAD", "POST"])
@refused_on_paper
def document_facts(request, pk):
    document = own_draft(request, pk)
    if request.method != "POST":
        return _facts_page(request, document, FactsForm(instance=document))
    form = FactsForm(request.POST, instance=document)
    if not form.is_valid():
        return _facts_page(request, document, form, status=422)
    try:
        drafting.edit_facts(document, form.facts, version=form.cleaned_data["version"], by=request.user)
    except StaleError as stale:
        form.data = form.data.copy()
        form.data["version"] = stale.current["version"]
        return _facts_page(request, document, form, stale=_told(stale.current, form), status=409)
    messages.success(request, "저장했습니다.")
    return redirect("reports:document", pk=pk)


@require_safe
def preview(request, pk):
    """The paper as it would print now: fetched by the editor after each save, or opened by itself."""
    document = visible_document(request, pk)
    if not permissions.can_edit(request.user, document):  # else after each line that the drafter saves
        record("view", document, by=request.user)
    if request.GET.get("as") == "pages":
        part, context = "page_pictures", pages.page_pictures(document)
    else:
        part, context = "paper", {"paper": pages.preview(document)}
    if request.htmx:
        return render(request, PARTS[part], context)
    return render(request, "reports/preview.html", {"document": document, "part": part, **context})


@require_safe
@refused_on_paper
def recompose(request, pk):
    """What composing again would change, before it does."""
    document = own_draft(request, pk)
    return render(
        request, "reports/recompose.html", {"document": document, "plan": recomposing.plan(document)}
    )


@require_POST
def recompose_apply(request, pk):
    document = visible_document(request, pk)
    fields = {"digest": request.POST.get("digest", ""), "take": set(request.POST.getlist("take"))}
    try:
        plan = recomposing.recompose(document, by=request.user, **fields)
    except StaleError:
        messages.warning(
            request, "그 사이 점검 기록이나 문서가 바뀌었습니다. 바뀔 내용을 다시 확인해 주세요."
        )
        return redirect("reports:recompose", pk=pk)
    except TransitionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"점검 기록과 {plan.count}곳을 맞추었습니다. 고친 줄은 그대로 두었습니다.")
    return redirect("reports:document", pk=pk)


def _facts_page(request, document, form, *, stale=None, status=200):
    context = {"document": document, "form": form, "stale": stale}
    return render(request, "reports/document_facts.html", context, status=status)


def _told(current, form):
    """What stands there now, field by field, where it differs from what was typed."""
    return [
        (Document._meta.get_field(name).verbose_name, value, form.cleaned_data[name])
        for name, value in current.items()
        if name in form.cleaned_data and name != "version" and form.cleaned_data[name] != value
    ]
