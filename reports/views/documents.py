"""Lists of papers, and one paper: the editor for its drafter, the paper itself for everybody else."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from audit.recording import record
from inspections.models import Inspection
from inspections.workflow import TransitionError
from reports import circulating, creating, drafting, permissions
from reports.forms.creating import KindForm
from reports.forms.filters import DocumentFilter
from reports.models import Document
from reports.views import pages
from reports.views.access import attempt, refuse_contractors, visible_document

PER_PAGE = 50


@require_safe
def document_list(request):
    refuse_contractors(request.user)
    documents = Document.objects.visible_to(request.user).select_related("department", "drafter")
    found = DocumentFilter(request.GET, documents)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "query": pages.query_without_page(request)}
    return render(request, "reports/document_list.html", context)


@require_safe
def inspection_documents(request, pk):
    """Step 보고 of an inspection: its papers, and the button that makes one."""
    inspection = _visible_inspection(request, pk)
    documents = inspection.documents.visible_to(request.user).select_related("department", "drafter")
    reports = [document for document in documents if document.kind == Document.Kind.RESULT]
    context = {
        "inspection": inspection,
        "documents": documents,
        "report": next(iter(reports), None),
        "can_create": permissions.can_draft_for(request.user, inspection),
        "is_done": inspection.status == Inspection.Status.DONE,
        "has_draft": any(document.status != Document.Status.APPROVED for document in reports),
        "kind_form": KindForm(inspections=[inspection]),
    }
    return render(request, "reports/inspection_documents.html", context)


@require_POST
def document_create(request, pk):
    inspection = _visible_inspection(request, pk)
    kind = request.POST.get("kind", Document.Kind.RESULT)
    try:
        document = creating.create([inspection], by=request.user, kind=_known(kind))
    except TransitionError as error:
        messages.error(request, str(error))
        return redirect("reports:inspection_documents", pk=inspection.pk)
    label = document.get_kind_display()
    messages.success(request, f"점검 기록으로 {label} 초안을 지었습니다. 줄마다 고칠 수 있습니다.")
    return redirect("reports:document", pk=document.pk)


def _known(kind):
    if kind not in Document.Kind.values:
        raise TransitionError("만들 문서의 종류를 고르세요.")
    return Document.Kind(kind)


@require_safe
def document(request, pk):
    document = visible_document(request, pk)
    record("view", document, by=request.user)
    circulating.opened(document, request.user)
    if permissions.can_edit(request.user, document):
        return render(request, "reports/document_edit.html", pages.editor(document, request.user))
    return render(request, "reports/document_detail.html", pages.reading(document, request.user))


@require_POST
def document_discard(request, pk):
    document = visible_document(request, pk)
    inspection = document.inspections.first()
    if attempt(request, "작성하던 문서를 지웠습니다.", drafting.discard, document):
        return redirect("reports:inspection_documents", pk=inspection.pk)
    return redirect("reports:document", pk=pk)


def _visible_inspection(request, pk):
    rows = Inspection.objects.visible_to(request.user).select_related("subject", "part__period", "checklist")
    return get_object_or_404(rows, pk=pk)
