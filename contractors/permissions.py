"""Who may do what with the people of a contractor."""

from contractors.models import Agreement


def can_invite(user, contractor):
    """총괄, and the offices whose work the contractor does."""
    if user.is_superuser or user.is_superintendent:
        return True
    if not (user.is_inspector or user.is_approver) or user.office is None:
        return False
    return Agreement.objects.filter(contractor=contractor, subject__department=user.office).exists()
