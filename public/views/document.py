from django.shortcuts import render
from django.views.decorators.http import require_safe

from public import caching, reading
from public.views.withdrawn import gone
from publications.models import PublicChange, PublicFile


@require_safe
def document(request, pk):
    edition = reading.edition_of(pk)
    if edition.withdrawn_on:
        return gone(request, edition)
    return caching.unless_known(
        request,
        lambda: render(request, "public/document.html", _page(edition)),
        tag=caching.page_tag(edition),
        changed_at=edition.changed_at,
    )


def _page(edition):
    parts = reading.parts_of(edition)
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
