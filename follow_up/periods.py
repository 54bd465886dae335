"""Deadlines with the city's own table of days of rest, and how each was counted."""

from deadlines.counting import deadline
from deadlines.resting import Calendar
from follow_up.models import DeadlineRule, Holiday


def calendar():
    """The law's days of rest and the city's table: one query."""
    rows = Holiday.objects.values_list("day", "name", "is_worked")
    return Calendar({day: "" if is_worked else name for day, name, is_worked in rows})


def counted(rule, start, rest=None):
    """The Deadline of a DeadlineRule from a day on."""
    return deadline(start, rule.rule, rest or calendar())


def rule_for(purpose):
    """The rule in use for this purpose, the shortest if there are several; None if there is none."""
    return DeadlineRule.objects.filter(purpose=purpose, is_active=True).first()
