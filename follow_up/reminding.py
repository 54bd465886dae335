"""기한 알림: who is reminded of what, and the mail that gathers it.

`remind` makes the rows, each occasion once (unique constraints); `send_digests` mails what no mail told yet,
one mail a person. Both are safe to run as often as one likes, and at once.
"""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import Role, User
from audit import clock
from deadlines.counting import days_told, occasion
from follow_up.models import Disposition, PaperItem, Reminder, ReminderSetting
from inspections.models import Action, Inspection, Stage

logger = logging.getLogger(__name__)
MONDAY = 0
BATCH = 500
WHAT = {"action": "조치", "disposition": "의견제출", "inspection": "자료 제출·자체점검"}
Frequency = ReminderSetting.Frequency
FOOT = (
    "내용은 메일에 적지 않습니다. 로그인해서 확인해 주세요.\n"
    "메일을 받는 때는 [기한 알림]에서 바꿀 수 있습니다."
)


@dataclass(frozen=True)
class People:
    """Users by what they answer for, asked once for a run."""

    by_contractor: dict
    inspectors: dict  # office → its inspectors
    leads: dict  # department → its approvers

    @classmethod
    def now(cls):
        people = cls({}, {}, {})
        active = User.objects.filter(is_active=True)
        for user in active.filter(role=Role.CONTRACTOR).select_related("contractor_user"):
            if hasattr(user, "contractor_user"):
                people.by_contractor.setdefault(user.contractor_user.contractor_id, []).append(user)
        for user in active.filter(role__in=[Role.INSPECTOR, Role.APPROVER]).select_related(
            "department__parent"
        ):
            if user.role == Role.INSPECTOR and user.office:
                people.inspectors.setdefault(user.office.pk, []).append(user)
            elif user.role == Role.APPROVER:
                people.leads.setdefault(user.department_id, []).append(user)
        return people


def remind():
    """Make what is due today; returns how many are new."""
    people, today = People.now(), clock.today()
    made = 0
    for action in _actions(today).iterator(BATCH):
        made += _make(action, action.due_on, today, _of_action(action, people, today), action=action)
    for disposition in _dispositions(today):
        due_on = disposition.procedure.opinion_due_on
        made += _make(
            disposition, due_on, today, _of_disposition(disposition, people), disposition=disposition
        )
    for (inspection, due_on), contractors in _asked().items():
        users = [user for pk in contractors for user in people.by_contractor.get(pk, ())]
        made += _make(inspection.subject, due_on, today, users, inspection=inspection)
    return made


def _asked():
    """(inspection, day) of papers and own checks that a contractor still owes → its contractors."""
    found = {}
    items = PaperItem.objects.waiting().filter(due_on__isnull=False, inspection__status__in=Inspection.OPEN)
    stages = Stage.objects.filter(
        kind=Stage.Kind.SELF, submitted_at=None, ends_on__isnull=False, inspection__status__in=Inspection.OPEN
    )
    related = ["inspection__subject", "inspection__agreement__contractor"]
    for thing in [*items.select_related(*related), *stages.select_related(*related)]:
        due_on = thing.due_on if isinstance(thing, PaperItem) else thing.ends_on
        contractors = [each.pk for each in thing.inspection.contractors]
        found.setdefault((thing.inspection, due_on), set()).update(contractors)
    return found


def _actions(today):
    waiting = Action.objects.waiting_for_owner(today).filter(
        due_on__isnull=False, inspection__status=Inspection.Status.DONE
    )
    return waiting.select_related("in_charge__department", "inspection__completed_by__department")


def _dispositions(today):
    """Opinions are awaited until their day, not after."""
    rows = Disposition.objects.filter(
        status=Disposition.Status.NOTIFIED, opinions=None, procedure__opinion_due_on__gte=today
    )
    return rows.select_related("procedure", "disposition_type", "inspection__completed_by")


def _of_action(action, people, today):
    """The owner's people, the official; his lead when it is late."""
    if action.owner == Action.Owner.CONTRACTOR and action.told_on:
        yield from people.by_contractor.get(action.contractor_id, ())
    if action.owner == Action.Owner.OTHER:
        yield from people.inspectors.get(action.department_id, ())
    official = action.in_charge or action.inspection.completed_by
    if official is not None and official.is_active:
        yield official
        if action.due_on < today:
            yield from people.leads.get(official.department_id, ())


def _of_disposition(disposition, people):
    yield from people.by_contractor.get(disposition.contractor_id, ())
    if (official := disposition.inspection.completed_by) is not None and official.is_active:
        yield official


def _make(about, due_on, today, people, **thing):
    if not (when := occasion(due_on, today)):
        return 0
    text = f"{WHAT[next(iter(thing))]} 기한 {days_told(due_on, today)}: {about}"[:200]
    rows = [
        Reminder(user=user, due_on=due_on, occasion=when, text=text, made_at=clock.now(), **thing)
        for user in dict.fromkeys(people)
    ]
    known = set(Reminder.objects.filter(**thing, due_on=due_on, occasion=when).values_list("user", flat=True))
    new = [row for row in rows if row.user_id not in known]
    Reminder.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def send_digests():
    """One mail to each person for all that no mail told yet; returns how many went out."""
    waiting = Reminder.objects.filter(mailed_at=None).values_list("user", flat=True).distinct()
    people = (
        User.objects.filter(pk__in=waiting, is_active=True)
        .exclude(email="")
        .select_related("reminder_setting")
    )
    return sum(_send_to(user) for user in people.order_by("pk") if _wants_mail_today(user))


def _wants_mail_today(user):
    setting = getattr(user, "reminder_setting", None)
    frequency = setting.frequency if setting else Frequency.DAILY
    return frequency == Frequency.DAILY or (
        frequency == Frequency.WEEKLY and clock.today().weekday() == MONDAY
    )


def _send_to(user):
    """The rows stay locked while the mail goes out: a second run skips them, a failure leaves them."""
    try:
        with transaction.atomic():
            rows = list(_locked(user))
            if not rows:
                return False
            send_mail(_subject(rows), _body(user, rows), None, [user.email])
            Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=clock.now())
    except OSError:
        logger.exception("A digest could not be sent; the next run tries again.")
        return False
    return True


def _locked(user):
    """Without what was settled meanwhile: that is marked as told, so that nobody hears of it."""
    rows = Reminder.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        user=user, mailed_at=None
    )
    settled = Q(action__status__in=Action.CLOSED) | Q(action__status=Action.Status.REPORTED)
    rows.filter(settled).update(mailed_at=clock.now())
    return rows.exclude(settled).select_related("action", "disposition", "inspection")


def _subject(rows):
    return f"[살핌] 기한 알림 {len(rows)}건"


def _body(user, rows):
    """Counts and a link, never what is demanded."""
    late = sum(row.occasion.startswith("late") for row in rows)
    told = [
        f"기한이 지난 것 {late}건" if late else "",
        f"기한이 다가온 것 {len(rows) - late}건" if late < len(rows) else "",
    ]
    address = settings.SITE_URL + reverse("portal:home" if user.is_contractor else "home")
    return f"{', '.join(filter(None, told))}이 있습니다.\n\n{address}\n\n{FOOT}\n"


def unread(user):
    return user.reminders.filter(read_at=None).select_related("action", "disposition", "inspection")


def read(user, **thing):
    """He has it before him."""
    user.reminders.filter(read_at=None, **thing).update(read_at=clock.now())
