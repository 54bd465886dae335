"""The list of inspections. Rows are plain tuples: fifty of them are printed on every visit."""

from django.db.models import DateField, OuterRef, Subquery
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from inspections import paging
from inspections.forms.filters import InspectionFilter
from inspections.models import Inspection, Visit
from inspections.views.access import keys, refuse_contractors

STATUSES = dict(Inspection.Status.choices)
COLUMNS = [
    "pk", "subject__name", "agreement__contractor__name", "part__period__title", "department__name", "status",
    "visit_on",
]  # fmt: skip


@require_safe
def inspection_list(request):
    refuse_contractors(request.user)
    filtered = InspectionFilter(request.GET, Inspection.objects.visible_to(request.user), request=request)
    rows = filtered.qs.annotate(visit_on=_last_visit()).order_by("-pk").values_list(*COLUMNS)
    for after in keys([request.GET.get("after", "")]):
        rows = rows.filter(pk__lt=after)
    found, has_more = paging.page_of(rows)
    context = {
        "form": filtered.form,
        "rows": _printed(found),
        "next_url": has_more and paging.next_url(request, found[-1][0]),
        "first_url": paging.first_url(request),
        "is_filtered": bool(request.GET),
    }
    return render(request, "inspections/inspection_list.html", context)


def _last_visit():
    visits = Visit.objects.filter(inspection=OuterRef("pk"), withdrawn_at=None).order_by("-starts_on")
    return Subquery(visits.values("starts_on")[:1], output_field=DateField())


def _printed(found):
    base = reverse("inspections:list")
    return [
        (f"{base}{pk}/", subject, contractor or "-", period, office, status, STATUSES[status], _day(visit_on))
        for pk, subject, contractor, period, office, status, visit_on in found
    ]


def _day(day):
    # Not the template's |date: it costs more than the rest of a row.
    return f"{day.year}. {day.month}. {day.day}." if day else "-"
