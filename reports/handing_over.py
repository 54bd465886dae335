"""인수인계: another person takes over what somebody is in charge of, all of it in one act.

What goes over: open actions, drafts, and the place of the person in charge in inspections not done yet.
What was signed or done stays with whoever did it; a signature that waits for him is given to another by
rerouting.replace, paper by paper, since each line of approval has rules of its own.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit import clock
from audit.recording import record
from inspections.models import Action, Inspection, TeamMember
from inspections.workflow import TransitionError, given
from reports.models import Document


@dataclass(frozen=True)
class Held:
    """What one person holds; the counts are told before it goes over and after."""

    actions: list
    drafts: list
    places: list

    def __bool__(self):
        return bool(self.actions or self.drafts or self.places)

    @property
    def told(self):
        parts = [
            (len(self.actions), "조치"),
            (len(self.drafts), "작성 중인 문서"),
            (len(self.places), "점검 담당"),
        ]
        return ", ".join(f"{word} {count}건" for count, word in parts if count) or "넘길 것 없음"


def held(user):
    """Three queries."""
    actions = Action.objects.open(clock.today()).filter(in_charge=user)
    drafts = Document.objects.filter(drafter=user, status=Document.Status.DRAFT)
    places = TeamMember.objects.filter(
        user=user, role=TeamMember.Role.IN_CHARGE, inspection__status__in=Inspection.OPEN
    )
    related = ["inspection__subject", "inspection__part__period"]
    return Held(list(actions.select_related(*related)), list(drafts), list(places.select_related(*related)))


def can_hand_over(by, giver):
    """총괄, the person himself, and the leads of his office."""
    if by.is_superuser or by.is_superintendent:
        return True
    return by == giver or (by.is_approver and by.office is not None and by.office == giver.office)


@transaction.atomic
def hand_over(giver, taker, *, by, reason):
    """Returns what went over. Said again, nothing is left to go."""
    giver, taker = _locked(giver, taker)
    _check(giver, taker, by)
    reason, found = given(reason), held(giver)
    if not found:
        raise TransitionError(f"{giver.name}님이 맡고 있는 것이 없습니다.")
    Action.objects.filter(pk__in=[each.pk for each in found.actions]).update(
        in_charge=taker, version=F("version") + 1
    )
    Document.objects.filter(pk__in=[each.pk for each in found.drafts]).update(drafter=taker)
    for place in found.places:
        _take_place(place, taker)
    for thing in [*found.actions, *found.drafts, *(place.inspection for place in found.places)]:
        chain = thing.inspection if isinstance(thing, Action) else thing
        record("hand_over", thing, by=by, chain=chain, old=str(giver), new=str(taker), reason=reason)
    return found


def _locked(giver, taker):
    """In one order, so that two who hand over to each other do not wait for ever."""
    users = User.objects.select_for_update(of=("self",)).filter(pk__in=[giver.pk, taker.pk])
    people = {user.pk: user for user in users.select_related("department__parent").order_by("pk")}
    return people[giver.pk], people[taker.pk]


def _check(giver, taker, by):
    if not can_hand_over(by, giver):
        raise PermissionDenied
    if giver == taker:
        raise TransitionError("다른 사람을 골라 주세요.")
    if not taker.is_active or not (taker.is_inspector or taker.is_approver):
        raise TransitionError("맡을 수 없는 사람입니다. 점검자나 결재자를 골라 주세요.")
    if taker.office is None or taker.office != giver.office:
        raise TransitionError("같은 처리과의 사람에게만 넘길 수 있습니다.")


def _take_place(place, taker):
    """Whoever goes along already becomes the one in charge; the place before is given up."""
    mine = TeamMember.objects.filter(inspection=place.inspection_id, user=taker).first()
    if mine:
        mine.role = TeamMember.Role.IN_CHARGE
        mine.save(update_fields=["role"])
        place.delete()
        return
    place.user, place.name = taker, taker.name
    place.position = taker.position or taker.rank
    place.organisation = str(taker.department or "")
    place.save(update_fields=["user", "name", "position", "organisation"])
