"""A paper that the office has published, as citizens get it."""

import re
from itertools import pairwise

import pytest
from django.test import override_settings

from public.tests.schema_check import problems
from publications.models import PublicEdition
from reports import marking, publishing
from reports.tests.factories import BlockFactory, Office, approved, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with override_settings(ROOT_URLCONF="config.urls"):  # the office tells its people by addresses of its own
        return published()


def published():
    office = Office()
    document = draft(office, disclosure="partial", clauses=["6"])
    BlockFactory(document=document, depth=1, level=3, runs=[["면담자 정하허", ""]])
    marking.add(document, by=office.drafter, quote="정하허", clauses=["6"], reason="이름", block=None)
    publication = publishing.publish(approved(office, document=document), by=office.drafter, is_sure=True)
    return PublicEdition.objects.get(pk=publication.edition_id)


def test_its_json_fits_the_schema(client, edition):
    told = client.get(f"/documents/{edition.pk}/document.json").json()

    assert problems(told, client.get(told["$schema"]).json()) == []


def test_its_page_has_one_title_and_headings_without_a_gap(client, edition):
    page = client.get(f"/documents/{edition.pk}/").content.decode()
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_is_hidden_is_found_nowhere(client, edition):
    at = f"/documents/{edition.pk}/"

    for path in (at, f"{at}document.txt", f"{at}document.json", "/documents/?q=면담자", "/feed.atom"):
        assert "정하허" not in client.get(path).content.decode()
    assert "찾은 문서가 없습니다" in client.get("/documents/?q=정하허").content.decode()
    assert "[비공개: 정보공개법 제9조제1항제6호]" in client.get(f"{at}document.txt").content.decode()
