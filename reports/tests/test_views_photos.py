"""Photographs in a paper: several at once, with words that a voice can read."""

import uuid

import pytest
from django.urls import reverse

from inspections.tests.factories import EvidenceFactory
from reports import assembling
from reports.rendering.html import render_html
from reports.tests import papers
from reports.tests.factories import Office, draft
from reports.tree import walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def photos(office):
    first = EvidenceFactory(inspection__department=office.department, caption="상담실", shown_sha256="1" * 64)
    second = EvidenceFactory(inspection=first.inspection, caption="", shown_sha256="2" * 64)
    return [first, second]


@pytest.fixture
def document(office, client, photos):
    client.force_login(office.drafter)
    return draft(office, inspection=photos[0].inspection)


@pytest.fixture
def address(document):
    return reverse("reports:photo_create", args=[document.pk])


def chosen(*photos, **fields):
    data = {"key": str(uuid.uuid4())}
    for photo in photos:
        data |= {
            f"chosen_{photo.pk}": "on",
            f"alt_{photo.pk}": f"{photo.pk}번 사진",
            f"caption_{photo.pk}": "",
        }
    return data | fields


def printed(document):
    return [node.photo for _, node in walk(assembling.paper(document).body) if node.photo]


def test_the_chosen_ones_stand_side_by_side_behind_their_line(client, document, photos, address):
    heading = document.blocks.first()
    page = client.get(address).content.decode()
    assert page.count("/thumbnail/") == 2
    assert 'value="상담실"' in page  # what was said at the visit is not typed again

    answer = client.post(address, chosen(*photos, after=str(heading.pk)))

    assert answer.status_code == 302
    assert [photo.sha256 for photo in printed(document)] == ["1" * 64, "2" * 64]
    kinds = [(block.kind, block.depth) for block in document.blocks.all()]
    assert kinds[:3] == [("heading", 0), ("photo", 1), ("photo", 1)]
    paper = assembling.paper(document)
    html = render_html(paper, images=dict.fromkeys(("1" * 64, "2" * 64), papers.photo(0)[1]))
    assert html.count('<div class="photos') == 1


def test_sent_twice_they_stand_once(client, document, photos, address):
    data = chosen(*photos)
    client.post(address, data)
    client.post(address, data)
    assert len(printed(document)) == 2


def test_what_is_missing_is_told_and_the_typed_stays(client, document, photos, address):
    first, second = photos
    nothing = client.post(address, {"key": str(uuid.uuid4()), f"alt_{first.pk}": "적은 말"})
    assert nothing.status_code == 422
    assert "넣을 사진을 하나 이상 고르세요." in nothing.content.decode()
    assert "적은 말" in nothing.content.decode()
    without = client.post(address, chosen(second, **{f"alt_{second.pk}": " "}))
    assert "무엇이 보이는지 적어 주세요." in without.content.decode()
    assert printed(document) == []


def test_photographs_of_other_inspections_are_not_offered(client, document, photos, address):
    other = EvidenceFactory()
    assert client.post(address, chosen(other)).status_code == 422
    assert f"chosen_{other.pk}" not in client.get(address).content.decode()


def test_the_words_of_one_are_changed(client, office, document, photos, address):
    client.post(address, chosen(photos[0]))
    block = document.blocks.get(kind="photo")
    edit = reverse("reports:photo_edit", args=[document.pk, block.pk])
    assert client.post(edit, {"alt": "", "version": "1"}).status_code == 422
    client.post(edit, {"alt": "상담실 책상", "caption": "상담실", "version": "1"})
    (photo,) = printed(document)
    assert (photo.alt, photo.caption, photo.sha256) == ("상담실 책상", "상담실", "1" * 64)
    late = client.get(client.post(edit, {"alt": "늦음", "version": "1"})["Location"]).content.decode()
    assert "다른 곳에서 고친 사진" in late


def test_as_many_queries_for_two_as_for_one(client, document, photos, address, django_assert_num_queries):
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
    EvidenceFactory(inspection=photos[0].inspection)
    with django_assert_num_queries(7):
        client.get(address)
