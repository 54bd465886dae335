"""What all letters (별지 제1호서식) share: whom they go to, what they follow, dates in the strict style."""

from deadlines import counting
from follow_up import periods
from inspections.models import Action
from notation import dates
from reports.composing import overview
from reports.composing.line import Line

TOP, ITEM, SUB = 1, 2, 3  # 1. 가. 1)


def addressees(sources):
    """Who is written to: the contractors, each once; the subject itself where none runs it."""
    names = [overview.contractors(each) or str(each.subject) for each in sources.active]
    return list(dict.fromkeys(names))


def asked_offices(sources):
    """The departments that are asked for something, each once."""
    asked = actions(sources, Action.Owner.OTHER)
    return list(dict.fromkeys(str(action.department) for _, action in asked))


def opening(sources):
    papers = [
        f"{document.number_text}({dates.long_date(document.approved_on)})" for document in sources.references
    ]
    if related := [*papers, *sources.grounds]:
        yield Line("letter:related", f"관련: {', '.join(related)}", 0, "line", TOP)


def actions(sources, wanted):
    """What is still asked of this owner: a letter does not demand again what was verified or taken back."""
    return [
        (inspection, action)
        for inspection in sources.inspections
        for action in inspection.actions.all()
        if action.owner == wanted and not action.is_closed
    ]


def prefix(sources, inspection):
    return "" if sources.is_single else f"[{inspection.subject}] "


def deadline(sources, label, days, *, depth=1, level=ITEM):
    last = counting.deadline(sources.written_on, counting.Rule(days), periods.calendar()).day
    text = f"{label}: {day(last)}"
    return Line("letter:deadline", text, depth, "line", level)


def due(action):
    return day(action.due_on) if action.due_on else "-"


def day(day):
    return dates.long_date(day, with_weekday=True)


def when(sources):
    first, last = sources.starts_and_ends
    return dates.long_range(first, last, with_weekday=True)
