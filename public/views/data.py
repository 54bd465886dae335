"""What is read by programs. Any page of the web may: there are no cookies that could be misused."""

import json
from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from public import asking, catalogue, listed
from public.caching import dated
from public.facets import count_of, facets
from public.limits import limited
from publications import search

PAGE = 100
SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"


@limited("data")
@require_safe
def documents(request):
    query = asking.query_of(request.GET, size=PAGE)
    found, counted = search.find(query), facets()
    count = found.count if query.terms else count_of(query, counted)
    next_query = asking.address(query, after=found.editions[-1]) if found.has_more else ""
    page = listed.listing(found, count, _absolute(request), next_query)
    return dated(_open(page, "application/json"), counted.changed_at)


@require_safe
def document_schema(request):
    return _open(_schema("document"), "application/schema+json")


@require_safe
def documents_schema(request):
    return _open(_schema("documents"), "application/schema+json")


@limited("data")
@require_safe
def catalog(request):
    counted = facets()
    page = catalogue.catalogue(counted, _absolute(request))
    return dated(_open(page, "application/ld+json"), counted.changed_at)


@cache
def _schema(name):
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def _absolute(request):
    """Makes addresses of this site whole: `build_absolute_uri` for hundreds of them."""
    site = request.build_absolute_uri("/").removesuffix("/")
    return lambda path: site + path


def _open(data, content_type):
    response = HttpResponse(json.dumps(data, ensure_ascii=False), content_type=content_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
