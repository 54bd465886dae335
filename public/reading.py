"""Editions and files by their addresses. What hangs on an edition is in public.parts."""

from django.db.models import Subquery
from django.http import Http404

from public.parts import HAS_HTML
from publications.models import PublicChange, PublicEdition, PublicFile

FACTS = [each.name for each in PublicEdition._meta.concrete_fields]
NEWEST_CHANGE = PublicChange.objects.order_by("-pk").values("pk")[:1]
NEIGHBOURS = 5


def edition_of(pk):
    """The edition, which may be withdrawn; `site_number` is that of the newest change of all."""
    return _or_404(PublicEdition.objects.annotate(site_number=Subquery(NEWEST_CHANGE)), pk)


def with_content(pk, name):
    """The edition with one column of its content: html, text or data."""
    return _or_404(PublicEdition.objects.select_related("content").only(*FACTS, f"content__{name}"), pk)


def file_of(pk, **place):
    """A file of an edition, without its bytes until they are asked for; None if there is none."""
    files = PublicFile.objects.select_related("edition").defer("content", "html").filter(edition=pk, **place)
    return files.annotate(has_html=HAS_HTML).first()


def withdrawn(pk):
    """The withdrawn edition to which a missing file may have belonged."""
    return _or_404(PublicEdition.objects.exclude(withdrawn_on=None), pk)


def _or_404(editions, pk):
    edition = editions.filter(pk=pk).first()
    if edition is None:
        raise Http404
    return edition


def neighbours_of(edition):
    if not edition.classification:
        return []
    same = PublicEdition.objects.shown().filter(classification=edition.classification)
    return same.exclude(pk=edition.pk).newest_first()[:NEIGHBOURS]
