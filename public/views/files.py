import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from public import caching, reading
from public.limits import limited
from public.views.withdrawn import gone
from publications.models import PublicFile

Kind = PublicFile.Kind
REFUSED_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
LONGEST_NAME = 100


@limited("download")
@require_safe
def pdf(request, pk):
    return _file(request, pk, kind=Kind.PAPER)


@limited("download")
@require_safe
def attachment(request, pk, order):
    return _file(request, pk, kind=Kind.ATTACHMENT, order=order)


@require_safe
def picture(request, pk, sha256):
    """Not counted: a page asks for all of its own at once."""
    return _file(request, pk, "image/jpeg", "jpg", kind=Kind.PICTURE, sha256=sha256)


@limited("download")
@require_safe
def text(request, pk):
    return _content(request, pk, "text", "text/plain; charset=utf-8", "txt")


@limited("download")
@require_safe
def json(request, pk):
    response = _content(request, pk, "data", "application/json", "json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _file(request, pk, content_type="application/pdf", suffix="pdf", **place):
    file = reading.file_of(pk, **place)
    if file is None:
        return gone(request, reading.withdrawn(pk))
    title = file.edition.title if file.kind == Kind.PAPER else file.title
    return caching.unless_known(
        request,
        lambda: _download(bytes(file.content), content_type, f"{title or file.edition.title}.{suffix}"),
        tag=file.sha256,
        changed_at=file.edition.changed_at,
    )


def _content(request, pk, name, content_type, suffix):
    edition = reading.with_content(pk, name)
    if edition.withdrawn_on:
        return gone(request, edition)
    return caching.unless_known(
        request,
        lambda: _download(getattr(edition.content, name).encode(), content_type, f"{edition.title}.{suffix}"),
        tag=f"{edition.sha256}-{suffix}",
        changed_at=edition.changed_at,
    )


def _download(content, content_type, name):
    """Shown in the browser where it can; saved under the title of the document."""
    stem, dot, suffix = REFUSED_IN_NAMES.sub("_", name).rpartition(".")
    response = HttpResponse(content, content_type=content_type)
    disposition = content_disposition_header(
        as_attachment=False, filename=f"{stem[:LONGEST_NAME]}{dot}{suffix}"
    )
    response.headers["Content-Disposition"] = disposition
    return response
