"""Contractors, and all that is known of one: as a page, as an Excel file, as a PDF."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from audit import clock
from audit.recording import record
from contractors import permissions
from contractors.models import Contractor
from inspections import paging
from inspections.models import Action
from reports.composing import contractor_record as composing
from reports.contractor_record import record_of
from reports.forms.contractors import ContractorSearchForm, RecordForm
from reports.rendering.errors import RenderError
from reports.rendering.pdf import render_pdf
from reports.views.access import refuse_contractors
from spreadsheets import writing
from spreadsheets.admin import download

HEAD = ["날짜", "무엇", "점검대상", "내용", "금액", "상태", "부서"]


@require_safe
def contractor_list(request):
    refuse_contractors(request.user)
    form = ContractorSearchForm(request.GET)
    rows = Contractor.objects.order_by("sort_key", "pk")
    if form.is_valid() and form.cleaned_data["text"]:
        rows = rows.filter(name__icontains=form.cleaned_data["text"])
    found, has_more = paging.page_of(_after(rows, request.GET.get("after", "")))
    context = {
        "form": form, "rows": _with_open(found, request.user),
        "next_url": has_more and paging.next_url(request, f"{found[-1].pk}~{found[-1].sort_key}"),
        "first_url": paging.first_url(request),
    }  # fmt: skip
    return render(request, "reports/contractor_list.html", context)


@require_safe
def contractor_record(request, pk):
    contractor, form, found = _asked(request, pk)
    kind = form.cleaned_data.get("kind")
    context = {
        "contractor": contractor,
        "can_invite": permissions.can_invite(request.user, contractor),
        "form": form,
        "rows": found.of_kind(kind) if kind else found.rows,
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/contractor_record.html", context)


@require_safe
def contractor_excel(request, pk):
    contractor, form, found = _asked(request, pk)
    record("export", contractor, by=request.user, years=form.years, rows=len(found.rows))
    content = writing.workbook(("점검 기록", HEAD, [row.cells for row in found.rows]))
    return download(content, f"{contractor} 점검 기록.xlsx")


@require_safe
def contractor_pdf(request, pk):
    contractor, form, found = _asked(request, pk)
    record("export", contractor, by=request.user, years=form.years, rows=len(found.rows), file="PDF")
    paper = composing.paper(contractor, found, *form.years, clock.today())
    try:
        content = render_pdf(paper, images={})
    except RenderError as error:
        messages.error(request, str(error))
        return redirect("reports:contractor_record", pk)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{contractor} 점검 기록.pdf")
    return response


def _asked(request, pk):
    refuse_contractors(request.user)
    contractor = get_object_or_404(Contractor, pk=pk)
    form = RecordForm.of(request.GET)
    return contractor, form, record_of(contractor, request.user, *form.years)


def _with_open(contractors, user):
    """Each with how many demands this user sees open: one query for the page."""
    actions = Action.objects.visible_to(user).open(clock.today()).filter(contractor__in=contractors)
    counts = dict(actions.order_by().values_list("contractor").annotate(Count("pk")))
    for contractor in contractors:
        contractor.open = counts.get(contractor.pk, 0)
    return contractors


def _after(rows, place):
    pk, _, key = place.partition("~")
    if not pk.isdecimal() or len(pk) > 15:
        return rows
    return rows.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=int(pk)))
