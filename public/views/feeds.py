from django.views.decorators.http import require_safe

from public.feeds import ATOM, RSS
from public.limits import limited


@limited("data")
@require_safe
def atom(request):
    return ATOM(request)


@limited("data")
@require_safe
def rss(request):
    return RSS(request)
