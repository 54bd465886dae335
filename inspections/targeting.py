"""Which subjects of the register belong into a period: who is due, who was inspected lately, and by whom."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from audit.recording import record
from contractors.models import Agreement, Subject
from inspections import permissions
from inspections.models import Inspection, PeriodPart
from inspections.models.period import DatePrecision
from inspections.snapshots import snapshot
from inspections.workflow import TransitionError

Status = Inspection.Status
JOINT = "joint"


@dataclass
class Recent:
    """A visit of the last twelve months, and why it may be the same matter (행정조사기본법 제15조)."""

    inspection: Inspection
    clash: str

    @property
    def is_clash(self):
        return bool(self.clash)


@dataclass
class Candidate:
    """A subject as the page of choice shows it."""

    subject: Subject
    is_due: bool
    is_in_part: bool
    agreements: list = field(default_factory=list)
    last: Inspection | None = None
    recent: list = field(default_factory=list)

    @property
    def clashes(self):
        """Another office was there, or this subject already this year (행정조사기본법 제15조)."""
        return [one for one in self.recent if one.is_clash]


def subjects_for(part):
    """Subjects in use, each with `is_due`: a commission under agreement that nobody inspected this year."""
    running = Agreement.objects.filter(_runs_in(part), subject=OuterRef("pk"))
    inspected = Inspection.objects.filter(
        subject=OuterRef("pk"),
        part__period__year=part.period.year,
        status__in=[Status.IN_PROGRESS, Status.DONE],
    )
    subjects = Subject.objects.filter(is_active=True).select_related("kind", "parent", "department")
    due = Q(kind__is_commission=True) & Exists(running) & ~Exists(inspected)
    return subjects.annotate(is_due=due).order_by("sort_key", "pk")


def candidates(part, subjects):
    """What is known of each of these subjects, in five queries however many they are."""
    subjects = list(subjects)
    agreements = running_agreements(part, subjects)
    last = _last_inspections(subjects)
    inside = set(part.inspections.values_list("subject_id", flat=True))
    recent = _recent_inspections(part, {one.contractor_id for found in agreements.values() for one in found})
    return [
        Candidate(
            subject=subject,
            is_due=subject.is_due,
            is_in_part=subject.pk in inside,
            agreements=agreements[subject.pk],
            last=last.get(subject.pk),
            recent=_of_contractors(recent, agreements[subject.pk], subject, part),
        )
        for subject in subjects
    ]


def running_agreements(part, subjects):
    """Subject → its agreements that run in the part's dates; a site without its own has its parent's."""
    holders = {subject.pk for subject in subjects} | {subject.parent_id for subject in subjects}
    running = Agreement.objects.filter(_runs_in(part), subject__in=holders - {None})
    by_holder = defaultdict(list)
    for agreement in running.select_related("contractor", "subject").order_by("-starts_on", "pk"):
        by_holder[agreement.subject_id].append(agreement)
    return {subject.pk: by_holder[subject.pk] or by_holder[subject.parent_id] for subject in subjects}


def recent_visits(inspection):
    """What any office visited at the contractors of a planned inspection in the twelve months before it."""
    contractors = {contractor.pk for contractor in inspection.contractors}
    recent = _recent_inspections(inspection.part, contractors).exclude(pk=inspection.pk)
    return [_marked(one, inspection.subject, inspection.part, inspection.checklist) for one in recent]


@transaction.atomic
def add_targets(part, subjects, *, by, agreements=None):
    """Plan an inspection for each subject that is not in the part yet. Returns the new ones.

    The agreement is the one that runs; where several run, `agreements` (subject's pk → list) says which:
    the first is the inspection's own, the others are those of joint contractors.
    """
    part = PeriodPart.objects.select_for_update(of=("self",)).select_related("period").get(pk=part.pk)
    if not permissions.can_change_period(by, part.period):
        raise PermissionDenied
    inside = set(part.inspections.values_list("subject_id", flat=True))
    new = [subject for subject in subjects if subject.pk not in inside]
    running, last = running_agreements(part, new), _last_inspections(new)
    return [
        _add(part, subject, _chosen(subject, running[subject.pk], agreements), last.get(subject.pk), by)
        for subject in new
    ]


def _chosen(subject, running, agreements):
    chosen = (agreements or {}).get(subject.pk, running[:1])
    if any(agreement not in running for agreement in chosen):
        raise TransitionError(f"점검 기간에 유효하지 않은 협약입니다: {subject}")
    return chosen


def _add(part, subject, agreements, previous, by):
    own, *joint = agreements or [None]
    inspection = Inspection.objects.create(
        part=part,
        subject=subject,
        agreement=own,
        department=part.period.department,
        checklist=part.checklist,
        previous=previous,
        covers_from=date(part.period.year, 1, 1),
        covers_to=max(part.ends_on, date(part.period.year, 1, 1)),
        covers_precision=DatePrecision.MONTH,
        covers_to_present=True,
        methods=[Inspection.Method.ON_SITE],
    )
    inspection.joint_agreements.set(joint)
    record("plan", inspection, by=by, plan=snapshot(inspection), joint=[str(one) for one in joint])
    return inspection


def _runs_in(part):
    return Q(starts_on__lte=part.ends_on, ends_on__gte=part.starts_on)


def _last_inspections(subjects):
    """Subject's pk → its latest completed inspection, by whomever, with `visited_on`."""
    done = Inspection.objects.filter(subject__in=subjects, status=Status.DONE)
    rows = _with_visit_dates(done).order_by("part__period__year", "pk")
    return {inspection.subject_id: inspection for inspection in rows}


def _recent_inspections(part, contractors):
    """Visits to these contractors in the twelve months before the part ends, whichever office made them."""
    year_before = _a_year_before(part.starts_on)
    theirs = Q(agreement__contractor__in=contractors) | Q(joint_agreements__contractor__in=contractors)
    rows = _with_visit_dates(Inspection.objects.active().filter(theirs).exclude(part=part))
    rows = rows.filter(last_visit_on__gte=year_before, last_visit_on__lte=part.ends_on)
    return rows.prefetch_related("joint_agreements").order_by("-last_visit_on", "pk").distinct()


def _with_visit_dates(inspections):
    visits = Max("visits__ends_on", filter=Q(visits__withdrawn_at=None))
    related = inspections.select_related("part__period", "subject", "department", "agreement", "checklist")
    return related.annotate(last_visit_on=visits)


def _of_contractors(recent, agreements, subject, part):
    contractors = {agreement.contractor_id for agreement in agreements}
    found = []
    for one in recent:
        theirs = {one.agreement, *one.joint_agreements.all()} - {None}
        if contractors & {agreement.contractor_id for agreement in theirs}:
            found.append(_marked(one, subject, part, part.checklist))
    return found


def _marked(inspection, subject, part, checklist):
    reasons = {
        "올해 이미 한 점검대상": inspection.subject_id == subject.pk
        and inspection.part.period.year == part.period.year,
        "같은 점검표": checklist and inspection.checklist and inspection.checklist.name == checklist.name
        and inspection.part.period.year == part.period.year,
        "다른 부서 점검": inspection.department_id != part.period.department_id,
    }  # fmt: skip
    return Recent(inspection, ", ".join(reason for reason, holds in reasons.items() if holds))


def _a_year_before(day):
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
