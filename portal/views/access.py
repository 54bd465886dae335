"""Whose pages these are: a user of the role 수탁기관 and the contractor he speaks for."""

from functools import wraps

from django.http import Http404

from contractors.models import ContractorUser


def for_contractors(view):
    """Gives the view `request.contractor`; for everybody else the page is not there."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        known = ContractorUser.objects.select_related("contractor").filter(user=request.user).first()
        if not request.user.is_contractor or known is None or not known.contractor.is_active:
            raise Http404
        request.contractor = known.contractor
        return view(request, *args, **kwargs)

    return inner
