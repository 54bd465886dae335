"""내 업무: what waits for a user, and what he has to do with today."""

import datetime as dt

from django.db.models import Count, Q

from audit import clock
from audit.models import Event
from contractors.models import Subject
from follow_up import duty
from inspections.models import Action, Inspection, TeamMember, Visit
from reports import box, disclosing
from reports.models import Document

SOON = dt.timedelta(days=7)
SHOWN = 10
Status = Inspection.Status


def my_inspections(user):
    """What a user answers for: his own inspections and those of his office; 총괄 and 열람자 see all."""
    return Inspection.objects.visible_to(user)


def overdue_actions(user):
    return _actions(user).overdue(clock.today()).order_by("due_on")


def due_soon(user):
    today = clock.today()
    waiting = _actions(user).waiting_for_owner(today)
    return waiting.filter(due_on__gte=today, due_on__lte=today + SOON).order_by("due_on")


def reported_actions(user):
    """Reported by their owner, to be verified by us; objections, to be decided."""
    return _actions(user).filter(status__in=[Action.Status.REPORTED, Action.Status.OBJECTED])


def overdue_inspections(user):
    """Not finished although their time is over."""
    late = Q(status__in=Inspection.OPEN, part__ends_on__lt=clock.today())
    return (
        my_inspections(user).filter(late).select_related("subject", "part__period").order_by("part__ends_on")
    )


def visits_today(user):
    today = clock.today()
    return visits(user).filter(starts_on__lte=today, ends_on__gte=today)


def visits_this_week(user):
    """From today to Sunday; at the weekend those of the week to come, too."""
    today = clock.today()
    days_left = 6 - today.weekday()
    last = today + dt.timedelta(days=days_left if days_left > 1 else days_left + 7)
    return visits(user).filter(starts_on__lte=last, ends_on__gte=today)


def visits(user):
    live = Visit.objects.filter(withdrawn_at=None, inspection__status__in=Inspection.OPEN)
    mine = live.filter(inspection__in=my_inspections(user))
    if not (user.is_superintendent or user.is_viewer):
        going = TeamMember.objects.filter(user=user).values("inspection")
        mine = mine.filter(Q(inspection__department=user.office) | Q(inspection__in=going))
    related = mine.select_related(
        "inspection__subject", "inspection__part__period", "inspection__agreement__contractor"
    )
    return related.order_by("starts_on", "daily_from", "pk")


def with_progress(visits):
    """Each visit with how many of its items are answered: two queries for the whole list."""
    visits = list(visits)
    pks = {visit.inspection_id for visit in visits}
    inspections = Inspection.objects.filter(pk__in=pks)
    items = dict(inspections.values_list("pk").annotate(Count("checklist__indicators__items")))
    answers = dict(inspections.values_list("pk").annotate(Count("answers")))
    for visit in visits:
        visit.items, visit.answered = items[visit.inspection_id], answers[visit.inspection_id]
    return visits


def drafts(user):
    """His own, those he writes in, and those that he is correcting in the midst of their approval."""
    his_own = Q(corrector=None) | Q(corrector__is_active=False)
    shared = Q(pk__in=Document.objects.filter(writers=user, corrector=None).values("pk"))
    writing = Q(drafter=user) & his_own | Q(corrector=user) | shared
    return Document.objects.filter(writing, status=Document.Status.DRAFT)


def not_inspected_this_year(user):
    """Commissions that have to be inspected every year and are not planned: the office's, for 총괄 all."""
    if not (user.office or user.is_superintendent):
        return Subject.objects.none()
    waiting = duty.commissions(user, clock.today().year).filter(state="none")
    return waiting.select_related("department").order_by("sort_key", "pk")


def duty_bar(user):
    """점검 완료 n / 대상 m of the year, over the whole city."""
    done = Q(state="done")
    return duty.commissions(user, clock.today().year).aggregate(
        total=Count("pk"), done=Count("pk", filter=done)
    )


def notices(user):
    """What was told to him and is not read, the newest first."""
    return user.notices.filter(read_at=None).select_related("document")


def to_look_at_again(user):
    """What is kept from citizens and whose day has come again: (papers, attachments, marks)."""
    today = clock.today()
    papers, attachments = (
        [each for each in found(user, today)[:SHOWN] if disclosing.next_look(each) <= today]
        for found in (disclosing.documents_to_review, disclosing.attachments_to_review)
    )
    return papers, attachments, disclosing.marks_to_review(user, today).filter(review_on__lte=today)[:SHOWN]


def recent(user):
    """The papers he looked at and the inspections he worked on last, newest first."""
    events = Event.objects.filter(actor=user).order_by("-pk")
    about = Q(action="view", object_type="document") | Q(chain__startswith="inspection:")
    chains = list(dict.fromkeys(events.filter(about).values_list("chain", flat=True)[:80]))[:5]
    seen = [(kind, int(pk)) for kind, pk in (chain.split(":") for chain in chains)]
    found = {
        ("document", paper.pk): paper
        for paper in Document.objects.visible_to(user).filter(pk__in=_pks(seen, "document"))
    }
    inspections = Inspection.objects.visible_to(user).filter(pk__in=_pks(seen, "inspection"))
    for inspection in inspections.select_related("subject", "part__period"):
        found["inspection", inspection.pk] = inspection
    return [found[key] for key in seen if key in found]


def _pks(seen, wanted):
    return [pk for kind, pk in seen if kind == wanted]


def waiting(waiting_for):
    """The papers that wait for his signature, with when they were sent."""
    documents = Document.objects.filter(pk__in=[*waiting_for["todo"], *waiting_for["concur"]])
    return box.with_lines(documents.select_related("drafter")[:SHOWN])


def counts(user, waiting_for):
    return {
        "overdue": overdue_actions(user).count() + overdue_inspections(user).count(),
        "today": visits_today(user).count(),
        "waiting": sum(map(len, waiting_for.values())),
        "returned": box.returned_to(user).count(),
        "to_verify": reported_actions(user).count(),
    }


def _actions(user):
    return Action.objects.filter(inspection__in=my_inspections(user)).select_related("inspection__subject")
