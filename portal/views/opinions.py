"""의견제출: what the contractor says before a disposition."""

import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from audit import clock
from follow_up import hearing
from follow_up.models import Disposition, Opinion
from inspections.workflow import TransitionError
from portal.forms.opinions import OpinionForm
from portal.views.access import for_contractors


@require_http_methods(["GET", "HEAD", "POST"])
@for_contractors
def opinion(request, pk):
    rows = Disposition.objects.visible_to(request.user).select_related(
        "disposition_type", "finding", "inspection__subject", "procedure"
    )
    disposition = get_object_or_404(rows, pk=pk, procedure__isnull=False)
    form = OpinionForm(request.POST if request.method == "POST" else None, initial={"id": uuid.uuid4()})
    if form.is_valid():
        try:
            hearing.add_opinion(
                disposition,
                by=request.user,
                source=Opinion.Source.PORTAL,
                received_on=clock.today(),
                **form.cleaned_data,
            )
            messages.success(request, "의견을 보냈습니다. 처분을 정할 때 살펴봅니다.")
            return redirect("portal:opinion", pk)
        except TransitionError as error:
            form.add_error(None, str(error))
    context = {
        "disposition": disposition,
        "opinions": disposition.opinions.filter(source=Opinion.Source.PORTAL),
        "form": form if disposition.status == Disposition.Status.NOTIFIED else None,
    }
    return render(request, "portal/opinion.html", context, status=422 if form.is_bound else 200)
