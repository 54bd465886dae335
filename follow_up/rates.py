"""이행률: how much of what was demanded was done, and how much of that in time."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from inspections.models import Action

Status = Action.Status
DONE = Q(status=Status.VERIFIED)
LATE = Q(reported_on__gt=F("due_on"))
# By what the figures may be grouped: (label, the field, the field that names it)
GROUPS = {
    "contractor": ("수탁기관", "contractor", "contractor__name"),
    "department": ("점검 부서", "inspection__department", "inspection__department__name"),
    "type": ("지적 유형", "findings__finding_type", "findings__finding_type__name"),
    "year": ("점검 연도", "inspection__part__period__year", "inspection__part__period__year"),
}
NOBODY = {"contractor": "수탁기관 아닌 곳", "type": "유형을 고르지 않음"}


@dataclass(frozen=True)
class Rate:
    """Of one group; `demanded` is without what was taken back. done = on_time + late."""

    name: str
    demanded: int
    done: int
    late: int
    overdue: int
    won: int = 0

    @property
    def on_time(self):
        return self.done - self.late

    @property
    def open(self):
        return self.demanded - self.done

    @property
    def share(self):
        return _share(self.done, self.demanded)

    @property
    def on_time_share(self):
        return _share(self.on_time, self.demanded)


def rates(actions, group, today):
    """One Rate for each group: one query. An action of two types counts in both."""
    _, key, name = GROUPS[group]
    counted = actions.exclude(status=Status.WITHDRAWN).order_by().values(key, name)
    rows = counted.annotate(**_figures(today)).order_by(name, key)
    return [_rate(str(row[name] or NOBODY.get(group, "-")), row) for row in rows]


def whole(actions, today):
    """All of them, each once: one query."""
    return _rate("계", actions.exclude(status=Status.WITHDRAWN).aggregate(**_figures(today)))


def _figures(today):
    waiting = ~Q(status__in=[*Action.CLOSED, Status.REPORTED, Status.OBJECTED, Status.ACCEPTED])
    return {
        "demanded": Count("pk", distinct=True),
        "done": Count("pk", distinct=True, filter=DONE),
        "late": Count("pk", distinct=True, filter=DONE & LATE),
        "overdue": Count("pk", distinct=True, filter=waiting & Q(due_on__lt=today)),
    }


def _rate(name, row):
    return Rate(name, row["demanded"], row["done"], row["late"], row["overdue"])


def _share(part, whole_):
    """In hundredths with one place, halves up; None of nothing."""
    if not whole_:
        return None
    tenths = (2000 * part + whole_) // (2 * whole_)
    return f"{tenths // 10}.{tenths % 10}"
