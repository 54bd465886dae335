"""An inspection prepared before leaving opens, is filled in and walked through without a network."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import answering
from inspections.answer_rules import Given
from inspections.models import Answer, ChecklistItem, Evidence
from inspections.tests import hostile_files
from inspections.tests.factories import (
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def inspection():
    sheet = ChecklistFactory()
    for order in (1, 2):
        indicator = IndicatorFactory(checklist=sheet, order=order)
        for number in (1, 2):
            ChecklistItemFactory(indicator=indicator, order=number, code=f"{order}-{number}")
    publish(sheet)
    return InspectionFactory(in_progress=True, part__checklist=sheet)


@pytest.fixture
def page(page_of, inspector, inspection, wire):
    page = page_of(inspector, base_url=wire.url)
    page.goto(reverse("inspections:detail", args=[inspection.pk]))
    page.get_by_role("button", name="현장 준비").click()
    expect(page.get_by_role("button", name="현장 준비됨")).to_be_visible(timeout=20_000)
    return page


def line(page, code):
    return page.locator(f'[data-code="{code}"]')


def all_sent(page):
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 0", timeout=25_000)


def stored():
    answers = Answer.objects.select_related("item").order_by("item__code")
    return {answer.item.code: (answer.choice, answer.opinion) for answer in answers}


def test_the_whole_visit_without_a_network(page, wire, inspection):
    wire.set("refused")
    page.reload()
    expect(page.get_by_text("네트워크 없이 보는 화면입니다.")).to_be_visible()
    expect(page.get_by_role("heading", name="점검 계획")).to_be_visible()
    page.get_by_role("link", name="점검표 작성").click()
    line(page, "1-1").get_by_label("적정").first.check()
    line(page, "1-1").get_by_label("의견").fill("지하 창고")
    with page.expect_file_chooser() as chooser:
        line(page, "1-2").get_by_role("link", name="사진·파일").click()
    chooser.value.set_files([{"name": "창고.jpg", "mimeType": "image/jpeg", "buffer": hostile_files.photo()}])
    expect(line(page, "1-2").locator(".upload")).to_contain_text("미전송")
    page.get_by_role("navigation", name="지표 목록").get_by_role("link").nth(1).click()
    line(page, "2-1").get_by_label("부적정").check()
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 3")
    expect(page.locator("[data-unsent-link]")).to_have_text("미전송 3")
    assert Axe().run(page).violations_count == 0
    page.goto(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1")
    expect(line(page, "1-1").get_by_label("의견")).to_have_value("지하 창고")
    expect(line(page, "2-1").get_by_label("부적정")).to_be_checked()
    expect(line(page, "1-2").locator(".upload")).to_have_count(1)
    assert stored() == {}

    wire.set("open")
    page.evaluate("window.dispatchEvent(new Event('online'))")

    all_sent(page)
    assert stored() == {"1-1": ("적정", "지하 창고"), "2-1": ("부적정", "")}
    assert [row.item.code for row in Evidence.objects.all()] == ["1-2"]
    assert Event.objects.filter(action="answer").count() == 2


def test_what_was_saved_after_the_preparation_is_there_without_a_network(page, wire, inspection):
    url = reverse("inspections:checklist", args=[inspection.pk]) + "?all=1"
    page.goto(url)
    line(page, "1-1").get_by_label("의견").fill("준비한 뒤에 저장함")
    page.keyboard.press("Tab")
    all_sent(page)
    wire.set("refused")
    page.reload()

    expect(line(page, "1-1").get_by_label("의견")).to_have_value("준비한 뒤에 저장함")
    line(page, "1-1").get_by_label("의견").fill("그 뒤에 고침")
    wire.set("open")
    page.evaluate("window.dispatchEvent(new Event('online'))")

    all_sent(page)
    assert stored() == {"1-1": ("", "그 뒤에 고침")}


def test_a_server_that_is_gone_is_no_network_either(page, wire, inspection):
    wire.set("broken")
    page.goto(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1")

    expect(page.get_by_text("네트워크 없이 보는 화면입니다.")).to_be_visible()


def test_another_page_says_what_there_is(page, wire):
    wire.set("refused")
    page.goto("/inspections/")

    expect(page.get_by_role("heading", name="이 기기에 준비한 점검")).to_be_visible()
    expect(page.locator("[data-prepared-list]")).to_contain_text("준비 · 미전송 0")
    assert Axe().run(page).violations_count == 0
    page.locator("[data-prepared-list] a").click()
    expect(page.get_by_role("heading", name="점검 계획")).to_be_visible()


def test_a_collision_during_the_way_is_shown_on_return(page, wire, inspection):
    url = reverse("inspections:checklist", args=[inspection.pk]) + "?all=1"
    wire.set("refused")
    page.goto(url)
    line(page, "1-1").get_by_label("의견").fill("현장에서 적음")
    page.keyboard.press("Tab")
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 1")
    item = ChecklistItem.objects.get(code="1-1")
    colleague = UserFactory(department=inspection.department)
    answering.save_answers(inspection, [Given(item, opinion="사무실에서 적음")], by=colleague)
    wire.set("open")
    page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(line(page, "1-1").get_by_role("alert")).to_contain_text("사무실에서 적음", timeout=20_000)
    line(page, "1-1").get_by_role("button", name="합치기").click()
    all_sent(page)
    assert stored() == {"1-1": ("", "현장에서 적음\n사무실에서 적음")}


def kept(page):
    """How much of this device's stores is left: caches, and rows of each store."""
    return page.evaluate("""async () => {
        const found = { caches: await caches.keys() };
        const db = await new Promise((resolve) => {
            const opening = indexedDB.open("salpim");
            opening.onsuccess = () => resolve(opening.result);
        });
        for (const name of db.objectStoreNames) {
            found[name] = await new Promise((resolve) => {
                const counting = db.transaction(name).objectStore(name).count();
                counting.onsuccess = () => resolve(counting.result);
            });
        }
        db.close();
        return found;
    }""")


def sign_out(page):
    page.locator("[data-menu] summary").click()
    page.get_by_role("button", name="로그아웃").click()


def test_signing_out_clears_what_was_kept(page, inspection):
    page.goto(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1")
    line(page, "1-1").get_by_label("적정").first.check()
    all_sent(page)
    assert kept(page)["confirmed"] == 1

    sign_out(page)

    page.wait_for_url("**/accounts/login/**")
    assert kept(page) == {"caches": [], "answers": 0, "photos": 0, "prepared": 0, "confirmed": 0}


def test_signing_out_keeps_only_what_is_not_sent(page, wire, inspection):
    page.goto(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1")
    wire.set("refused", "answers/")
    line(page, "1-1").get_by_label("적정").first.check()
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 1")

    sign_out(page)
    page.get_by_role("button", name="두고 로그아웃").click()

    page.wait_for_url("**/accounts/login/**")
    assert kept(page) == {"caches": [], "answers": 1, "photos": 0, "prepared": 0, "confirmed": 0}


def test_who_signs_in_next_finds_nothing_of_the_one_before(page, wire, page_of, inspection, inspector):
    colleague = UserFactory(department=inspection.department)
    page.context.add_cookies(page_of(colleague).context.cookies())
    page.goto("/")
    expect(page.locator("body")).to_have_attribute("data-user", str(colleague.pk))
    page.wait_for_timeout(500)

    assert kept(page)["caches"] == []
    wire.set("refused")
    with pytest.raises(Exception, match="ERR_"):
        page.goto(reverse("inspections:checklist", args=[inspection.pk]))


def test_from_the_third_day_on_it_is_said_aloud(page, wire, inspection):
    url = reverse("inspections:checklist", args=[inspection.pk]) + "?all=1"
    wire.set("refused")
    page.goto(url)
    line(page, "1-1").get_by_label("적정").first.check()
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 1")
    three_days = 3 * 86400e3 + 60e3
    page.add_init_script(f"const now = Date.now; Date.now = () => now() + {three_days};")
    page.reload()

    expect(page.locator("[data-save-state]")).to_contain_text("부터 보내지 못했습니다.")
    page.goto("/offline/")
    expect(page.get_by_text("사흘 넘게 보내지 못한 내용이 있습니다.")).to_be_visible()
