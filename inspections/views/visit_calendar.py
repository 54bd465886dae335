"""A month of visits as weeks of days, for a plain HTML table."""

import calendar
import datetime as dt
from collections import defaultdict

import holidays
from django.db.models import Q

from audit import clock
from inspections.models import Inspection, Visit
from notation import dates

SUNDAY_FIRST = calendar.Calendar(firstweekday=6)


def month_page(user, wanted):
    """`wanted` is like 2020-12; anything else means the present month."""
    first = _first_day(wanted)
    weeks = SUNDAY_FIRST.monthdatescalendar(first.year, first.month)
    visits = _visits_by_day(user, weeks[0][0], weeks[-1][-1])
    resting = holidays.country_holidays(
        "KR", language="ko", years={week[0].year for week in weeks} | {first.year}
    )
    today = clock.today()
    return {
        "title": f"{first.year}년 {first.month}월",
        "weekdays": dates.WEEKDAYS[-1] + dates.WEEKDAYS[:-1],
        "weeks": [[_day(day, first, today, visits, resting) for day in week] for week in weeks],
        "previous": f"{first - dt.timedelta(days=1):%Y-%m}",
        "next": f"{first + dt.timedelta(days=31):%Y-%m}",
        "is_empty": not any(day.month == first.month for day in visits),
        "office": user.office,
    }


def _first_day(wanted):
    try:
        first = dt.date.fromisoformat(f"{wanted}-01")
    except ValueError:
        first = dt.date.min
    return first if 2000 <= first.year <= 2100 else clock.today().replace(day=1)


def _visits_by_day(user, start, end):
    """One's own office and the inspections one goes along to; for city-wide readers the whole city."""
    inspections = Inspection.objects.visible_to(user).active()
    found = Visit.objects.filter(
        Q(starts_on__lte=end, ends_on__gte=start), inspection__in=inspections, withdrawn_at=None
    )
    by_day = defaultdict(list)
    for visit in found.select_related("inspection__subject", "inspection__department"):
        day = max(visit.starts_on, start)
        while day <= min(visit.ends_on, end):
            by_day[day].append(visit)
            day += dt.timedelta(days=1)
    return by_day


def _day(day, first, today, visits, resting):
    return {
        "number": day.day,
        "date": dates.long_date(day, with_weekday=True),
        "is_outside": day.month != first.month,
        "is_today": day == today,
        "holiday": resting.get(day, ""),
        "visits": visits.get(day, []),
    }
