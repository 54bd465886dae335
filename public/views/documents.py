from functools import lru_cache

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from public import asking
from public.caching import dated
from public.excerpts import excerpt, marked
from public.facets import count_of, facets
from public.limits import limited
from publications import search
from publications.search import MOST


@lru_cache(maxsize=64)
def _fields(counted, department, classification, year):
    """The fields of the narrowing, hundreds of choices: drawn once until something changes."""
    chosen = {"department": department, "classification": classification, "year": str(year)}
    return render_to_string("public/includes/facet_fields.html", {"facets": counted, "chosen": chosen})


@limited("search")
@require_safe
def documents(request):
    query = asking.query_of(request.GET, with_text=bool(asking.text_of(request.GET, "q")))
    found, counted = search.find(query), facets()
    page = {
        "query": query,
        "fields": _fields(counted, query.department, query.classification, query.year),
        "results": [_result(edition, found.terms) for edition in found.editions],
        "count": _count(query, found, counted),
        "is_one_letter": _is_one_letter(query) and found.count is None,
        "conditions": _conditions(query),
        "next_url": asking.address(query, after=found.editions[-1]) if found.has_more else "",
        "first_url": asking.address(query) if query.after else "",
    }
    return dated(render(request, "public/documents.html", page), counted.changed_at)


def _result(edition, terms):
    if not terms:
        return {"edition": edition, "title": edition.title}
    return {
        "edition": edition,
        "title": marked(edition.title, terms),
        "excerpt": excerpt(edition.content.text, terms),
    }


def _count(query, found, counted):
    """`31건`; nothing where nobody has counted."""
    number = found.count if query.terms else count_of(query, counted)
    if number is not None:
        return f"{number:,}건"
    if not query.terms or _is_one_letter(query):
        return ""
    return f"{MOST:,}건 이상"


def _is_one_letter(query):
    return bool(query.terms) and max(map(len, query.terms)) == 1


def _conditions(query):
    """What narrows the list, each with the address of the list without it."""
    return [
        {
            "label": asking.LABELS[name],
            "value": f"{value}년" if name == "year" else value,
            "url": reverse("public:documents") + asking.address(query, without=name),
        }
        for name, value in asking.narrowed(query).items()
    ]
