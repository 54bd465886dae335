"""What is typed at the visit is never lost, whatever network, session, browser or a colleague do."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from accounts.tests.factories import PASSWORD, UserFactory
from audit import recording
from audit.models import Event
from inspections import answering, checklists, moving
from inspections.answer_rules import Given
from inspections.models import Answer, ChecklistItem
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
    indicator = IndicatorFactory(checklist=ChecklistFactory())
    for number in range(1, 7):
        ChecklistItemFactory(indicator=indicator, order=number, code=f"가-{number}", note_rule="on_fail")
    publish(indicator.checklist)
    return InspectionFactory(in_progress=True, part__checklist=indicator.checklist)


@pytest.fixture
def url(inspection):
    indicator = inspection.checklist.indicators.get()
    return reverse("inspections:indicator", args=[inspection.pk, indicator.pk])


@pytest.fixture
def page(page_of, inspector, url):
    page = page_of(inspector)
    page.goto(url)
    return page


def line(page, number):
    return page.locator(f'[data-code="가-{number}"]')


def opinion(page, number):
    return line(page, number).get_by_label("의견")


def all_sent(page):
    # A failed attempt is repeated after two seconds, then after five more.
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 0", timeout=15_000)


def unsent(page, count):
    expect(page.locator("[data-save-state]")).to_contain_text(f"미전송 {count}")


def stored():
    """code → (choice, opinion) of everything that the database holds."""
    answers = Answer.objects.select_related("item").order_by("item__order")
    return {answer.item.code: (answer.choice, answer.opinion) for answer in answers}


def test_a_line_is_saved_without_any_button(page):
    line(page, 1).get_by_label("적정").first.check()
    opinion(page, 2).fill("통장을 확인함")
    page.keyboard.press("Tab")

    expect(line(page, 2).locator(".line-state")).to_have_text("저장됨")
    expect(page.locator("[data-save-state]")).to_contain_text("저장됨 ")
    all_sent(page)
    assert stored() == {"가-1": ("적정", ""), "가-2": ("", "통장을 확인함")}


def test_the_counts_at_the_side_move_while_one_answers(page):
    line(page, 1).get_by_label("적정").first.check()
    line(page, 2).get_by_label("적정").first.check()

    expect(page.locator("[data-progress-count]")).to_have_text("2/6")
    expect(page.locator(".sheet-progress .progress-text")).to_have_text("2 / 6")


def test_without_a_network_all_is_kept_and_sent_when_it_is_back(page):
    page.context.set_offline(True)
    for number in (1, 2, 3):
        line(page, number).get_by_label("적정").first.check()
        opinion(page, number).fill(f"지하 창고 {number}")
    unsent(page, 3)
    assert stored() == {}

    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")

    all_sent(page)
    assert stored() == {f"가-{number}": ("적정", f"지하 창고 {number}") for number in (1, 2, 3)}


def test_a_closed_tab_loses_nothing(page, page_of, url):
    page.context.set_offline(True)
    opinion(page, 1).fill("닫기 전에 적은 글")
    unsent(page, 1)
    context = page.context
    page.close()

    context.set_offline(False)
    again = context.new_page()
    again.goto(url)

    expect(opinion(again, 1)).to_have_value("닫기 전에 적은 글")
    all_sent(again)
    assert stored() == {"가-1": ("", "닫기 전에 적은 글")}


@pytest.mark.parametrize("is_applied", [True, False])
def test_a_lost_reply_is_one_save(page, is_applied):
    lose = Losing(page, is_applied)
    line(page, 1).get_by_label("적정").first.check()
    lose.wait()
    opinion(page, 1).fill("그 사이 더 적은 글")
    lose.stop()

    page.evaluate("window.dispatchEvent(new Event('online'))")
    all_sent(page)

    assert stored() == {"가-1": ("적정", "그 사이 더 적은 글")}
    assert Answer.objects.get().version == 2
    assert Event.objects.filter(action="answer").count() == 2
    assert recording.broken_links() == []


class Losing:
    """The request arrives, or does not; the reply never does."""

    def __init__(self, page, is_applied):
        self.page, self.is_applied, self.lost = page, is_applied, 0
        page.route("**/answers/", self.handle)

    def handle(self, route):
        if self.is_applied:
            route.fetch()
        self.lost += 1
        route.abort()

    def wait(self):
        for _ in range(100):
            if self.lost:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("nothing was sent")

    def stop(self):
        self.page.unroute("**/answers/")


def test_an_error_of_the_server_is_tried_again(page):
    answers = iter([500, 503])

    def fail(route):
        status = next(answers, None)
        route.fulfill(status=status, body="{}") if status else route.continue_()

    page.route("**/answers/", fail)
    opinion(page, 1).fill("두 번 실패한 글")
    page.keyboard.press("Tab")

    all_sent(page)
    assert stored() == {"가-1": ("", "두 번 실패한 글")}


def test_a_session_that_ended_is_taken_up_in_a_dialog(page, inspector):
    inspector.set_password(PASSWORD)
    inspector.save()
    Session.objects.all().delete()
    opinion(page, 1).fill("로그아웃된 뒤에 적은 글")
    page.keyboard.press("Tab")
    dialog = page.get_by_role("dialog", name="로그아웃되었습니다")
    expect(dialog).to_be_visible()
    assert Axe().run(page).violations_count == 0

    dialog.get_by_label("아이디").fill(inspector.username)
    dialog.get_by_label("비밀번호").fill("틀린 비밀번호")
    dialog.get_by_role("button", name="로그인", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("맞지 않습니다")
    dialog.get_by_label("비밀번호").fill(PASSWORD)
    dialog.get_by_role("button", name="로그인", exact=True).click()

    expect(dialog).to_be_hidden()
    all_sent(page)
    assert stored() == {"가-1": ("", "로그아웃된 뒤에 적은 글")}


def test_what_one_user_left_is_neither_shown_to_nor_sent_as_another(page, page_of, inspection, url):
    page.context.set_offline(True)
    opinion(page, 1).fill("김가나의 글")
    unsent(page, 1)
    page.route("**/answers/", lambda route: route.abort())  # first: else it is sent at once
    page.context.set_offline(False)
    colleague = UserFactory(department=inspection.department)
    take_over(page, page_of, colleague)
    page.goto(url)

    expect(opinion(page, 1)).to_have_value("")
    expect(page.get_by_text("이 기기에 다른 사용자가 보내지 못한 내용이 있습니다.")).to_be_visible()
    unsent(page, 0)
    assert stored() == {}


def test_nothing_is_sent_in_the_name_of_whoever_signed_in_meanwhile(page, page_of, inspection):
    take_over(page, page_of, UserFactory(department=inspection.department))
    opinion(page, 1).fill("내 글")
    page.keyboard.press("Tab")

    expect(page.get_by_role("dialog", name="로그아웃되었습니다")).to_be_visible()
    unsent(page, 1)
    assert stored() == {}


def take_over(page, page_of, user):
    """Somebody else signs in at this desk."""
    page.context.add_cookies(page_of(user).context.cookies())


def test_a_collision_shows_both_texts_and_is_merged(page, inspection):
    colleague_saves(inspection, choice="부적정", opinion="먼저 적은 글")
    opinion(page, 1).fill("나중에 적은 글")
    page.keyboard.press("Tab")

    box = line(page, 1).get_by_role("alert")
    expect(box).to_contain_text("님이 고쳤습니다.")
    expect(box).to_contain_text("저장되어 있는 답: 부적정 · 의견: 먼저 적은 글")
    assert Axe().run(page).violations_count == 0
    assert stored() == {"가-1": ("부적정", "먼저 적은 글")}
    box.get_by_role("button", name="합치기").click()

    all_sent(page)
    assert stored() == {"가-1": ("", "나중에 적은 글\n먼저 적은 글")}


@pytest.mark.parametrize(
    ("choice", "kept"), [("내 것으로", ("", "나중에 적은 글")), ("상대 것으로", ("부적정", "먼저 적은 글"))]
)
def test_of_a_collision_one_side_is_kept(page, inspection, choice, kept):
    colleague_saves(inspection, choice="부적정", opinion="먼저 적은 글")
    opinion(page, 1).fill("나중에 적은 글")
    page.keyboard.press("Tab")
    line(page, 1).get_by_role("button", name=choice).click()

    all_sent(page)
    expect(line(page, 1).locator(".line-trouble")).to_have_count(0)
    assert stored() == {"가-1": kept}


def colleague_saves(inspection, **fields):
    item = ChecklistItem.objects.get(indicator__checklist=inspection.checklist, code="가-1")
    colleague = UserFactory(department=inspection.department)
    answering.save_answers(inspection, [Given(item, **fields)], by=colleague)


def test_two_windows_of_one_user_are_one(page, url):
    other = page.context.new_page()
    other.goto(url)
    opinion(page, 1).fill("첫 창")
    page.keyboard.press("Tab")
    all_sent(page)

    expect(opinion(other, 1)).to_have_value("첫 창")
    opinion(other, 1).fill("첫 창, 둘째 창")
    other.keyboard.press("Tab")
    all_sent(other)

    expect(opinion(page, 1)).to_have_value("첫 창, 둘째 창")
    assert stored() == {"가-1": ("", "첫 창, 둘째 창")}
    assert Answer.objects.get().version == 2


def test_what_the_server_refuses_is_told_at_the_line_and_kept(page):
    line(page, 1).get_by_label("부적정").check()

    expect(line(page, 1).get_by_role("alert")).to_contain_text("부적정일 때는 의견을 적어야 하는 항목입니다.")
    unsent(page, 1)
    page.locator("#sheet").get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_text("보내지 못한 항목이 있습니다.")).to_be_visible()
    opinion(page, 1).fill("회의록 없음")
    page.keyboard.press("Tab")

    all_sent(page)
    assert stored() == {"가-1": ("부적정", "회의록 없음")}


def test_a_clock_that_is_an_hour_wrong_changes_nothing(page, url):
    page.clock.install(time="2020-01-01T00:00:00Z")
    page.goto(url)
    opinion(page, 1).fill("시계가 틀린 기기")
    page.clock.fast_forward(2000)

    all_sent(page)
    assert stored() == {"가-1": ("", "시계가 틀린 기기")}


def test_a_device_without_room_says_so_and_the_buttons_still_save(page, url):
    page.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }"
    )
    page.goto(url)
    opinion(page, 1).fill("보관할 자리가 없음")

    expect(line(page, 1).locator(".line-state")).to_contain_text("이 기기에 보관하지 못했습니다.")
    page.locator("#sheet").get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_text("저장했습니다. (바뀐 답 1건)")).to_be_visible()
    assert stored() == {"가-1": ("", "보관할 자리가 없음")}


def test_signing_out_asks_about_what_is_not_sent(page, url, inspector):
    page.context.set_offline(True)
    opinion(page, 1).fill("두고 나갈 글")
    unsent(page, 1)
    page.route("**/answers/", lambda route: route.abort())
    page.context.set_offline(False)
    page.locator("[data-menu] summary").click()
    page.get_by_role("button", name="로그아웃").click()
    dialog = page.get_by_role("dialog", name="보내지 못한 내용 1건이 있습니다")
    expect(dialog).to_be_visible()
    assert Axe().run(page).violations_count == 0

    dialog.get_by_role("button", name="보내고 로그아웃").click()
    expect(dialog.get_by_text("다 보내지 못했습니다.")).to_be_visible()
    page.unroute("**/answers/")
    dialog.get_by_role("button", name="보내고 로그아웃").click()

    page.wait_for_url("**/accounts/login/**")
    assert stored() == {"가-1": ("", "두고 나갈 글")}
    assert Session.objects.count() == 0


def test_saving_and_going_on_waits_for_what_is_under_way(page, inspection):
    opinion(page, 6).fill("마지막에 적은 글")
    page.get_by_role("link", name="완료 전 확인").last.click()

    page.wait_for_url("**/review/")
    expect(page.get_by_text("마지막에 적은 글")).to_be_visible()


def test_two_at_once_see_where_the_other_is(page, page_of, inspection, inspector, url):
    colleague = UserFactory(department=inspection.department, name="이다라", position="주무관")
    other = page_of(colleague)
    other.goto(url)
    opinion(other, 3).focus()
    other.wait_for_timeout(3100)
    opinion(other, 3).blur()
    opinion(other, 3).focus()  # said at once, a little after the last time

    page.reload()

    expect(page.locator("[data-here]")).to_have_text("함께 보는 사람 1: 이다라 주무관")
    expect(line(page, 3).locator(".line-here")).to_have_text("이다라 님이 보는 중")
    assert Axe().run(page).violations_count == 0


def test_a_page_of_the_version_before_is_told_that_the_sheet_has_moved(page, inspection, inspector, url):
    keeper = UserFactory(role="superintendent")
    draft = checklists.copy(inspection.checklist, by=keeper)
    draft.indicators.get().items.filter(code="가-6").delete()
    newer = checklists.publish(draft, by=keeper)
    shown = moving.outlook(inspection, newer).fingerprint
    moving.move(inspection, newer, by=inspector, version=inspection.version, fingerprint=shown)
    opinion(page, 6).fill("옛 쪽에 적은 글")
    page.keyboard.press("Tab")
    expect(line(page, 6).get_by_role("alert")).to_contain_text("지금 이 점검의 점검표에 없는 항목입니다.")

    page.goto(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1")

    stray = page.locator("[data-stray]")
    expect(stray).to_contain_text("적은 글: 옛 쪽에 적은 글")
    unsent(page, 1)
    assert Axe().run(page).violations_count == 0
    stray.get_by_role("button", name="버리기").click()
    expect(stray).to_be_hidden()
    all_sent(page)
    assert stored() == {}
