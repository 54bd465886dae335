"""반복: the earlier findings of one type at this contractor."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from inspections import repeats as memory
from inspections.models import FindingType
from inspections.views.access import visible_inspection


@require_safe
def repeats(request, pk, type_pk):
    inspection = visible_inspection(request, pk)
    finding_type = get_object_or_404(FindingType, pk=type_pk)
    told = memory.told_of_type(inspection, finding_type, to=request.user)
    return render(request, "inspections/repeats.html", {"inspection": inspection, "told": told})
