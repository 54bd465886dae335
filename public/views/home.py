from django.shortcuts import render
from django.views.decorators.http import require_safe

from public.caching import dated
from public.facets import facets, most_named_contractors
from publications.models import PublicEdition

NEWEST, CONTRACTORS = 10, 12


@require_safe
def home(request):
    found = facets()
    page = {
        "facets": found,
        "editions": PublicEdition.objects.shown().newest_first()[:NEWEST],
        "contractors": most_named_contractors(CONTRACTORS),
    }
    return dated(render(request, "public/home.html", page), found.changed_at)
