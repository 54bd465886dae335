"""The outline of the results and of a paper in a real browser: keys, undo, no connection, two at one line."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.tests.factories import UserFactory
from inspections import outlining
from inspections.models import Finding
from inspections.tests.factories import FindingFactory, InspectionFactory, TeamMemberFactory
from reports import lines as paper_lines
from reports.models import Block
from reports.tests.factories import Office, draft
from tests.browser.test_look import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def office(transactional_db):
    return Office()


@pytest.fixture
def inspection(office):
    inspection = InspectionFactory(department=office.department, in_progress=True)
    TeamMemberFactory(inspection=inspection, user=office.drafter)
    return inspection


@pytest.fixture
def three(inspection):
    """□ 하나, below it - 둘, then □ 셋."""
    rows = [(1, "하나"), (2, "둘"), (1, "셋")]
    return [FindingFactory(inspection=inspection, level=level, text=text, kind="") for level, text in rows]


@pytest.fixture
def page(page_of, office, inspection):
    page = page_of(office.drafter)
    page.set_default_timeout(15_000)
    return page


def opened(page, inspection):
    page.goto(f"/inspections/{inspection.pk}/findings/")
    return page.locator(".outline-scope").first


def line(page, text):
    return page.locator(f'[data-line]:has(textarea[name="text"]) >> nth={texts(page).index(text)}')


def write_at(page, text):
    """Put the caret at the end of a line."""
    line(page, text).get_by_label("내용").focus()
    page.keyboard.press("End")


def texts(page):
    return page.eval_on_selector_all("[data-line] textarea", "all => all.map(each => each.value)")


def settled(page):
    expect(page.locator("[data-state=unsaved], [data-state=failed]")).to_have_count(0, timeout=20_000)


def stored():
    return list(Finding.objects.order_by("position").values_list("level", "text"))


def test_enter_splits_a_line_and_keeps_both_ends(page, inspection, three):
    opened(page, inspection)
    write_at(page, "하나")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.type("새")
    settled(page)

    assert stored() == [(1, "하"), (1, "새나"), (2, "둘"), (1, "셋")]


def test_lines_written_faster_than_they_are_sent_keep_their_order(page, inspection):
    place = opened(page, inspection)
    place.locator(".outline-new input[name=text]").fill("첫 줄")
    for word in ["둘째", "셋째", "넷째"]:
        page.keyboard.press("Enter")
        page.keyboard.type(word)
    settled(page)

    assert [text for _, text in stored()] == ["첫 줄", "둘째", "셋째", "넷째"]


def test_the_button_adds_a_line_and_stays_in_it(page, inspection):
    place = opened(page, inspection)
    place.locator(".outline-new input[name=text]").fill("첫 줄")
    place.get_by_role("button", name="줄 더하기").click()
    page.keyboard.type("에서")
    settled(page)

    assert stored() == [(1, "첫 줄에서")]


def test_tab_and_shift_tab_change_the_level_and_undo_brings_it_back(page, inspection, three):
    opened(page, inspection)
    write_at(page, "셋")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    settled(page)
    assert stored()[2] == (2, "셋")

    page.keyboard.press("Control+z")
    settled(page)
    assert stored()[2] == (3, "셋")


def test_alt_and_an_arrow_move_a_line_with_what_hangs_below_it(page, inspection, three):
    opened(page, inspection)
    write_at(page, "하나")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#outline-status")).to_contain_text("저장했습니다.")
    assert texts(page) == ["셋", "하나", "둘"]
    assert [text for _, text in stored()] == ["셋", "하나", "둘"]

    with page.expect_response("**/move/"):
        page.keyboard.press("Alt+ArrowUp")
    assert texts(page) == ["하나", "둘", "셋"]


def test_an_emptied_line_goes_by_backspace_and_comes_back_by_undo(page, inspection, three):
    opened(page, inspection)
    write_at(page, "둘")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    expect(page.locator("[data-line]")).to_have_count(2)
    assert page.evaluate("document.activeElement.value") == "하나"
    page.wait_for_timeout(1000)  # longer than a line waits before it is saved
    expect(page.locator("#toasts")).to_be_empty()
    assert [text for _, text in stored()] == ["하나", "셋"]

    page.keyboard.press("Control+z")
    expect(page.locator("[data-line]")).to_have_count(3)
    assert texts(page) == ["하나", "둘", "셋"]
    assert stored() == [(1, "하나"), (2, "둘"), (1, "셋")]


def test_a_deleted_line_is_brought_back_by_a_button(page, inspection, three):
    opened(page, inspection)
    line(page, "둘").get_by_role("button", name="지우기").click()
    page.get_by_role("button", name="되살리기").click()
    expect(page.locator("[data-line]")).to_have_count(3)

    assert texts(page) == ["하나", "둘", "셋"]


def test_escape_lets_tab_leave_the_line(page, inspection, three):
    opened(page, inspection)
    write_at(page, "하나")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.name") == "kind"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "text"
    settled(page)
    assert stored()[0][0] == 2


def test_a_lost_connection_keeps_the_text_says_so_and_saves_later(page, inspection, three):
    opened(page, inspection)
    page.context.set_offline(True)
    write_at(page, "하나")
    page.keyboard.type(" 더")
    page.keyboard.press("Enter")
    page.keyboard.type("끊긴 사이")
    expect(page.locator("#outline-status")).to_contain_text("서버에 닿지 못했습니다.")
    assert texts(page)[:2] == ["하나 더", "끊긴 사이"]
    assert len(stored()) == 3

    page.context.set_offline(False)
    settled(page)
    assert [text for _, text in stored()] == ["하나 더", "끊긴 사이", "둘", "셋"]


@pytest.mark.parametrize(
    ("choice", "kept"), [("내 것으로", "내 글"), ("상대 것으로", "남의 글"), ("합치기", "남의 글 내 글")]
)
def test_two_at_one_line_see_both_texts_and_choose(page, inspection, three, office, choice, kept):
    opened(page, inspection)
    outlining.save_line(three[0], by=office.colleague, version=1, text="남의 글")
    line(page, "하나").get_by_label("내용").fill("내 글")
    box = page.get_by_role("alert").filter(has_text="남의 글")
    expect(box).to_be_visible()
    assert texts(page)[0] == "내 글"
    assert violations(page) == []

    box.get_by_role("button", name=choice).click()
    settled(page)
    assert stored()[0] == (1, kept)


def test_a_line_that_somebody_took_away_can_be_kept(page, inspection, three, office):
    opened(page, inspection)
    outlining.delete_line(three[2], by=office.colleague, version=1)
    line(page, "셋").get_by_label("내용").fill("셋, 그래도")
    page.get_by_role("button", name="되살려 내 것으로").click()
    settled(page)

    assert stored()[2] == (1, "셋, 그래도")


def test_keys_do_nothing_while_a_syllable_is_put_together(page, inspection, three):
    opened(page, inspection)
    write_at(page, "둘")
    for key in ["Enter", "Tab", "Backspace", "ArrowUp"]:
        was_free = page.evaluate(
            "key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
            " {key, isComposing: true, bubbles: true, cancelable: true}))",
            key,
        )
        assert was_free

    assert texts(page) == ["하나", "둘", "셋"]
    assert page.evaluate("document.activeElement.value") == "둘"


def test_several_pasted_lines_become_lines(page, inspection, three):
    opened(page, inspection)
    write_at(page, "셋")
    page.evaluate(
        "() => { const data = new DataTransfer(); data.setData('text/plain', ' 넷\\r\\n다섯\\n\\n여섯');"
        " document.activeElement.dispatchEvent("
        "new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }"
    )
    settled(page)

    assert [text for _, text in stored()] == ["하나", "둘", "셋 넷", "다섯", "여섯"]


def test_leaving_by_a_link_waits_for_the_save(page, inspection, three):
    opened(page, inspection)
    write_at(page, "하나")
    page.keyboard.type(" 끝")
    page.get_by_role("link", name="완료 전 확인").click()
    page.wait_for_url("**/review/")

    assert stored()[0] == (1, "하나 끝")


def test_what_is_known_of_a_line_is_seen_below_it_and_its_controls_fit_a_finger(page, inspection, three):
    Finding.objects.filter(pk=three[0].pk).update(measured="92.5", standard="90", unit="%")
    page.set_viewport_size({"width": 820, "height": 1000})
    opened(page, inspection)

    expect(line(page, "하나").get_by_text("측정 92.5% / 기준 90%")).to_be_visible()
    expect(line(page, "하나").get_by_role("link", name="자세히")).to_be_visible()
    heights = page.eval_on_selector_all(
        ".outline-scope :is(a.button, button, select, textarea, input:not([type=hidden]))",
        "all => all.filter(each => each.checkVisibility())"
        ".map(each => Math.round(each.getBoundingClientRect().height))",
    )
    assert min(heights) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 820


class TestPaper:
    """The editor of a paper uses the same script; its lines have a depth of their own."""

    @pytest.fixture
    def paper(self, office):
        return draft(office)

    @pytest.fixture
    def page(self, page_of, office, paper):
        page = page_of(office.drafter)
        page.goto(f"/reports/{paper.pk}/")
        return page

    def blocks(self, paper):
        return [
            (b.depth, b.level, b.text) for b in paper.blocks.filter(is_removed=False).order_by("position")
        ]

    def test_lines_are_split_indented_taken_away_and_brought_back(self, page, paper):
        when = "점검일시: ’20. 12. 30.(수)"
        write_at(page, when)
        page.keyboard.press("Enter")
        page.keyboard.type("점검장소: 센터")
        page.keyboard.press("Tab")
        settled(page)
        assert self.blocks(paper) == [(0, 1, "점검개요"), (1, 2, when), (2, 3, "점검장소: 센터")]
        expect(page.locator("#preview")).to_contain_text("점검장소: 센터")

        line(page, "점검장소: 센터").get_by_role("button", name="지우기").click()
        expect(page.locator("[data-line]:has(textarea)")).to_have_count(2)
        page.keyboard.press("Control+z")
        expect(page.locator("[data-line]:has(textarea)")).to_have_count(3)
        assert self.blocks(paper)[2] == (2, 3, "점검장소: 센터")

    def test_a_line_added_at_the_end_hangs_as_deep_as_the_last(self, page, paper):
        page.get_by_label("새 줄").fill("덧붙인 줄")
        page.keyboard.press("Enter")
        settled(page)

        assert self.blocks(paper)[2] == (1, 2, "덧붙인 줄")

    def test_a_late_save_shows_both_texts(self, page, paper, office):
        block = Block.objects.get(document=paper, level=2)
        paper_lines.save_line(block, by=office.drafter, version=block.version, text="남의 글")
        line(page, "점검일시: ’20. 12. 30.(수)").get_by_label("내용").fill("내 글")
        box = page.locator(".outline-conflict")
        expect(box).to_contain_text("남의 글")
        box.get_by_role("button", name="합치기").click()
        settled(page)

        assert self.blocks(paper)[1][2] == "남의 글 내 글"

    def test_a_line_removed_in_another_window_can_be_kept(self, page, paper, office):
        block = Block.objects.get(document=paper, level=2)
        paper_lines.delete_line(block, by=office.drafter, version=block.version)
        line(page, "점검일시: ’20. 12. 30.(수)").get_by_label("내용").fill("그래도 남길 글")
        page.get_by_role("button", name="되살려 내 것으로").click()
        settled(page)

        assert self.blocks(paper)[1][2] == "그래도 남길 글"


def test_a_fault_gets_a_type_of_the_catalogue(page_of):
    inspection = InspectionFactory(in_progress=True)
    line = FindingFactory(inspection=inspection, kind="fault")
    good = FindingFactory(inspection=inspection, kind="good", position=2**30)
    page = page_of(UserFactory(department=inspection.department))
    page.goto(reverse("inspections:findings", args=[inspection.pk]))
    types = page.locator(f"#line-{line.pk}").get_by_label("지적 유형")
    expect(page.locator(f"#line-{good.pk}").get_by_label("지적 유형")).to_be_hidden()
    assert violations(page) == []

    types.focus()
    types.select_option("물품관리대장 미흡")
    expect(page.locator(f"#line-{line.pk}")).to_have_attribute("data-state", "saved")
    line.refresh_from_db()
    assert line.finding_type.name == "물품관리대장 미흡"

    page.locator(f"#line-{line.pk}").get_by_label("구분").select_option("양호")
    expect(types).to_be_hidden()
    expect(page.locator(f"#line-{line.pk}")).to_have_attribute("data-state", "saved")
    line.refresh_from_db()
    assert (line.kind, line.finding_type) == ("good", None)
