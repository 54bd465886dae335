"""Who else looks at this checklist."""

from django.http import HttpResponseBadRequest, JsonResponse
from django.views.decorators.http import require_POST

from inspections import presence
from inspections.sheet_lines import LINE_KEY
from inspections.views.access import visible_inspection


@require_POST
def here(request, pk):
    inspection = visible_inspection(request, pk, ["subject__name"])
    line = request.POST.get("line", "")
    if line and not LINE_KEY.fullmatch(line):
        return HttpResponseBadRequest()
    others = presence.here(inspection, by=request.user, line=line)
    return JsonResponse({"others": presence.told(others)})
