"""Every address of the public site, filled in for one edition: a new pattern without a value fails here."""

from django.urls import reverse

from public.urls import urlpatterns
from publications.storing import PreparedFile
from publications.tests.factories import published

PICTURE = PreparedFile("picture", b"\xff\xd8\xff picture")
ATTACHMENT = PreparedFile("attachment", b"%PDF-1.7 attachment", "점검표", 1, "<p>붙임의 글</p>")
SECTION = "documents"


def full_edition(**content):
    """With an attachment, a picture and a contractor."""
    given = {"text": "민간위탁 지도 점검 결과", "files": (ATTACHMENT, PICTURE), "parties": ("가나다재단",)}
    return published(**given | content)


def addresses(edition):
    values = {"pk": edition.pk, "order": ATTACHMENT.order, "sha256": PICTURE.sha256, "section": SECTION}
    return [
        reverse(f"public:{pattern.name}", kwargs={name: values[name] for name in pattern.pattern.converters})
        for pattern in urlpatterns
    ]


def of_document(edition):
    """The addresses that hold something of the edition."""
    return [address for address in addresses(edition) if address.startswith(f"/documents/{edition.pk}/")]
