"""결재선: who signs a paper after its drafter, as proposed from the offices and checked before it is sent."""

from accounts.models import Department, Role, User
from inspections.workflow import TransitionError
from reports import permissions
from reports.models import ApprovalStep

Act = ApprovalStep.Act
LONGEST = 9


def proposed(document):
    """[(act, user), …] after the drafter: the lead of his team reviews, the head of the office decides."""
    leads = [(Act.REVIEW, user) for user in _approvers(document.drafter.department)]
    heads = [(Act.APPROVE, user) for user in _approvers(document.department)][:1]
    taken = {user.pk for _, user in heads} | {document.drafter_id}
    return [(act, user) for act, user in leads if user.pk not in taken] + heads


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
    if len(line) > LONGEST:
        raise TransitionError(f"결재선에는 {LONGEST}명까지 둘 수 있습니다.")
    if document.drafter_id in people:
        raise TransitionError("기안자는 검토·협조·결재를 할 수 없습니다.")
    if len(set(people)) != len(people):
        raise TransitionError("한 사람이 결재선에 두 번 들어갈 수 없습니다.")
    for act, user in line:
        _check_person(document, act, user)


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
