"""함께 보는 사람: each page of a checklist says where its user is, and hears where the others are."""

import datetime as dt

from audit import clock
from inspections.models import Presence

FADES = dt.timedelta(seconds=60)


def here(inspection, *, by, line):
    """Note that `by` is at `line` (a sheet_lines.Line.key, or empty); who else is there. Two queries."""
    return note(Presence, by=by, line=line, inspection=inspection)


def note(traces, *, by, line, **place):
    """The same for any model of traces; `place` is what it is a trace in."""
    now = clock.now()
    traces.objects.bulk_create(
        [traces(user=by, line=line, seen_at=now, **place)],
        update_conflicts=True,
        unique_fields=[*place, "user"],
        update_fields=["line", "seen_at"],
    )
    others = traces.objects.filter(seen_at__gt=now - FADES, **place).exclude(user=by)
    return list(others.select_related("user").order_by("user__name", "pk"))


def told(others):
    """As the pages hear it."""
    return [
        {"name": other.user.name, "position": other.user.position, "line": other.line} for other in others
    ]
