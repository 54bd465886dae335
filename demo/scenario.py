"""One inspection of the demo city, told as data, and how it is carried to where it stands.

Every step looks first whether it was taken already, so that loading again, or after a break, goes on where
it stopped. Each step calls the service that the pages call, as the person concerned, at the moment concerned.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import Department, User
from audit import clock
from contractors.models import Subject
from demo import filling
from inspections import (
    answering,
    following_up,
    outlining,
    planning,
    stages,
    targeting,
    teams,
    visiting,
    workflow,
)
from inspections.models import (
    Checklist,
    ChecklistItem,
    Finding,
    FindingType,
    Inspection,
    InspectionPeriod,
    StatusReason,
)

STAGES = ["planned", "answering", "in_progress", "done", "drafted", "in_approval", "returned", "approved"]
NAMESPACE = uuid.UUID("8a6f3c52-6f0e-4b7e-9d0c-5a1f0b2c7d11")


@dataclass(frozen=True)
class Scenario:
    key: str  # makes the ids of its lines the same each time
    subject: str
    period: str
    window: tuple[dt.date, dt.date]
    inspector: str
    planned_at: dt.datetime
    visit_on: dt.date
    until: str
    year: int = 0
    sheet: str = ""
    hours: tuple[dt.time, dt.time] | None = None
    place: str = ""
    moved_from: dt.date | None = None
    moved_because: str = ""
    colleagues: tuple[dict, ...] = ()
    sites: tuple[str, ...] = ()
    covers: dict = field(default_factory=dict)
    methods: tuple[str, ...] = ("on_site",)
    method_note: str = ""
    answers: dict = field(default_factory=dict)
    exempted: dict = field(default_factory=dict)
    results: dict = field(default_factory=dict)
    overall: tuple = ()
    suggestions: tuple = ()
    actions: tuple = ()
    photos: dict = field(default_factory=dict)
    stages: tuple[tuple[str, str, dict], ...] = ()  # (kind, organisation, what differs from all well)
    aside: tuple[str, str, str] | None = None  # (exclude | give_up, reason, note)

    def reaches(self, stage):
        return STAGES.index(self.until) >= STAGES.index(stage)


def at(day, hour=9, minute=0):
    """The moment of a day in Seoul."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=timezone.get_default_timezone())


def inspect(scenario):
    """Plan, visit, answer, write and complete, as far as the scenario goes. Returns the inspection."""
    by = User.objects.get(username=scenario.inspector)
    with clock.set_to(scenario.planned_at):
        inspection = _plan(scenario, by)
    if scenario.aside:
        _put_aside(scenario, inspection, by)
    if not scenario.reaches("answering"):
        return inspection
    with clock.set_to(at(scenario.visit_on - dt.timedelta(days=3), 10)):
        _stages(scenario, inspection, by)
    with clock.set_to(at(scenario.visit_on, 14)):
        _answer(scenario, inspection, by)
    if scenario.reaches("in_progress"):
        with clock.set_to(at(scenario.visit_on, 17)):
            _write(scenario, inspection, by)
    if scenario.reaches("done"):
        with clock.set_to(at(scenario.visit_on, 17, 30)):
            _complete(inspection, by)
    return inspection


def line_id(scenario, *names):
    return uuid.uuid5(NAMESPACE, "/".join([scenario.key, *map(str, names)]))


def _plan(scenario, by):
    period = InspectionPeriod.objects.filter(title=scenario.period).first() or _set_up(scenario, by)
    part = period.parts.get()
    subject = Subject.objects.get(name=scenario.subject)
    inspection = Inspection.objects.filter(part=part, subject=subject).first()
    if inspection is None:
        targeting.add_targets(part, [subject], by=by)
        inspection = Inspection.objects.get(part=part, subject=subject)
    if inspection.status == Inspection.Status.PLANNED:
        _prepare(scenario, inspection, by)
    return inspection


def _set_up(scenario, by):
    start, end = scenario.window
    sheet = Checklist.objects.published().filter(name=scenario.sheet).order_by("-version").first()
    part = {"starts_on": start, "ends_on": end, "checklist": sheet}
    year = scenario.year or start.year
    return planning.create_period(
        by=by, department=by.office, year=year, title=scenario.period, parts=[part], bases=filling.bases()
    )


def _prepare(scenario, inspection, by):
    if not inspection.team.exists():
        teams.add_member(inspection, by=by, user=by, role="in_charge")
        for colleague in scenario.colleagues:
            teams.add_member(inspection, by=by, **_person(colleague))
    if not inspection.visits.exists():
        _visit(scenario, inspection, by)
    plan = {"methods": list(scenario.methods), "method_note": scenario.method_note} | scenario.covers
    sites = inspection.subject.sites.filter(name__in=scenario.sites)
    is_planned = all(getattr(inspection, name) == value for name, value in plan.items())
    if not is_planned or set(sites) != set(inspection.sites.all()):
        inspection.refresh_from_db()
        planning.change_plan(inspection, by=by, version=inspection.version, sites=sites, **plan)


def _person(colleague):
    if "username" not in colleague:
        return colleague
    return {"user": User.objects.get(username=colleague["username"])}


def _visit(scenario, inspection, by):
    first = scenario.moved_from or scenario.visit_on
    daily_from, daily_to = scenario.hours or (None, None)
    visit = visiting.add_visit(
        inspection, by=by, starts_on=first, daily_from=daily_from, daily_to=daily_to, place=scenario.place
    )
    if scenario.moved_from:
        with clock.set_to(at(scenario.moved_from, 9)):
            visiting.postpone(
                visit,
                by=by,
                version=visit.version,
                starts_on=scenario.visit_on,
                reason=scenario.moved_because,
            )


def _put_aside(scenario, inspection, by):
    act, reason, note = scenario.aside
    if inspection.status == Inspection.Status.PLANNED:
        use = "excluded" if act == "exclude" else "not_done"
        status_reason, _ = StatusReason.objects.get_or_create(use=use, name=reason)
        getattr(workflow, act)(inspection, by=by, status_reason=status_reason, note=note)


def _stages(scenario, inspection, by):
    inspection.refresh_from_db()
    for kind, organisation, answers in scenario.stages:
        if inspection.is_open and not inspection.stages.filter(kind=kind).exists():
            day = scenario.visit_on - dt.timedelta(days=5)
            stage = stages.add(
                inspection, by=by, kind=kind, organisation=organisation, starts_on=day, ends_on=day
            )
            filling.answer_stage(stage, answers, by=by)


def _answer(scenario, inspection, by):
    inspection.refresh_from_db()
    if not inspection.is_open:
        return
    indicators = list(inspection.checklist.indicators.all())
    if not scenario.reaches("in_progress"):
        indicators = indicators[: len(indicators) // 2 + 1]  # still at the visit: half is answered
    exempted = set(inspection.exemptions.values_list("indicator", flat=True))
    for indicator in indicators:
        if indicator.order in scenario.exempted and indicator.pk not in exempted:
            reason = scenario.exempted[indicator.order]
            answering.exempt(inspection, indicator, by=by, reason=reason)
        elif indicator.order not in scenario.exempted:
            filling.answer(inspection, indicator, scenario.answers, by=by)
    filling.attach(inspection, scenario, by=by)


def _write(scenario, inspection, by):
    inspection.refresh_from_db()
    if not inspection.is_open:
        return
    for indicator in inspection.checklist.indicators.all():
        _lines(scenario, inspection, by, "indicator", indicator, scenario.results.get(indicator.order, ()))
    _lines(scenario, inspection, by, "overall", None, scenario.overall)
    _lines(scenario, inspection, by, "suggestion", None, scenario.suggestions)
    for number, (text, key, *rest) in enumerate(scenario.actions, 1):
        answered = [Finding.objects.get(pk=line_id(scenario, "key", key))] if key else []
        following_up.add_action(
            inspection,
            by=by,
            id=line_id(scenario, "action", number),
            text=text,
            findings=answered,
            **dict(*rest),
        )


def _lines(scenario, inspection, by, section, indicator, lines):
    after = None
    for number, (level, text, facts) in enumerate(lines, 1):
        facts, key = _facts(scenario, inspection, facts)
        names = ["key", key] if key else [section, indicator.order if indicator else 0, number]
        after = outlining.add_line(
            inspection, by=by, id=line_id(scenario, *names), section=section, indicator=indicator,
            after=after, level=level, text=text, **facts,
        )  # fmt: skip


def _facts(scenario, inspection, facts):
    """The fields of a line: names of departments and of last year's line become the rows they mean."""
    facts = dict(facts)
    key, follows = facts.pop("key", None), facts.pop("follows", None)
    if department := facts.pop("department", None):
        facts["department"] = Department.objects.get(name=department)
    if finding_type := facts.pop("type", None):
        facts["finding_type"] = FindingType.objects.get(name=finding_type)
    if codes := facts.pop("codes", None):
        items = ChecklistItem.objects.filter(indicator__checklist=inspection.checklist_id, code__in=codes)
        facts["items"] = list(items)
    if follows and inspection.previous_id:
        faults = Finding.objects.filter(inspection=inspection.previous_id, kind=Finding.Kind.FAULT)
        facts["previous"] = faults.first()
    return facts, key


def _complete(inspection, by):
    inspection.refresh_from_db()
    if inspection.status == Inspection.Status.IN_PROGRESS:
        workflow.complete(inspection, by=by)
