"""문서대장 as a page and as an Excel file."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import clock
from audit.recording import record
from inspections import paging
from reports import register
from reports.forms.filters import RegisterForm
from reports.views.access import refuse_contractors
from spreadsheets import writing
from spreadsheets.admin import download

SHOWN = 8  # columns of the page; the file has them all


@require_safe
def register_page(request):
    form, department, year = _asked(request)
    found = register.documents(request.user, department, year)
    shown, has_more = paging.page_of(paging.below(found, request.GET.get("after", ""), "number"))
    context = {
        "form": form,
        "department": department,
        "year": year,
        "headings": register.HEADINGS[1:SHOWN],
        "rows": [(one, row[:SHOWN]) for one, row in zip(shown, register.rows(shown), strict=True)],
        "next_url": has_more and paging.next_url(request, shown[-1].number),
        "first_url": paging.first_url(request),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/register.html", context)


@require_safe
def register_download(request):
    _, department, year = _asked(request)
    rows = list(register.rows(register.documents(request.user, department, year)))
    if department:
        record("export", department, by=request.user, register=year, rows=len(rows))
    content = writing.workbook(("문서대장", register.HEADINGS, rows))
    return download(content, f"문서대장 {department or ''} {year}.xlsx")


def _asked(request):
    """(form, office, year): one's own office and this year unless asked otherwise."""
    refuse_contractors(request.user)
    first = {"department": request.user.office, "year": clock.today().year}
    form = RegisterForm(request.GET if {"department", "year"} & set(request.GET) else None, initial=first)
    if form.is_bound and form.is_valid():
        return form, form.cleaned_data["department"], form.cleaned_data["year"]
    return form, first["department"], first["year"]
