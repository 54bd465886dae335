"""점검 의무: which commissions the ordinance wants inspected in a year, and how far each is."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.db.models import CharField as Text

from contractors.models import Agreement, Subject
from inspections.models import Inspection

Status = Inspection.Status
STATES = {
    "done": "점검함",
    "in_progress": "점검 중",
    "planned": "계획함",
    "excluded": "제외",
    "not_done": "하지 못함",
    "none": "계획 없음",
}
# What still has to be done about the year.
OPEN = ("none", "not_done", "planned", "in_progress")


@dataclass(frozen=True)
class Office:
    """One row of the summary: a department and how many of its commissions are in which state."""

    name: str
    pk: int
    counts: dict

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def cells(self):
        return [self.counts.get(state, 0) for state in STATES]

    @property
    def share(self):
        """Of those that were not put aside, in hundredths; None where there are none."""
        due = self.total - self.counts.get("excluded", 0)
        return f"{100 * self.counts.get('done', 0) / due:.1f}" if due else None


def commissions(user, year):
    """Subjects to be inspected in this year, each with its `state`: the user's office's, or the city's."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    running = Agreement.objects.filter(subject=OuterRef("pk"), starts_on__lte=last, ends_on__gte=first)
    found = Subject.objects.filter(Exists(running), kind__is_commission=True, is_active=True, parent=None)
    if not (user.is_superuser or user.is_superintendent or user.is_viewer):
        found = found.filter(department=user.office) if user.office else found.none()
    return found.annotate(state=_state(year))


def _state(year):
    """The furthest of this year's inspections counts."""
    of_year = Inspection.objects.filter(subject=OuterRef("pk"), part__period__year=year)
    order = [Status.DONE, Status.IN_PROGRESS, Status.PLANNED, Status.EXCLUDED, Status.NOT_DONE]
    whens = [When(Exists(of_year.filter(status=status)), then=Value(status.value)) for status in order]
    return Case(*whens, default=Value("none"), output_field=Text())


def by_office(subjects):
    """One query for the summary, in the order of the departments."""
    rows = subjects.order_by("department__order", "department__name", "department_id")
    rows = rows.values_list("department_id", "department__name", "state").annotate(count=Count("pk"))
    offices = {}
    for pk, name, state, count in rows:
        offices.setdefault(pk, Office(name, pk, {})).counts[state] = count
    return list(offices.values())


def whole(offices):
    """The sum of the rows."""
    counts = {state: sum(office.counts.get(state, 0) for office in offices) for state in STATES}
    return Office("계", 0, counts)


def with_inspections(subjects, year):
    """The rows of a page, each with this year's furthest inspection and its contractor: two queries."""
    subjects = list(subjects)
    keys = [subject.pk for subject in subjects]
    found = Inspection.objects.filter(subject__in=keys, part__period__year=year)
    by_subject = {}
    for inspection in found.select_related("part", "status_reason").order_by("pk"):
        known = by_subject.get(inspection.subject_id)
        if known is None or _rank(inspection) <= _rank(known):
            by_subject[inspection.subject_id] = inspection
    running = Agreement.objects.filter(
        Q(starts_on__lte=dt.date(year, 12, 31), ends_on__gte=dt.date(year, 1, 1)), subject__in=keys
    )
    contractors = {
        each.subject_id: each.contractor
        for each in running.select_related("contractor").order_by("starts_on")
    }
    for subject in subjects:
        subject.inspection, subject.runner = by_subject.get(subject.pk), contractors.get(subject.pk)
        subject.state_label = STATES[subject.state]
    return subjects


def _rank(inspection):
    return list(STATES).index(inspection.status)


def days_left(year, today):
    """To the end of the year the duty runs in; 0 when it is over."""
    return max((dt.date(year, 12, 31) - today).days, 0)
