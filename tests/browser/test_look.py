"""The frame, the components and the form pack in a real browser: axe, keyboard, narrow screens."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.browser.look_urls")]

PAGES = ["widgets", "widgets/?invalid", "list", "detail", "editor"]
WIDTHS = {"desktop": 1280, "tablet": 820, "phone": 390}


def look(page, name):
    page.goto(f"/look/{name}" if "?" in name else f"/look/{name}/")
    return page


def violations(page):
    # preload: axe would write style sheets of its own into the page, which our policy rightly refuses
    found = Axe().run(page, options={"preload": False, "resultTypes": ["violations"]}).response["violations"]
    return [(rule["id"], node["html"][:160]) for rule in found for node in rule["nodes"]]


@pytest.fixture
def page(page_of, db):
    return page_of(UserFactory(role="superintendent"))


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_violations_and_no_sideways_scrolling(page, name, width):
    page.set_viewport_size({"width": width, "height": 900})

    look(page, name)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_open_dialog_has_no_violations_and_closes_on_escape(page):
    look(page, "detail").get_by_role("button", name="반려").first.click()
    dialog = page.get_by_role("dialog")

    assert dialog.is_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_skip_link_is_the_first_stop_and_leads_to_the_content(page):
    look(page, "list").keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "본문 바로가기"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_invalid_form_names_each_error_and_takes_the_focus(page):
    look(page, "widgets/?invalid")
    summary = page.locator("[data-error-summary]")

    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    summary.get_by_role("link", name="점검 방법").click()
    assert page.evaluate("document.activeElement.id") == "id_method_0"
    name = page.get_by_label("점검대상 이름")
    assert name.get_attribute("aria-invalid") == "true"
    assert name.get_attribute("aria-describedby") == "id_name_helptext id_name_error"


def test_every_link_of_the_error_summary_finds_its_field(page):
    look(page, "widgets/?invalid")

    missing = page.eval_on_selector_all(
        "[data-error-summary] a",
        "links => links.map(a => a.getAttribute('href')).filter(id => !document.querySelector(id))",
    )

    assert missing == []


def test_controls_are_finger_sized_on_a_tablet(page):
    page.set_viewport_size({"width": 820, "height": 900})
    look(page, "widgets")

    heights = page.eval_on_selector_all(
        ".button, .field input:not([type=checkbox], [type=radio], [type=hidden]), .field select,"
        " .field textarea, .field-choices label, .field-check label, .site-nav a",
        "controls => controls.filter(control => control.checkVisibility())"
        ".map(control => Math.round(control.getBoundingClientRect().height))",
    )

    assert min(heights) >= 44


def test_font_icons_and_navigation_are_there(page):
    look(page, "list")

    assert page.evaluate("document.fonts.check('16px \"Pretendard GOV\"', '살핌')")
    assert page.locator(".site-nav a[aria-current]").count() == 0
    assert page.locator(".site-nav .icon").first.bounding_box()["width"] == 20


def test_user_menu_opens_by_keyboard_and_closes_on_escape(page):
    menu = look(page, "list").locator(".user-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")

    assert menu.get_by_role("button", name="로그아웃").is_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert not menu.get_by_role("button", name="로그아웃").is_visible()


def test_idle_person_is_warned_and_then_told_that_the_session_is_over(page, settings):
    page.clock.install()
    look(page, "list")

    page.clock.fast_forward((settings.SESSION_IDLE_MINUTES * 60 - 119) * 1000)
    assert page.get_by_role("heading", name="곧 로그아웃됩니다").is_visible()
    page.clock.fast_forward(125 * 1000)
    assert page.get_by_role("heading", name="로그아웃되었습니다").is_visible()
    assert page.get_by_role("link", name="새 창에서 로그인").is_visible()


@pytest.mark.parametrize("path", ["/no-such-page/", "/accounts/login/"])
def test_plain_pages_have_no_violations(page_of, db, path):
    page = page_of(None)

    page.goto(path)

    assert violations(page) == []
