"""Two at one draft: each sees where the other is and that he saved; nothing being written is touched."""

import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports import co_writing
from reports.models import Block
from reports.tests.factories import Office, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_write_in_one_draft(page_of):
    office = Office()
    document = draft(office)
    co_writing.choose(document, [office.colleague], by=office.drafter)
    first, second = document.blocks.all()
    address = reverse("reports:document", args=[document.pk])
    mine, theirs = page_of(office.drafter), page_of(office.colleague)
    mine.goto(address)
    theirs.goto(address)

    line = theirs.locator(f'[data-id="{first.pk}"] textarea')
    line.fill("동료가 고친 제목")
    theirs.keyboard.press("Tab")
    expect(theirs.locator(f'[data-id="{first.pk}"]')).to_have_attribute("data-state", "saved")
    line.focus()
    theirs.wait_for_timeout(3200)
    line.blur()
    line.focus()  # says where he is

    mine.wait_for_timeout(3200)
    own = mine.locator(f'[data-id="{second.pk}"] textarea')
    own.focus()
    expect(mine.locator("[data-here]")).to_contain_text(office.colleague.name)
    expect(mine.locator(f'[data-id="{first.pk}"]')).to_contain_text("보는 중")
    expect(mine.locator("[data-others-saved]")).to_contain_text("고친 줄이 1개")
    mine.route("**/save/", lambda route: (time.sleep(0.7), route.continue_()))  # on its way while he leaves
    own.fill("내가 고친 줄")
    mine.locator("[data-others-saved] a").click()
    expect(mine.locator(f'[data-id="{first.pk}"] textarea')).to_have_value("동료가 고친 제목")
    expect(mine.locator(f'[data-id="{second.pk}"] textarea')).to_have_value("내가 고친 줄")
    texts = dict(Block.objects.filter(document=document).values_list("pk", "runs"))
    assert texts == {first.pk: [["동료가 고친 제목", ""]], second.pk: [["내가 고친 줄", ""]]}
