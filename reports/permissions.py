"""Who may do what with papers. `Document.objects.visible_to` says who may see them.

What one may do on a paper in approval comes from the step, not from the role: see reports.workflow.
"""

from accounts.models import Role
from inspections.models import TeamMember
from inspections.permissions import can_work_on
from prepared.queries import PreparedQuery
from reports.models import Document

READERS = {Role.INSPECTOR, Role.APPROVER, Role.SUPERINTENDENT, Role.VIEWER}
SIGNERS = {Role.INSPECTOR, Role.APPROVER, Role.SUPERINTENDENT}


def can_draft_for(user, inspection):
    """Whoever may work on the inspection may write its report."""
    return can_work_on(user, inspection)


def can_edit(user, document):
    """Only one writes, and only in a draft."""
    return document.status == Document.Status.DRAFT and is_writing(user, document)


def is_writing(user, document):
    """The drafter and those he writes with; while a signer corrects it in his hands, that signer alone."""
    if is_corrected(document):
        return user.pk == document.corrector_id
    return is_drafter(user, document) or is_co_writer(user, document)


def is_co_writer(user, document):
    """As long as he may write about what the paper is about."""
    if not user.is_inspector or not document.writers.filter(pk=user.pk).exists():
        return False
    return all(can_draft_for(user, inspection) for inspection in document.inspections.all())


def is_corrected(document):
    """A signer has it in his hands. One who has left holds nothing back: then it is the drafter's again."""
    return document.corrector_id is not None and can_stand_in_a_line(document.corrector)


def is_drafter(user, document):
    """Who made the draft, as long as his role is one that writes papers."""
    return user.pk is not None and document.drafter_id == user.pk and (user.is_inspector or user.is_approver)


def can_stand_in_a_line(user):
    return user.is_active and user.role in SIGNERS


def can_circulate(user, document):
    """공람: its drafter, and whoever works in its office."""
    return _is_of_its_office(user, document)


def can_replace_signer(user, document):
    """The office, as the drafter may have left, too."""
    return _is_of_its_office(user, document)


def _is_of_its_office(user, document):
    works = user.is_inspector or user.is_approver
    return works and (document.drafter_id == user.pk or user.office == document.department)


def can_supersede(user, document):
    """Put an issued paper right: whoever may write about all that it is about."""
    return all(can_draft_for(user, inspection) for inspection in document.inspections.all())


def can_publish(user, document):
    """공개: whoever works in its office, and 총괄."""
    return user.is_superuser or user.is_superintendent or _is_of_its_office(user, document)


def can_be_shown(user):
    return user.is_active and user.role in READERS


@PreparedQuery
def _went_along(*, document, user):
    return TeamMember.objects.filter(inspection__documents=document, user=user).order_by("pk").only("pk")[:1]


def inspected_himself(user, document):
    """Went along on an inspection that the paper reports: may review it, but not decide on it."""
    return _went_along.first(document=document.pk, user=user.pk) is not None


def team_of(document):
    """The users who went along on an inspection that the paper reports."""
    members = TeamMember.objects.filter(inspection__documents=document, user__isnull=False)
    return [member.user for member in members.select_related("user")]
