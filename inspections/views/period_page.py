"""What the page of one period shows, in a fixed number of queries."""

from collections import Counter

from django.db.models import Prefetch
from django.urls import reverse

from inspections import permissions
from inspections.models import Inspection, Visit

Status = Inspection.Status


def period_page(period, user):
    parts = list(period.parts.select_related("checklist").order_by("order", "pk"))
    rows = _rows(period)
    can_change = permissions.can_change_period(user, period)
    return {
        "period": period,
        "parts": parts,
        "bases": period.bases.all(),
        "rows": rows,
        "counts": _counts(rows),
        "can_change": can_change,
        "next_step": _next_step(period, parts, rows) if can_change else None,
    }


def _rows(period):
    visits = Visit.objects.filter(withdrawn_at=None).prefetch_related("postponements")
    rows = Inspection.objects.filter(part__period=period).select_related(
        "subject__parent", "agreement__contractor", "status_reason", "part", "previous"
    )
    prefetched = rows.prefetch_related(
        "joint_agreements",
        "team__user",
        Prefetch("visits", visits, to_attr="current_visits"),
        Prefetch("previous__visits", Visit.objects.filter(withdrawn_at=None), to_attr="current_visits"),
    )
    return list(prefetched.order_by("part__order", "subject__sort_key", "pk"))


def _counts(rows):
    by_status = Counter(row.status for row in rows)
    figures = [("대상", len(rows)), *[(label, by_status[status]) for status, label in Status.choices]]
    return [{"label": label, "value": value, "unit": "곳"} for label, value in figures]


def _next_step(period, parts, rows):
    """The one thing to do next, as (text, address)."""
    if not rows:
        return ("점검대상 고르기", reverse("inspections:targets", args=[period.pk, parts[0].pk]))
    for row in rows:
        if row.status == Status.PLANNED and not row.current_visits:
            return ("방문 일정 잡기", reverse("inspections:visit_create", args=[row.pk]))
    for status in [Status.IN_PROGRESS, Status.PLANNED]:
        for row in rows:
            if row.status == status:
                return ("점검 이어서 하기", reverse("inspections:detail", args=[row.pk]))
    return ("다음 회차 만들기", f"{reverse('inspections:period_create')}?previous={period.pk}")
