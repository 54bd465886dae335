"""The public site in a real browser: axe, narrow screens, the keyboard; no script is needed for anything."""

import pytest
from pytest_django.live_server_helper import LiveServer

from public.tests.addresses import ATTACHMENT, PICTURE
from publications import storing
from publications.storing import PreparedAction
from publications.tests.factories import DAY, MOMENT, corrected, published, withdrawn
from tests.browser.test_look import violations

pytestmark = pytest.mark.browser
WIDTHS = [1280, 390, 320]
WIDE = "".join(f"<td>{'가나다라마바사' * 3}</td>" for _ in range(8))
PAPER = f"""
<article class="paper" lang="ko"><h2 class="line">점검개요</h2><p class="text">민간위탁 지도 점검 결과</p>
<table class="grid"><caption>점검 내역</caption><thead><tr><th scope="col" colspan="8">내역</th></tr></thead>
<tbody><tr>{WIDE}</tr></tbody></table></article>
"""
LISTS = [
    "/", "/documents/", "/documents/?q=점검&department=도서관", "/documents/?q=없는말", "/documents/?q=점",
    "/documents/?q=점검", "/browse/contractors/", "/browse/contractors/?from=하", "/about/", "/nothing/",
]  # fmt: skip


@pytest.fixture
def address(transactional_db, public_site):
    """The test server of the office began with other settings; this one serves the public site."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture
def editions():
    content = {
        "text": "민간위탁 지도 점검 결과", "html": PAPER, "files": (ATTACHMENT, PICTURE),
        "parties": ("가나다재단",), "department": "도서관",
    }  # fmt: skip
    full = corrected(published(**content), **content)
    demand = PreparedAction("이자를 반납할 것", "조치 중", due_on=DAY)
    storing.put_actions(full, [demand], as_of=DAY, at=MOMENT)
    gone, old = published(), published()
    withdrawn(gone)
    storing.supersede(old, by=full, at=MOMENT, on=DAY, reason="인원수가 틀렸음")
    for number in range(22):
        published(text="지도 점검", department=f"부서 {number}", parties=(f"재단 {number}",))
    return full, gone, old


def pages(editions):
    full, gone, old = (f"/documents/{edition.pk}/" for edition in editions)
    return [*LISTS, full, f"{full}attachments/1/", gone, old]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_has_violations_or_scrolls_sideways(page_of, address, editions, width):
    page, wrong = page_of(None, base_url=address), []
    page.set_viewport_size({"width": width, "height": 900})
    for path in pages(editions):
        page.goto(path)
        wrong += [(path, *found) for found in faults(page, width)]

    assert wrong == []


def faults(page, width):
    yield from violations(page)
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield ("scrolls sideways",)
    if page.locator("h1").count() != 1:
        yield ("one h1",)


def test_the_keyboard_alone_leads_from_the_search_to_a_document(page_of, address, editions):
    page = page_of(None, base_url=address, java_script_enabled=False)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "본문 바로가기"
    page.keyboard.press("Enter")

    tab_to(page, "#q")
    page.keyboard.type("지도점검 결과")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/?q=*")
    tab_to(page, ".card-title a")
    page.keyboard.press("Enter")

    page.wait_for_url("**/documents/*/")
    assert page.locator("h1").inner_text() == editions[0].title


def tab_to(page, selector, most=60):
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_a_wide_table_is_scrolled_by_the_keyboard_within_its_region(page_of, address, editions):
    page = page_of(None, base_url=address)
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"/documents/{editions[0].pk}/")
    region = page.get_by_role("region", name="본문")

    region.focus()
    page.keyboard.press("ArrowRight")
    assert scrolled(page)


def scrolled(page, tries=50):
    """Whether the region has moved; the policy of the site forbids Playwright to wait for it by a script."""
    for _ in range(tries):
        if page.evaluate("document.querySelector('.paper-scroll').scrollLeft > 0"):
            return True
        page.wait_for_timeout(50)
    return False


def test_on_paper_stand_the_text_and_its_facts_and_no_navigation(page_of, address, editions):
    page = page_of(None, base_url=address)
    page.goto(f"/documents/{editions[0].pk}/")
    page.emulate_media(media="print")

    for shown in ("h1", ".paper", "#facts"):
        assert page.locator(shown).first.is_visible(), shown
    for left_out in (".public-head", ".public-foot", ".jumps", "#downloads", "#history", "#neighbours"):
        assert not page.locator(left_out).first.is_visible(), left_out
