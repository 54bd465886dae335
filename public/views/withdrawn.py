from django.shortcuts import render

from public.caching import dated
from publications.models import PublicChange


def gone(request, edition):
    """What stood here was taken down: that, when and why, and nothing of what it said."""
    change = edition.changes.filter(kind=PublicChange.Kind.WITHDRAWN).last()
    page = render(request, "public/410.html", {"edition": edition, "change": change}, status=410)
    return dated(page, edition.changed_at)
