"""확인 서명: the page on which the attendant signs."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from inspections import attesting
from inspections.forms.attesting import AttestForm
from inspections.views.access import accepted, own_inspection


@require_http_methods(["GET", "HEAD", "POST"])
def attest(request, pk):
    inspection = own_inspection(request, pk)
    form = AttestForm(request.POST if request.method == "POST" else None)
    if form.is_bound and accepted(request, form, attesting.attest, inspection):
        return redirect("inspections:attest", pk)
    context = {
        "inspection": inspection,
        "form": form,
        "attestations": inspection.attestations.select_related("evidence"),
        "digest": attesting.answers_digest(inspection),
    }
    return render(request, "inspections/attest.html", context, status=422 if form.is_bound else 200)
