"""For officials: who of a contractor may sign in, and an invitation for one more."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from contractors import permissions
from contractors.models import Contractor
from inspections.views.access import refuse_contractors
from inspections.workflow import TransitionError
from portal import inviting
from portal.forms.inviting import InviteForm


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request, pk):
    refuse_contractors(request.user)
    contractor = get_object_or_404(Contractor, pk=pk)
    if not permissions.can_invite(request.user, contractor):
        raise PermissionDenied
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            user = inviting.invite(contractor, by=request.user, **form.cleaned_data)
        except TransitionError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, f"{user.email}(으)로 초대장을 보냈습니다.")
            return redirect("portal:invite", pk)
    context = {"contractor": contractor, "form": form, "people": contractor.users.select_related("user")}
    return render(request, "portal/invite.html", context, status=422 if form.is_bound else 200)
