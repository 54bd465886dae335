"""결재함: the papers that wait, and several signatures at once."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.templatetags.korean import kdatetime
from inspections.views.access import keys
from reports import box, several
from reports.forms.filters import ApprovalFilter
from reports.views import bulk, pages
from reports.views.access import refuse_contractors

PER_PAGE = 50
SHOWN = [
    "title", "registered_title", "number", "department__name", "department__prefix", "drafter__name",
]  # fmt: skip


@require_safe
def approval_list(request):
    refuse_contractors(request.user)
    tab = request.GET.get("tab", "todo")
    if tab not in box.TABS:
        raise Http404
    waiting = box.waiting_for(request.user)
    counts = box.counts(request.user, waiting)
    documents = box.papers(request.user, tab, waiting).select_related("department", "drafter").only(*SHOWN)
    found = ApprovalFilter(request.GET, documents)
    paginator = Paginator(found.qs, PER_PAGE)
    if not found.narrows:
        paginator.count = counts[tab]  # counted for the tabs already
    page = paginator.get_page(request.GET.get("page"))
    documents = box.with_lines(page.object_list)
    ready = several.ready(request.user, documents, waiting[tab]) if tab in waiting else {}
    page.object_list = _printed(documents, ready)
    tabs = [
        {"label": label, "url": f"?tab={name}", "current": name == tab, "count": counts[name]}
        for name, label in box.TABS.items()
    ]
    context = {"tabs": tabs, "tab": tab, "tab_label": box.TABS[tab], "filter": found, "page": page}
    context["ready_count"] = len(ready)
    return render(
        request, "reports/approval_list.html", context | {"query": pages.query_without_page(request)}
    )


def _printed(documents, ready):
    """Plain texts: fifty rows are printed on every visit. Last, the step that may be ticked."""
    base = reverse("reports:approval_list")
    return [
        (
            f"{base}{document.pk}/", str(document), document.number_text, document.department.name,
            document.drafter.name, kdatetime(document.requested_at), document.turn, document.line_text,
            ready.get(document.pk),
        )
        for document in documents
    ]  # fmt: skip


@require_POST
def sign_many(request):
    """Each of the ticked papers by itself; what could not be signed is told with its reason."""
    refuse_contractors(request.user)
    outcome = several.sign_all(keys(request.POST.getlist("step")), by=request.user)
    nothing = "처리할 문서를 고르세요. 열어 본 문서만 고를 수 있습니다."
    return bulk.answer(
        request, outcome, done="{count}건을 처리했습니다.", nothing=nothing, back=("reports:approval_list",)
    )
