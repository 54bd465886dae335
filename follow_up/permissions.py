"""Who may do what with actions and dispositions. `visible_to` of the models says who may see them."""

from inspections import permissions
from inspections.models import Action


def can_decide(user, action: Action):
    """Verify, send back, put off, take back: the office that inspected."""
    return permissions.can_work_on(user, action.inspection)


def is_owner(user, action: Action):
    """Speaks for whoever has to act: the contractor's people, those of the office that was asked."""
    if user.is_contractor:
        own = action.contractor_id and user.contractor_user.contractor_id == action.contractor_id
        return bool(own and action.told_on)
    if not (user.is_inspector or user.is_approver) or user.office is None:
        return False
    if action.owner == Action.Owner.OTHER:
        return user.office.pk == action.department_id
    return action.owner == Action.Owner.DEPARTMENT and user.office.pk == action.inspection.department_id


def can_report(user, action: Action):
    """Say what was done: the owner himself, or the official who registers his letter."""
    return is_owner(user, action) or can_decide(user, action)
