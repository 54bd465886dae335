"""의견제출: what the contractor says before a disposition."""

import uuid

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from audit import clock
from follow_up import hearing
from follow_up.models import Disposition, Opinion
from follow_up.views.access import carried_out, sent
from portal.forms.opinions import OpinionForm
from portal.views.access import for_contractors


@require_http_methods(["GET", "HEAD", "POST"])
@for_contractors
def opinion(request, pk):
    rows = Disposition.objects.visible_to(request.user).select_related(
        "disposition_type", "finding", "inspection__subject", "procedure"
    )
    disposition = get_object_or_404(rows, pk=pk, procedure__isnull=False)
    form = OpinionForm(sent(request)[0], initial={"id": uuid.uuid4()})

    def act(fields):
        about = {"source": Opinion.Source.PORTAL, "received_on": clock.today()}
        return hearing.add_opinion(disposition, by=request.user, **about, **fields)

    saved, status = carried_out(request, form, act, "의견을 보냈습니다. 처분을 정할 때 살펴봅니다.")
    if saved:
        return redirect("portal:opinion", pk)
    context = {
        "disposition": disposition,
        "opinions": disposition.opinions.filter(source=Opinion.Source.PORTAL),
        "form": form if disposition.status == Disposition.Status.NOTIFIED else None,
    }
    return render(request, "portal/opinion.html", context, status=status)
