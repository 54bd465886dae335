"""Who may do what with inspections. `visible_to` of the models says who may see them."""

from inspections.models import Inspection, InspectionPeriod, Stage


def can_plan_for(user, department):
    """Periods of an office are set up by its own inspectors and leads."""
    return _works(user) and department is not None and user.office == department


def can_change_period(user, period: InspectionPeriod):
    return can_plan_for(user, period.department)


def can_work_on(user, inspection: Inspection):
    """Plan, visit, answer and write results: the office's own people and the members of the team."""
    if not _works(user):
        return False
    return user.office.pk == inspection.department_id or inspection.team.filter(user=user).exists()


def _works(user):
    # A user without an office must never match an inspection by None == None.
    return (user.is_inspector or user.is_approver) and user.office is not None


def can_fill_in(user, stage):
    """자체점검: the contractor's own people until it is sent; else whoever works on the inspection."""
    if user.is_contractor:
        return Stage.objects.to_be_filled_by(user.contractor_user.contractor).filter(pk=stage.pk).exists()
    return can_work_on(user, stage.inspection)


def can_keep_checklists(user):
    """Sheets are kept for the whole city."""
    return user.is_superuser or user.is_superintendent
