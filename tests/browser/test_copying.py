"""복사: an issued paper goes to the clipboard as HTML with real tables, and as plain text with its marks."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports.tests.factories import Office, approved, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_paper_is_copied_as_html_and_as_text(page_of):
    office = Office()
    document = draft(office)
    payload = {"rows": [["구분", "건수"], ["적정", "12"]], "caption": "점검 현황"}
    document.blocks.create(position=900, kind="table", level=1, payload=payload)
    paper = approved(office, document=document)
    page = page_of(office.drafter)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(reverse("reports:document", args=[paper.pk]))

    page.get_by_role("button", name="복사").click()
    expect(page.locator("#toasts")).to_contain_text("복사했습니다.")

    html, text = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const blobs = await Promise.all(["text/html", "text/plain"].map((type) => item.getType(type)));
          return Promise.all(blobs.map((blob) => blob.text()));
        }"""
    )
    assert "<table" in html
    assert 'border="1"' in html
    assert "class=" not in html
    assert "구분 | 건수" in text
    assert f"문서번호 {paper.number_text}" in text
