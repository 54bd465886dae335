"""결재선: who signs a paper after its drafter, as proposed from the offices and checked before it is sent."""

from django.db.models import F, Q

from accounts.models import Department, Role, User
from inspections.workflow import TransitionError
from notation.particles import with_particle
from reports import permissions
from reports.models import ApprovalStep, DecisionRule

Act = ApprovalStep.Act
Level = DecisionRule.Level
MOST_SIGNERS, MOST_CONCURRING = 6, 8  # the drafter is one of the signers


def proposed(document):
    """[(act, user), …] after the drafter: his lead reviews, the one with the power to decide decides.

    That is the head of the office, unless a rule of 전결 says the lead of the team or the head of the bureau.
    """
    team, office = document.drafter.department, document.department
    chain = [None if team == office else team, office, office.bureau]
    *below, deciding = chain[: 1 + _rank(level_of(document) or Level.OFFICE)]
    heads = [user for user in _approvers(deciding) if user.pk != document.drafter_id][:1]
    taken = {user.pk for user in heads} | {document.drafter_id}
    reviewing = [user for department in below for user in _approvers(department) if user.pk not in taken]
    return [(Act.REVIEW, user) for user in reviewing] + [(Act.APPROVE, user) for user in heads]


def level_of(document):
    """전결: the level that decides this kind of paper, by the rule of the office or of the city; or None."""
    rules = DecisionRule.objects.filter(kind=document.kind)
    rules = rules.filter(Q(department=document.department) | Q(department=None))
    rule = rules.order_by(F("department").asc(nulls_last=True)).first()
    return rule and Level(rule.level)


def can_still_sign(document, act, user):
    """Whether he could be put into the line today."""
    try:
        _check_person(document, act, user)
    except TransitionError:
        return False
    return True


def is_delegated(document, user):
    """Whether this user decides by 전결: he stands at the very level that the rule names."""
    return level_of(document) is not None and _rank_of(user) == _rank(level_of(document))


def _rank(level):
    return list(Level).index(level)


def _rank_of(user):
    return list(Level.values).index(user.department.kind)


def candidates(document):
    """Everybody who may be put into a line: one's own people first, then the other departments'."""
    people = User.objects.filter(is_active=True, role__in=permissions.SIGNERS).exclude(pk=document.drafter_id)
    own = set(Department.objects.below(document.department).values_list("pk", flat=True))

    def nearness(user):
        department = user.department
        return (
            user.department_id not in own,
            department.order if department else 0,
            user.department_id or 0,
            user.name,
        )

    return sorted(people.select_related("department__parent"), key=nearness)


def check(document, line):
    """Refuse a line that nobody could sign; the message says what to change."""
    acts = [act for act, _ in line]
    people = [user.pk for _, user in line]
    if acts.count(Act.APPROVE) != 1 or acts[-1] != Act.APPROVE:
        raise TransitionError("결재자를 마지막에 한 사람 두어야 합니다.")
    if acts.count(Act.CONCUR) > MOST_CONCURRING:
        raise TransitionError(f"협조는 {MOST_CONCURRING}명까지 둘 수 있습니다.")
    if len(acts) - acts.count(Act.CONCUR) + 1 > MOST_SIGNERS:
        raise TransitionError(f"기안자부터 결재자까지 {MOST_SIGNERS}명을 넘을 수 없습니다.")
    if document.drafter_id in people:
        raise TransitionError("기안자는 검토·협조·결재를 할 수 없습니다.")
    if document.writers.filter(pk__in=people).exists():
        raise TransitionError("함께 쓴 사람은 결재선에 둘 수 없습니다. 함께 쓰기에서 먼저 빼 주세요.")
    if len(set(people)) != len(people):
        raise TransitionError("한 사람이 결재선에 두 번 들어갈 수 없습니다.")
    for act, user in line:
        _check_person(document, act, user)
    level = level_of(document)
    if level and _rank_of(line[-1][1]) < _rank(level):
        label = document.get_kind_display()
        raise TransitionError(f"{with_particle(label, '은/는')} {level.label} 이상이 결재합니다.")


def needs_exception(document, user):
    """The final signature of somebody who went along on the inspection."""
    return permissions.inspected_himself(user, document)


def exceptions_allowed(document):
    return document.department.members_may_approve


def _check_person(document, act, user):
    if not permissions.can_stand_in_a_line(user):
        raise TransitionError(f"{user}: 결재선에 둘 수 없는 사람입니다.")
    if act != Act.CONCUR and not _stands_above(document, user):
        raise TransitionError(
            f"{user}: 검토·결재는 같은 처리과나 그 위의 국에 있는 사람이 합니다. 협조로 넣어 주세요."
        )
    if act == Act.APPROVE and user.role != Role.APPROVER:
        raise TransitionError(f"{user}: 결재는 결재자 역할인 사람이 합니다.")
    if act == Act.APPROVE and needs_exception(document, user) and not exceptions_allowed(document):
        raise TransitionError(
            f"{user}: 점검에 참여한 사람은 최종 결재를 할 수 없습니다. 다른 결재자를 정해 주세요."
        )


def _stands_above(document, user):
    office = document.department
    if user.department is None:
        return False
    return user.office == office or (office.bureau is not None and user.department == office.bureau)


def _approvers(department):
    if department is None:
        return []
    people = User.objects.filter(is_active=True, role=Role.APPROVER, department=department)
    # 과장·담당관 carry the name of the office in their post; among several that one is the head.
    return sorted(people, key=lambda user: (department.name not in user.position, user.pk))
