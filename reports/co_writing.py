"""함께 쓰기: the drafter lets others of the inspection write in his draft; each sees where the others are.

A line is saved alone and by its version, whoever writes it; so two at one line get both texts to choose from.
Only the drafter sends the paper or throws it away, and whoever wrote in it does not sign it.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from accounts.models import Department, Role
from audit.recording import record
from inspections import presence
from inspections.workflow import TransitionError
from reports import notices, permissions
from reports.drafting import lock_draft
from reports.models import PaperPresence


@transaction.atomic
def choose(document, users, *, by):
    """From now on these may write in it, too; whoever is not among them no more."""
    document = lock_draft(document, by)
    if not permissions.is_drafter(by, document):
        raise PermissionDenied("기안자만 함께 쓸 사람을 정할 수 있습니다.")
    for user in users:
        if not can_be_chosen(document, user):
            raise TransitionError(f"{user}: 이 점검을 볼 수 있는 점검자만 함께 쓸 수 있습니다.")
    before = list(document.writers.all())
    document.writers.set(users)
    if set(before) == set(users):
        return
    told = {"before": sorted(map(str, before)), "after": sorted(map(str, users))}
    record("choose_writers", document, by=by, **told)
    for user in set(users) - set(before):
        notices.asked_to_write(document, user)


def candidates(document, people):
    """Of these people those of its office and of its team who may write in it, in their order."""
    office = Department.objects.below(document.department)
    team = [user.pk for user in permissions.team_of(document)]
    near = people.filter(Q(department__in=office) | Q(pk__in=team)).select_related("department__parent")
    inspections = list(document.inspections.all())
    return [user for user in near if _may_write(document, user, inspections)]


def can_be_chosen(document, user):
    return _may_write(document, user, list(document.inspections.all()))


def _may_write(document, user, inspections):
    if user.pk == document.drafter_id or not user.is_active or user.role != Role.INSPECTOR:
        return False
    return all(permissions.can_draft_for(user, inspection) for inspection in inspections)


def here(document, *, by, line):
    """Note that `by` is at `line` (the id of a block, or empty); who else is there. Two queries."""
    return presence.note(PaperPresence, by=by, line=line, document=document)


def versions(document):
    """{line id: version} of the lines as they are: what a page compares its own with."""
    rows = document.blocks.filter(is_removed=False).values_list("pk", "version")
    return {str(pk): version for pk, version in rows}
