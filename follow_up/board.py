"""조치 목록과 현황판: what is followed up, overdue first."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, F, Q

from audit import clock
from inspections.models import Action

SOON = dt.timedelta(days=7)
NO_DAY = "-"
SHOWN = 10
Status = Action.Status
COLUMNS = [
    "pk", "text", "inspection__subject__name", "owner", "contractor__name", "department__name",
    "inspection__department__name", "due_on", "status", "reported_on", "in_charge__name", "told_on",
]  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of the board: its first rows, and how many there are."""

    name: str
    tone: str
    query: str
    count: int
    rows: list


def in_order(actions):
    """By deadline, those without one last: overdue first. The place after a row is told by `place_of`."""
    return actions.order_by(F("due_on").asc(nulls_last=True), "pk")


def place_of(due_on, pk):
    return f"{due_on or NO_DAY}~{pk}"


def after(actions, place):
    """The rows behind a place; a text that is none changes nothing."""
    day, _, pk = place.partition("~")
    try:
        pk, day = uuid.UUID(pk), None if day == NO_DAY else dt.date.fromisoformat(day)
    except ValueError:
        return actions
    later = Q(due_on=None, pk__gt=pk) if day is None else (
        Q(due_on__gt=day) | Q(due_on=day, pk__gt=pk) | Q(due_on=None)
    )  # fmt: skip
    return actions.filter(later)


def board(actions):
    """Five columns: six queries, however many actions there are."""
    today = clock.today()
    waiting = ~Q(status__in=[Status.REPORTED, Status.OBJECTED])
    parts = [
        ("기한 지남", "danger", "late=true", waiting & Q(due_on__lt=today)),
        ("이번 주", "warning", "state=open", waiting & Q(due_on__gte=today, due_on__lte=today + SOON)),
        ("그 뒤", "", "state=open", waiting & Q(due_on__gt=today + SOON)),
        ("기한 없음", "", "state=open", waiting & Q(due_on=None)),
        ("확인할 것", "info", "state=reported", ~waiting),
    ]
    rows = actions.open(today)
    counts = rows.aggregate(**{f"part{at}": Count("pk", filter=part) for at, (*_, part) in enumerate(parts)})
    return [
        Column(
            name,
            tone,
            query,
            counts[f"part{at}"],
            list(in_order(rows.filter(part)).values_list(*COLUMNS)[:SHOWN]),
        )
        for at, (name, tone, query, part) in enumerate(parts)
    ]


def late(row, today):
    """Whether a row of COLUMNS is late, by the rule of Action.is_late."""
    due_on, status, reported_on = row[7], row[8], row[9]
    if due_on is None or status in {Status.WITHDRAWN, Status.ACCEPTED}:
        return False
    if status in {Status.REPORTED, Status.VERIFIED} and reported_on:
        return reported_on > due_on
    return status != Status.VERIFIED and due_on < today
