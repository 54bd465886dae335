"""The checklist in a browser: keyboard and photographs; what is saved by itself is in test_autosave.py."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from accounts.tests.factories import UserFactory
from inspections import checklists
from inspections.models import ChecklistItem, Evidence, FindingType
from inspections.tests import hostile_files
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    FindingFactory,
    IndicatorFactory,
    InspectionFactory,
    TeamMemberFactory,
    VisitFactory,
    publish,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sheet():
    made = ChecklistFactory()
    for number in (1, 2):
        indicator = IndicatorFactory(checklist=made, order=number)
        ChecklistItemFactory(indicator=indicator, order=1, code=f"{number}-1", note_rule="on_fail")
        ChecklistItemFactory(indicator=indicator, order=2, code=f"{number}-2", number=True)
        ChecklistItemFactory(indicator=indicator, order=3, code=f"{number}-3", prose=True)
    return publish(made)


@pytest.fixture
def inspection():
    last = InspectionFactory(in_progress=True, part__checklist=sheet())
    AnswerFactory(inspection=last, failed=True)
    FindingFactory(inspection=last, kind="fault")
    inspection = InspectionFactory(in_progress=True, part__checklist=sheet(), previous=last)
    TeamMemberFactory(inspection=inspection)
    VisitFactory(inspection=inspection)
    return inspection


@pytest.fixture
def items(inspection):
    return list(
        ChecklistItem.objects.filter(indicator__checklist=inspection.checklist).order_by(
            "indicator__order", "order"
        )
    )


@pytest.fixture
def url(inspection, items):
    return reverse("inspections:indicator", args=[inspection.pk, items[0].indicator_id])


def field(page, item, name):
    return page.locator(f'[name="a{item.pk}-{name}"]')


def line(page, item):
    return page.locator(f"#item-{item.pk}")


def test_the_keyboard_answers_a_whole_indicator(page_of, inspector, inspection, items, url):
    page = page_of(inspector)
    page.goto(url)
    line(page, items[0]).focus()

    page.keyboard.press("2")
    page.keyboard.press("o")
    page.keyboard.type("1 증빙 없음 n")  # digits and letters are text here
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(line(page, items[1])).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.type("해당 사업 없음")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")
    expect(line(page, items[0])).to_be_focused()
    page.keyboard.press("Control+s")

    expect(page.locator("[data-save-state]")).to_contain_text("미전송 0")
    assert list(
        inspection.answers.order_by("item__order").values_list("choice", "opinion", "is_not_applicable")
    ) == [
        ("부적정", "1 증빙 없음 n", False),
        ("", "", True),
    ]


def test_help_lists_the_keys(page_of, inspector, items, url):
    page = page_of(inspector)
    page.goto(url)
    line(page, items[0]).focus()
    page.keyboard.press("Shift+?")

    expect(page.get_by_role("dialog", name="단축키")).to_be_visible()


def test_several_photographs_at_once_and_one_refused(page_of, inspector, items, url):
    page = page_of(inspector)
    page.goto(url)
    files = [
        {"name": f"사진{number}.jpg", "mimeType": "image/jpeg", "buffer": hostile_files.photo()}
        for number in (1, 2)
    ]
    files.append({"name": "나쁜.jpg", "mimeType": "image/jpeg", "buffer": b"<script>alert(1)</script>"})
    with page.expect_file_chooser() as chooser:
        line(page, items[0]).get_by_role("link", name="사진·파일 올리기").click()
    chooser.value.set_files(files)

    expect(line(page, items[0]).locator("a.evidence img")).to_have_count(2)
    expect(line(page, items[0]).get_by_role("alert")).to_contain_text("사진과 pdf 문서만")
    assert Evidence.objects.filter(item=items[0]).count() == 2


@pytest.mark.parametrize("width", [1280, 820])
def test_the_pages_are_accessible_and_fit_fingers(page_of, inspector, inspection, url, width):
    page = page_of(inspector, viewport={"width": width, "height": 900})
    pages = [
        url,
        reverse("inspections:checklist", args=[inspection.pk]) + "?all=1",
        reverse("inspections:review", args=[inspection.pk]),
        reverse("inspections:evidence_add", args=[inspection.pk]),
        reverse("inspections:answers_upload", args=[inspection.pk]),
        reverse("inspections:repeats", args=[inspection.pk, FindingType.objects.first().pk]),
        reverse("inspections:sheet_move", args=[inspection.pk]),
        reverse("inspections:detail", args=[inspection.pk]),
        reverse("offline"),
    ]
    keeper = UserFactory(role="superintendent")
    draft = checklists.copy(inspection.checklist, by=keeper)
    draft.indicators.first().items.first().delete()
    draft.indicators.last().items.filter(order=1).update(text="새로 적은 물음")
    checklists.publish(draft, by=keeper)
    for address in pages:
        page.goto(address)
        assert Axe().run(page).violations_count == 0, address
        assert page.evaluate(TOO_SMALL) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


TOO_SMALL = """() => [...document.querySelectorAll(
    "main :is(a.button, button, input, summary, select, textarea)")]
  .filter((element) => element.type !== "hidden" && element.checkVisibility())
  .map((element) => ["radio", "checkbox"].includes(element.type) ? element.closest("label") : element)
  .filter((element) => element.getBoundingClientRect().height < 43.5)
  .map((element) => element.outerHTML.slice(0, 90))"""
