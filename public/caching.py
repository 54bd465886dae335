"""What is sent again only if it has changed: tags of versions and dates, and for how long a copy is good.

An edition that is withdrawn is gone from caches after these seconds at the latest (docs/deploy.md).
"""

import hashlib
from functools import cache

from django.conf import settings
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

SECONDS = 3600
PARTS = ("public", "components")


def unless_known(request, make, *, tag, changed_at):
    """The answer of `make`, or 304 where the reader has this version already."""
    tag, moment = f'"{tag}"', int(changed_at.timestamp())
    response = get_conditional_response(request, etag=tag, last_modified=moment) or make()
    if response.status_code in (200, 304):
        response.headers["ETag"] = tag
        patch_cache_control(response, public=True, max_age=SECONDS, must_revalidate=True)
    return dated(response, changed_at)


def dated(response, moment):
    if moment is not None:
        response.headers.setdefault("Last-Modified", http_date(moment.timestamp()))
    return response


def page_tag(edition):
    """The version of a document's page. The day is in it because the page names its newest neighbours."""
    facts = f"{edition.sha256} {edition.changed_at} {edition.actions_as_of} {timezone.localdate()} {_look()}"
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


@cache
def _look():
    """The version of the templates, so that a new look reaches those who have read the page before."""
    folder = settings.BASE_DIR / "templates"
    paths = sorted(path for part in PARTS for path in (folder / part).rglob("*.html"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
