"""함께 보는 사람: each page of a checklist says where its user is, and hears where the others are."""

import datetime as dt

from audit import clock
from inspections.models import Presence

FADES = dt.timedelta(seconds=60)


def here(inspection, *, by, line):
    """Note that `by` is at `line` (a sheet_lines.Line.key, or empty); who else is there. Two queries."""
    now = clock.now()
    Presence.objects.bulk_create(
        [Presence(inspection=inspection, user=by, line=line, seen_at=now)],
        update_conflicts=True,
        unique_fields=["inspection", "user"],
        update_fields=["line", "seen_at"],
    )
    others = Presence.objects.filter(inspection=inspection, seen_at__gt=now - FADES).exclude(user=by)
    return list(others.select_related("user").order_by("user__name", "pk"))
