"""점검표 편집기 by mouse and keys: rows are moved, the line is shown as typed, leaving asks first."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.tests.factories import UserFactory
from inspections.models import ChecklistItem
from inspections.tests.factories import ChecklistFactory, ChecklistItemFactory, IndicatorFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sheet():
    made = ChecklistFactory()
    for order, name in enumerate("가나", start=1):
        indicator = IndicatorFactory(checklist=made, order=order, label="", name=name)
        for number in (1, 2, 3):
            ChecklistItemFactory(indicator=indicator, order=number, code=f"{name}-{number}")
    return made


@pytest.fixture
def page(page_of, sheet):
    page = page_of(UserFactory(superintendent=True))
    first = sheet.indicators.first().items.first()
    page.goto(reverse("inspections:sheet_item", args=[sheet.pk, first.pk]))
    return page


def codes(sheet):
    return ["".join(one.items.values_list("code", flat=True)) for one in sheet.indicators.all()]


def row(page, code):
    return page.locator(".sheet-rows li", has_text=code)


def test_rows_are_moved_by_keys_and_by_dragging(page, sheet):
    row(page, "가-1").get_by_role("link").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#messages")).to_contain_text("옮겼습니다")
    assert codes(sheet) == ["가-2가-1가-3", "나-1나-2나-3"]
    expect(row(page, "가-1").get_by_role("link")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".sheet-rows li").nth(4)).to_contain_text("가-1")
    assert codes(sheet)[0] == "가-2가-3가-1"

    row(page, "가-1").drag_to(row(page, "나-2"))
    expect(page.locator(".sheet-rows li").nth(7)).to_contain_text("가-1")
    assert codes(sheet) == ["가-2가-3", "나-1가-1나-2나-3"]
    page.locator(".sheet-row-indicator", has_text="나").drag_to(
        page.locator(".sheet-row-indicator", has_text="가")
    )
    expect(page.locator(".sheet-row-indicator").first).to_contain_text("나")
    assert codes(sheet)[0] == "나-1가-1나-2나-3"


def test_the_line_is_shown_while_it_is_typed(page, sheet):
    shown = page.locator("#item-preview")
    expect(shown.locator('input[value="부적정"]')).to_have_count(1)
    expect(page.get_by_label("만점")).to_be_hidden()
    page.get_by_label("답의 모양").select_option("score")
    expect(shown).to_contain_text("점수 항목에는 0보다 큰 만점을 적어야 합니다.")
    page.get_by_label("만점").fill("20")
    expect(shown).to_contain_text("점 / 20점")
    assert ChecklistItem.objects.get(code="가-1").answer_type == "verdict"

    # Leaving asks; saving does not.
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    row(page, "가-2").get_by_role("link").click(no_wait_after=True)
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("저장했습니다")
    assert asked == ["beforeunload"]
    assert ChecklistItem.objects.get(code="가-1").max_score == 20
