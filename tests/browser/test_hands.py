"""The speed of the hand: keys alone, one item a screen, only the items one looks for."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from accounts.tests.factories import PASSWORD
from inspections.answer_rules import Given
from inspections.answering import save_answers
from inspections.models import Answer, ChecklistItem, Inspection
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    InspectionFactory,
    TeamMemberFactory,
    VisitFactory,
    publish,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INDICATORS, EACH = 6, 10
SMALL = """() => [...document.querySelectorAll(".present :is(button, a, .segments label), .one-bar button")]
    .filter((it) => it.offsetParent && it.getBoundingClientRect().height < 44).map((it) => it.innerText)"""


def sheet():
    """60 items of a routine inspection: of each ten eight to be chosen, one figure, one in words."""
    made = ChecklistFactory()
    for order in range(INDICATORS):
        indicator = IndicatorFactory(checklist=made, order=order, label=f"공통지표({order})")
        for number in range(EACH):
            kind = {8: {"number": True}, 9: {"prose": True}}.get(number, {"note_rule": "on_fail"})
            ChecklistItemFactory(indicator=indicator, order=number, code=f"{order}-{number}", **kind)
    return publish(made)


@pytest.fixture
def inspection():
    made = sheet()
    inspection = InspectionFactory(in_progress=True, part__checklist=made)
    TeamMemberFactory(inspection=inspection)
    VisitFactory(inspection=inspection)
    return inspection


@pytest.fixture
def url(inspection):
    return reverse("inspections:checklist", args=[inspection.pk]) + "?all=1"


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def type(self, text):
        self.page.keyboard.insert_text(text)
        self.count += 3 * len(text)  # a syllable of the Korean keyboard takes two or three

    def tab_to(self, name, *, exact=False):
        """Tab on until the control of this name has the focus."""
        for _ in range(150):
            focused = self.page.evaluate("""() => {
                const it = document.activeElement;
                if (!it.matches("a, button, input, select, textarea, summary")) return "";
                return it.labels?.[0]?.innerText || it.innerText || it.ariaLabel || "";
            }""")
            if name == focused.strip() if exact else name in focused:
                return
            self.press("Tab")
        raise AssertionError(f"{name} cannot be reached by Tab")


def test_sixty_items_take_less_than_five_minutes_of_keys(page_of, inspector, inspection, url):
    page = page_of(inspector)
    page.goto(url)
    keys = Keys(page)
    page.locator('[data-code="0-0"]').focus()
    for order in range(INDICATORS):
        for number in range(EACH):
            if number == 8:
                keys.press("9", "8", "Enter")  # the first digit leads into the field
            elif number == 9:
                keys.press("1")
                keys.type("양호함")
                keys.press("Escape", "Enter")
            elif number == 7 and order < 3:  # three of sixty fail
                keys.press("2", "o")
                keys.type("회의록 없음")
                keys.press("Escape", "ArrowDown")
            else:
                keys.press("1", "ArrowDown")
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 0", timeout=60_000)

    assert Answer.objects.answered().count() == 60
    assert Answer.objects.filter(choice="부적정", opinion="회의록 없음").count() == 3
    assert set(Answer.objects.filter(item__code__endswith="-8").values_list("number", flat=True)) == {98}
    # 45 × 2, 3 × (4 + text), 6 × 3, 6 × (3 + text): at two keys a second under two and a half minutes.
    assert keys.count == 45 * 2 + 3 * (4 + 18) + 6 * 3 + 6 * (3 + 9)
    assert keys.count / 2 < 5 * 60


def test_the_whole_visit_by_keyboard_alone(page_of, inspector, inspection):
    inspector.set_password(PASSWORD)
    inspector.save()
    item = ChecklistItem.objects.exclude(code="0-0")
    save_answers(inspection, [_answered(one) for one in item.select_related("indicator")], by=inspector)
    page = page_of(None)
    page.goto("/")
    keys = Keys(page)
    keys.tab_to("아이디")
    page.keyboard.type(inspector.username)
    keys.press("Tab")
    page.keyboard.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="내 업무")).to_be_visible()
    keys.tab_to("점검", exact=True)
    keys.press("Enter")
    page.wait_for_url("**/inspections/")
    keys.tab_to(str(inspection.subject))
    keys.press("Enter")
    page.wait_for_url(f"**/inspections/{inspection.pk}/")
    keys.tab_to("점검표 작성")
    keys.press("Enter")
    page.wait_for_url("**/checklist/*/")
    while "line" not in (page.evaluate("document.activeElement.className") or ""):
        keys.press("Tab")
    keys.press("1")
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 0", timeout=15_000)
    keys.tab_to("완료 전 확인")
    keys.press("Enter")
    page.wait_for_url("**/review/")
    keys.tab_to("점검 완료")
    keys.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    keys.tab_to("점검 완료")
    keys.press("Enter")

    expect(page.get_by_text("점검을 완료했습니다")).to_be_visible()
    assert Inspection.objects.get().status == "done"


def _answered(item):
    values = {"number": {"number": 5}, "prose": {"text": "양호함"}}.get(item.answer_type, {"choice": "적정"})
    return Given(item, **values)


def test_only_the_items_one_looks_for(page_of, inspector, inspection, url):
    items = list(ChecklistItem.objects.filter(indicator__checklist=inspection.checklist).order_by("pk"))
    AnswerFactory(inspection=inspection, item=items[0], answered_by=inspector)
    AnswerFactory(inspection=inspection, item=items[1], failed=True)
    last = InspectionFactory(in_progress=True, part__checklist=inspection.checklist)
    AnswerFactory(inspection=last, item=items[2], failed=True)
    Inspection.objects.filter(pk=inspection.pk).update(previous=last)
    page = page_of(inspector)
    page.goto(url)
    shown = page.locator(".line:visible")
    expect(shown).to_have_count(60)

    for name, count in [("미응답만", 58), ("부적정만", 1), ("작년 지적만", 1), ("내가 답한 것만", 1)]:
        page.get_by_role("link", name=name).click()
        expect(shown).to_have_count(count)
        expect(page.locator("[data-narrowed]")).to_have_text(f"{name}: {count}개 항목만 보입니다.")
    expect(page.locator(".indicator-head:visible")).to_have_count(1)
    assert Axe().run(page).violations_count == 0
    page.get_by_role("link", name="모두 한 쪽에").click()
    expect(shown).to_have_count(60)


def test_a_line_stays_while_it_is_answered_and_goes_when_it_is_asked_again(page_of, inspector, url):
    page = page_of(inspector)
    page.goto(url + "#unanswered")
    expect(page.locator(".line:visible")).to_have_count(60)

    page.locator('[data-code="0-0"]').get_by_label("적정").first.check()
    expect(page.locator(".line:visible")).to_have_count(60)
    page.get_by_role("link", name="미응답만").click()

    expect(page.locator(".line:visible")).to_have_count(59)


@pytest.mark.parametrize(("width", "height"), [(820, 1180), (1180, 820)])
def test_one_item_a_screen(page_of, inspector, url, width, height):
    page = page_of(inspector, viewport={"width": width, "height": height}, has_touch=True)
    page.goto(url)
    page.get_by_role("button", name="한 항목씩").tap()
    shown = page.locator(".line:visible")
    expect(shown).to_have_count(1)
    expect(page.locator("[data-one-place]")).to_have_text("1 / 60")
    expect(page.get_by_role("button", name="앞 항목")).to_be_disabled()

    shown.locator(".segments label").first.tap()
    page.get_by_role("button", name="다음 항목").tap()
    expect(shown).to_have_attribute("data-code", "0-1")
    page.keyboard.press("ArrowDown")
    expect(shown).to_have_attribute("data-code", "0-2")
    assert Axe().run(page).violations_count == 0
    small = page.evaluate(SMALL)
    assert small == []

    page.reload()  # remembered on this device
    expect(shown).to_have_count(1)
    page.get_by_role("button", name="한 항목씩").tap()
    expect(shown).to_have_count(60)


def test_at_the_end_of_an_indicator_the_next_one_follows(page_of, inspector, inspection):
    indicator = inspection.checklist.indicators.order_by("order").first()
    page = page_of(inspector)
    page.goto(reverse("inspections:indicator", args=[inspection.pk, indicator.pk]))
    page.get_by_role("button", name="한 항목씩").click()
    for _ in range(EACH):
        page.get_by_role("button", name="다음 항목").click()

    expect(page.locator(".line.present")).to_have_attribute("data-code", "1-0")
    expect(page.locator(".line:visible")).to_have_count(1)


def test_one_key_brings_last_years_words_and_never_its_answer(page_of, inspector, inspection, url):
    items = list(ChecklistItem.objects.filter(indicator__checklist=inspection.checklist).order_by("pk"))
    last = InspectionFactory(in_progress=True, part__checklist=inspection.checklist)
    AnswerFactory(inspection=last, item=items[0], failed=True, opinion="대장을 적지 않음")
    Inspection.objects.filter(pk=inspection.pk).update(previous=last)
    page = page_of(inspector)
    page.goto(url)
    line = page.locator('[data-code="0-0"]')
    line.focus()
    page.keyboard.press("l")

    opinion = line.get_by_label("의견")
    expect(opinion).to_have_value("대장을 적지 않음")
    expect(opinion).to_be_focused()
    expect(line.locator(".line-none input")).to_be_checked()
    opinion.fill("올해 확인함")
    line.get_by_role("button", name="작년 의견 가져오기").click()
    expect(opinion).to_have_value("올해 확인함\n대장을 적지 않음")
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 0", timeout=15_000)
    assert Answer.objects.get(inspection=inspection).choice == ""


def test_the_attendant_signs_with_a_finger(page_of, inspector, inspection):
    page = page_of(inspector, viewport={"width": 820, "height": 1180})
    page.goto(reverse("inspections:attest", args=[inspection.pk]))
    page.get_by_label("확인자 이름").fill("홍가람")
    field = page.locator("canvas").bounding_box()
    page.mouse.move(field["x"] + 50, field["y"] + 50)
    page.mouse.down()
    page.mouse.move(field["x"] + 300, field["y"] + 150, steps=8)
    page.mouse.up()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="확인 저장").click()

    expect(page.get_by_role("img", name="홍가람 서명")).to_be_visible()
    assert inspection.attestations.get().evidence is not None
    assert Axe().run(page).violations_count == 0
