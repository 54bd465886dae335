"""점검자 as a report writes them: `소비자보호팀 2인 (담당자 외 1인)`. Names of officials are not printed."""

from inspections.models import TeamMember


def groups(inspection):
    """One text per squad and organisation, in the order of the team."""
    found = {}
    for member in inspection.team.all():
        found.setdefault((member.squad, organisation(member), _post(member)), []).append(member)
    return [_told(squad, name, post, members) for (squad, name, post), members in found.items()]


def total(inspection):
    return sum(member.headcount for member in inspection.team.all())


def organisation(member):
    if member.organisation:
        return member.organisation
    return str(member.user.department or "") if member.user_id else ""


def _post(member):
    """Outside experts are told apart by what they are: 회계사, 노무사."""
    return member.position if member.role == TeamMember.Role.EXPERT else ""


def _told(squad, name, post, members):
    count = sum(member.headcount for member in members)
    words = [f"{squad}:" if squad else "", name, post, f"{count}인", _in_charge(members, count)]
    return " ".join(filter(None, words))


def _in_charge(members, count):
    leads = {member.role for member in members}
    for role, word in ((TeamMember.Role.IN_CHARGE, "담당자"), (TeamMember.Role.LEAD, "점검반장")):
        if role in leads:
            return f"({word} 외 {count - 1}인)" if count > 1 else f"({word})"
    return ""
