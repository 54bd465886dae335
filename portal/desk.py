"""지금 할 일 of a contractor: letters to open, demands to answer, opinions to give, papers to send."""

from dataclasses import dataclass

from django.urls import reverse

from audit import clock
from deadlines.counting import days_told
from follow_up.models import Disposition, Opinion, PaperItem
from inspections.models import Action, Inspection, Stage
from notation.dates import long_date
from reports import delivering


@dataclass(frozen=True)
class Task:
    """One line of 지금 할 일; `due_on` None is sorted last."""

    kind: str
    text: str
    url: str
    due_on: object = None
    is_late: bool = False

    @property
    def due(self):
        if self.due_on is None:
            return ""
        return f"{long_date(self.due_on, with_weekday=True)} {days_told(self.due_on, clock.today())}"


def tasks(user, contractor):
    """What waits for this contractor, the most urgent first: six queries."""
    found = [
        *_letters(contractor), *_papers(user), *_opinions(user), *_actions(user), *_self_checks(contractor),
    ]  # fmt: skip
    return sorted(found, key=lambda task: (task.due_on is None, task.due_on or clock.today()))


def _letters(contractor):
    for document in unread(contractor):
        url = reverse("portal:letter", args=[document.pk])
        yield Task("새 문서", str(document), url, document.approved_on)


def unread(contractor):
    return (
        delivering.letters_to(contractor)
        .exclude(receipts__contractor=contractor)
        .order_by("approved_on", "pk")
    )


def _papers(user):
    """One task for each inspection that papers are asked for."""
    waiting = PaperItem.objects.visible_to(user).waiting().select_related("inspection__subject")
    by_inspection = {}
    for item in waiting.filter(inspection__status__in=Inspection.OPEN):
        by_inspection.setdefault(item.inspection, []).append(item)
    for inspection, items in by_inspection.items():
        days = [item.due_on for item in items if item.due_on]
        due_on = min(days, default=None)
        url = reverse("portal:papers", args=[inspection.pk])
        is_late = bool(due_on and due_on < clock.today())
        yield Task("자료 제출", f"{inspection.subject} 자료 {len(items)}건", url, due_on, is_late)


def _actions(user):
    today = clock.today()
    waiting = Action.objects.visible_to(user).waiting_for_owner(today).filter(inspection__status="done")
    for action in waiting.order_by("due_on", "pk"):
        kind = "보완 요구" if action.status == Action.Status.REWORK else "조치결과"
        url = reverse("portal:action", args=[action.pk])
        yield Task(kind, action.text, url, action.due_on, action.is_late(today))


def _opinions(user):
    """Announced dispositions on which nothing was said through the portal yet."""
    said = Opinion.objects.filter(source=Opinion.Source.PORTAL).values("disposition")
    waiting = (
        Disposition.objects.visible_to(user).filter(status=Disposition.Status.NOTIFIED).exclude(pk__in=said)
    )
    for each in waiting.select_related("disposition_type", "procedure"):
        due_on = each.procedure.opinion_due_on
        url = reverse("portal:opinion", args=[each.pk])
        yield Task(
            "의견제출", f"{each.disposition_type} 처분에 대한 의견", url, due_on, due_on < clock.today()
        )


def _self_checks(contractor):
    waiting = Stage.objects.to_be_filled_by(contractor)
    for stage in waiting.select_related("inspection__subject", "inspection__part__period"):
        url = reverse("portal:self_check", args=[stage.inspection_id])
        is_late = bool(stage.ends_on and stage.ends_on < clock.today())
        yield Task("자체점검", str(stage.inspection), url, stage.ends_on, is_late)
