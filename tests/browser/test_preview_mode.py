"""The preview of the editor as pictures of the pages, which follow what is typed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports.tests.factories import Office, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pictures_of_the_pages_follow_what_is_typed_and_the_choice_stays(page_of):
    office = Office()
    document = draft(office)
    page = page_of(office.drafter)
    page.goto(reverse("reports:document", args=[document.pk]))

    page.get_by_role("button", name="쪽 그림").click()
    pictures = page.locator(".page-picture")
    expect(pictures).to_have_count(2, timeout=20_000)
    before = pictures.nth(1).get_attribute("src")
    page.locator("[data-line] textarea").nth(1).fill("다시 적은 줄")
    page.locator("[data-line] textarea").nth(1).press("Tab")
    expect(pictures.nth(1)).not_to_have_attribute("src", before, timeout=20_000)

    page.reload()
    expect(pictures).to_have_count(2, timeout=20_000)
