"""The preview as pictures of the printed pages."""

import base64
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from reports.rendering import raster
from reports.rendering.pdf import render_pdf
from reports.tests import papers
from reports.tests.factories import Office, draft


def opened(picture):
    return Image.open(BytesIO(base64.b64decode(picture.removeprefix("data:image/png;base64,"))))


def test_each_page_is_a_picture_of_a_sheet_with_something_on_it():
    pictures, total = raster.page_pictures(render_pdf(papers.paper(), images={}))

    assert len(pictures) == total == 3
    for picture in pictures:
        image = opened(picture)
        assert round(image.height / image.width, 2) == 1.41
        assert image.getextrema()[0] < 50


def test_a_long_paper_shows_its_first_pages(monkeypatch):
    monkeypatch.setattr(raster, "MOST", 2)

    pictures, total = raster.page_pictures(render_pdf(papers.paper(), images={}))

    assert (len(pictures), total) == (2, 3)


@pytest.mark.django_db
def test_the_preview_is_asked_for_as_pages(client):
    office = Office()
    document = draft(office)
    client.force_login(office.drafter)
    address = reverse("reports:preview", args=[document.pk])

    part = client.get(address, {"as": "pages"}, headers={"HX-Request": "true"}).content.decode()
    page = client.get(address, {"as": "pages"}).content.decode()

    assert part.count("data:image/png;base64,") == 2
    assert "2쪽 가운데 1쪽의 그림" in part
    assert "글로 보기" in page
