"""Papers on many inspections of one period: plans, reports, letters to all of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from inspections import permissions as inspection_permissions
from inspections.models import Inspection
from inspections.views.access import keys, own_period, visible_period
from inspections.workflow import TransitionError
from reports import creating, in_bulk
from reports.forms.creating import ManyForm
from reports.models import Document
from reports.views import bulk

PER_PAGE = 20


@require_safe
def period_documents(request, pk):
    period = visible_period(request, pk)
    return _page(request, period, ManyForm(inspections=_inspections(period), initial=_initial(period)))


@require_POST
def period_document_create(request, pk):
    period = own_period(request, pk)
    form = ManyForm(request.POST, inspections=_inspections(period))
    if form.is_valid() and form.cleaned_data["each"]:
        return _each(request, period, **form.cleaned_data)
    if form.is_valid():
        chosen, kind = form.cleaned_data["inspections"], Document.Kind(form.cleaned_data["kind"])
        try:
            document = creating.create(chosen, by=request.user, kind=kind)
        except TransitionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"점검 {len(chosen)}곳의 기록으로 {kind.label} 초안을 지었습니다.")
            return redirect("reports:document", pk=document.pk)
    return _page(request, period, form, status=422)


def _each(request, period, *, inspections, kind, key, each):
    if len(inspections) > in_bulk.MOST:
        messages.warning(request, bulk.TOO_MANY)
    outcome = in_bulk.draft_each(
        inspections[: in_bulk.MOST], by=request.user, kind=Document.Kind(kind), key=key
    )
    done = f"{Document.Kind(kind).label} 초안 {{count}}건을 지었습니다."
    return bulk.answer(
        request, outcome, done=done, nothing="점검을 고르세요.", back=("reports:period_documents", period.pk)
    )


@require_POST
def request_many(request, pk):
    """결재 요청 of several drafts of one's own, each along the line proposed for it."""
    period = visible_period(request, pk)
    drafts = _my_drafts(request.user, period).filter(pk__in=keys(request.POST.getlist("document")))
    outcome = in_bulk.request_each(drafts[: in_bulk.MOST], by=request.user)
    return bulk.answer(
        request, outcome, done="{count}건의 결재를 요청했습니다.", nothing="결재를 요청할 초안을 고르세요.",
        back=("reports:period_documents", period.pk),
    )  # fmt: skip


def _my_drafts(user, period):
    mine = Document.objects.filter(drafter=user, status=Document.Status.DRAFT, corrector=None)
    about = mine.filter(inspections__part__period=period).distinct()
    return about.select_related("department", "drafter__department").order_by("pk")


def _page(request, period, form, status=200):
    papers = Document.objects.visible_to(request.user).filter(inspections__part__period=period).distinct()
    papers = papers.select_related("department", "drafter")
    context = {
        "period": period,
        "form": form,
        "page": Paginator(papers, PER_PAGE).get_page(request.GET.get("page")),
        "drafts": _my_drafts(request.user, period),
        "can_create": inspection_permissions.can_change_period(request.user, period),
    }
    return render(request, "reports/period_documents.html", context, status=status)


def _inspections(period):
    rows = Inspection.objects.filter(part__period=period).select_related("subject")
    return rows.order_by("part__order", "subject__sort_key", "pk")


def _initial(period):
    """A plan as long as nothing is finished, then the report; all that is there."""
    rows = list(_inspections(period).values_list("pk", "status"))
    is_done = any(status == Inspection.Status.DONE for _, status in rows)
    kind = Document.Kind.RESULT if is_done else Document.Kind.PLAN
    waiting = set(Inspection.OPEN) if is_done else set()
    return {"kind": kind, "inspections": [pk for pk, status in rows if status not in waiting]}
