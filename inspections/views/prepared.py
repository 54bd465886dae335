"""현장 준비: what the script of the page is to keep for the way without a network."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from inspections import offline
from inspections.views.access import visible_inspection
from inspections.workflow import TransitionError


@require_safe
def prepared(request, pk):
    inspection = visible_inspection(request, pk)
    try:
        return JsonResponse(offline.prepared(inspection, by=request.user))
    except TransitionError as error:
        return JsonResponse({"message": str(error)}, status=409)
