from dataclasses import dataclass, field
from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from public import caching, context, reading
from public.parts import parts_of
from public.views.withdrawn import gone
from publications.models import PublicChange, PublicEdition, PublicFile

KEPT = 200  # pages, in each process


@require_safe
def document(request, pk):
    edition = reading.edition_of(pk)
    if edition.withdrawn_on:
        return gone(request, edition)
    tag = caching.page_tag(edition)
    return caching.unless_known(
        request,
        lambda: HttpResponse(_drawn(Drawing(tag, edition.site_number, edition))),
        tag=tag,
        changed_at=edition.changed_at,
    )


@dataclass(frozen=True)
class Drawing:
    """A page, told from others by its tag and by the newest change of all: it names its neighbours."""

    tag: str
    site_number: int
    edition: PublicEdition = field(compare=False)


@lru_cache(maxsize=KEPT)
def _drawn(drawing):
    """Without its request, which would be kept as long."""
    return render_to_string("public/document.html", context.site() | _page(drawing.edition))


def _page(edition):
    parts = parts_of(edition)
    return {
        "edition": edition,
        "parts": parts,
        "superseded": parts.last(PublicChange.Kind.SUPERSEDED),
        "corrected": parts.last(PublicChange.Kind.CORRECTED),
        "neighbours": reading.neighbours_of(edition),
    }


@require_safe
def attachment(request, pk, order):
    file = reading.file_of(pk, kind=PublicFile.Kind.ATTACHMENT, order=order)
    if file is None or not file.has_html:
        return gone(request, reading.withdrawn(pk))
    return caching.unless_known(
        request,
        lambda: render(request, "public/attachment.html", {"edition": file.edition, "file": file}),
        tag=f"{caching.page_tag(file.edition)}-{order}",
        changed_at=file.edition.changed_at,
    )
