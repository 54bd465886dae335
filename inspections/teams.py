"""점검자: who goes. Officials by their account, people from outside by name, or a mere number of them."""

from django.db import transaction
from django.db.models import Max

from audit.recording import record
from inspections.models import TeamMember
from inspections.snapshots import snapshot
from inspections.workflow import TransitionError, lock_open

MEMBER_FIELDS = ["user", "name", "position", "organisation", "squad", "role", "headcount"]


@transaction.atomic
def add_member(inspection, *, by, user=None, **fields):
    """`fields`: name, position, organisation, squad, role, headcount."""
    inspection = lock_open(inspection, by)
    if user and inspection.team.filter(user=user).exists():
        raise TransitionError(f"이미 점검자로 들어 있습니다: {user}")
    last = inspection.team.aggregate(last=Max("order"))["last"] or 0
    member = TeamMember(inspection=inspection, user=user, order=last + 1, **fields)
    _check(member)
    member.save(force_insert=True)
    record("add_member", member, by=by, chain=inspection, member=snapshot(member))
    return member


@transaction.atomic
def remove_member(member, *, by):
    inspection = lock_open(member.inspection, by)
    record("remove_member", member, by=by, chain=inspection, was=snapshot(member))
    member.delete()


@transaction.atomic
def move_member(member, *, by, up):
    """One place up or down in the order in which the report names them."""
    inspection = lock_open(member.inspection, by)
    team = list(inspection.team.all())
    at = team.index(member)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(team):
        return
    team[at], team[to] = team[to], team[at]
    for order, one in enumerate(team, start=1):
        one.order = order
    TeamMember.objects.bulk_update(team, ["order"])
    record("move_member", member, by=by, chain=inspection, order=[str(one) for one in team])


@transaction.atomic
def copy_team(inspection, *, by):
    """Give the same team to the planned inspections of this part that have none. Returns how many."""
    source = list(lock_open(inspection, by).team.all())
    if not source:
        raise TransitionError("넣을 점검자가 없습니다. 점검자를 먼저 더해 주세요.")
    others = type(inspection).objects.filter(part=inspection.part_id, status="planned", team=None)
    for other in others:
        for member in source:
            fields = {name: getattr(member, name) for name in MEMBER_FIELDS}
            add_member(other, by=by, **fields)
    return len(others)


def _check(member):
    """An official's name, post and office are copied: the report names them as they were."""
    if member.user:
        member.name = member.name or member.user.name
        member.position = member.position or member.user.position or member.user.rank
        member.organisation = member.organisation or str(member.user.department or "")
        if not member.user.is_active or member.user.is_contractor:
            raise TransitionError(f"점검자로 넣을 수 없는 사용자입니다: {member.user}")
    if not (member.name or member.organisation):
        raise TransitionError("직원을 고르거나 이름 또는 소속을 적어 주세요.")
    if member.headcount < 1 or (member.headcount > 1 and member.name):
        raise TransitionError("이름이 있는 점검자는 한 사람입니다. 인원만 적을 때는 이름을 비웁니다.")
