"""The shapes of answers in a browser: several questions by digit, follow-up items, several sites."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from accounts.tests.factories import UserFactory
from contractors.tests.factories import SubjectFactory
from inspections.models import Answer
from inspections.tests.factories import (
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def indicator():
    indicator = IndicatorFactory(checklist=ChecklistFactory())
    ChecklistItemFactory(indicator=indicator, order=1, code="규정", bundle=True)
    ChecklistItemFactory(indicator=indicator, order=2, code="안전", choice=True, is_per_site=True)
    follows = {"follows": "안전", "follows_if": ["부적합"]}
    ChecklistItemFactory(indicator=indicator, order=3, code="까닭", prose=True, is_per_site=True, **follows)
    ChecklistItemFactory(indicator=indicator, order=4, code="설비", table=True, rows=[])
    ChecklistItemFactory(indicator=indicator, order=5, code="날짜", date=True)
    ChecklistItemFactory(indicator=indicator, order=6, code="보험", money=True)
    publish(indicator.checklist)
    return indicator


@pytest.fixture
def inspection(indicator):
    inspection = InspectionFactory(in_progress=True, part__checklist=indicator.checklist)
    for name in ("가람관", "나래관"):
        inspection.sites.add(SubjectFactory(site=True, parent=inspection.subject, name=name))
    return inspection


@pytest.fixture
def page(page_of, inspection, indicator):
    page = page_of(UserFactory(department=inspection.department))
    page.goto(reverse("inspections:indicator", args=[inspection.pk, indicator.pk]))
    page.locator("[data-save-state]").get_by_text("미전송 0").wait_for()  # the keys are listened to
    return page


def line(page, code, site=None):
    return page.locator(f'[data-code="{code}"]' + (f'[data-site="{site}"]' if site else ""))


def saved(page):
    page.keyboard.press("Control+s")
    page.locator("[data-save-state]").get_by_text("미전송 0").wait_for()
    return {
        (answer.item.code, str(answer.site or "")): answer
        for answer in Answer.objects.select_related("item", "site")
    }


def test_several_questions_are_answered_with_digits_one_after_the_other(page):
    line(page, "규정").focus()
    page.keyboard.press("1")
    page.keyboard.press("2")

    assert saved(page)["규정", ""].cells == {"": {"정관": "적정", "규정": "부적정"}}


def test_an_item_appears_with_the_answer_it_follows_and_what_was_typed_comes_back(page):
    follow_up = line(page, "까닭", "나래관")
    expect(follow_up).to_be_hidden()

    line(page, "안전", "나래관").get_by_label("부적합").check()
    follow_up.get_by_label("서술").fill("계단 손잡이가 없음")
    line(page, "안전", "나래관").get_by_label("적합", exact=False).first.check()
    expect(follow_up.get_by_text("적어 둔 답은 지우지 않고 보관합니다.")).to_be_visible()
    expect(follow_up.get_by_label("서술")).to_be_hidden()
    line(page, "안전", "나래관").get_by_label("부적합").check()

    expect(follow_up.get_by_label("서술")).to_have_value("계단 손잡이가 없음")
    expect(line(page, "까닭", "가람관")).to_be_hidden()


def test_an_answer_is_copied_to_the_sites_that_have_none(page):
    first, second = line(page, "안전", "가람관"), line(page, "안전", "나래관")
    first.get_by_label("부적합").check()
    first.get_by_label("의견").fill("난간이 흔들림")

    first.get_by_role("button", name="다른 장소에도").click()
    page.get_by_text("다른 장소 1곳에 같은 답을 넣었습니다.").wait_for()
    second.get_by_label("의견").fill("난간이 흔들리고 낮음")
    first.get_by_label("의견").fill("")
    first.get_by_role("button", name="다른 장소에도").click()

    answers = saved(page)
    assert answers["안전", "나래관"].choice == "부적합"
    assert answers["안전", "나래관"].opinion == "난간이 흔들리고 낮음"


def test_table_date_and_money_are_saved_from_the_page(page):
    table = line(page, "설비")
    table.get_by_label("가람관 소화기").select_option("이상없음")
    table.get_by_label("나래관 유도등").select_option("이상")
    line(page, "날짜").get_by_label("날짜").fill("2020-12-09")
    line(page, "보험").get_by_label("수치").fill("5,000,000원")

    answers = saved(page)

    assert answers["설비", ""].cells == {"가람관": {"소화기": "이상없음"}, "나래관": {"유도등": "이상"}}
    assert str(answers["날짜", ""].dated_on) == "2020-12-09"
    assert answers["보험", ""].number == 5_000_000


def test_the_page_has_no_barriers(page):
    line(page, "안전", "나래관").get_by_label("부적합").check()

    assert Axe().run(page).response["violations"] == []
