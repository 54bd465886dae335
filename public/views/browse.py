from urllib.parse import urlencode

from django.shortcuts import render
from django.views.decorators.http import require_safe

from public import facets
from public.asking import UNPRINTABLE
from public.caching import dated
from public.limits import limited

PAGE = 100
LONGEST = 120
INITIALS = "가나다라마바사아자차카타파하"


@limited("search")
@require_safe
def contractors(request):
    after, since = _name(request, "after"), _name(request, "from")
    rows = list(facets.contractors(after=after, since=since, most=PAGE + 1))
    page = {
        "contractors": rows[:PAGE],
        "initials": INITIALS,
        "since": since,
        "next_url": f"?{urlencode({'after': rows[PAGE - 1].value})}" if len(rows) > PAGE else "",
        "first_url": "?" if after else "",
    }
    response = render(request, "public/contractors.html", page)
    return dated(response, rows[0].changed_at) if rows else response


def _name(request, parameter):
    return UNPRINTABLE.sub(" ", request.GET.get(parameter, ""))[:LONGEST]
