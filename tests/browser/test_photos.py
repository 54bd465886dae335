"""Photographs at the visit: made smaller, kept first, sent once, with what the camera knew of them."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from inspections.evidence_files import path_of
from inspections.models import Evidence
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
    indicator = IndicatorFactory(checklist=ChecklistFactory())
    for number in (1, 2):
        ChecklistItemFactory(indicator=indicator, order=number, code=f"가-{number}", evidence_rule="optional")
    publish(indicator.checklist)
    return InspectionFactory(in_progress=True, part__checklist=indicator.checklist)


@pytest.fixture
def page(page_of, inspection, inspector):
    page = page_of(inspector)
    page.goto(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1")
    return page


def line(page, number):
    return page.locator(f'[data-code="가-{number}"]')


def pick(page, number, *files):
    with page.expect_file_chooser() as chooser:
        line(page, number).get_by_role("link", name="사진·파일").click()
    chooser.value.set_files(list(files))


def photo(name="현장.jpg", data=None):
    return {"name": name, "mimeType": "image/jpeg", "buffer": data or hostile_files.photo()}


def large_photo():
    """4,000 pixels wide, lying on its side, noisy enough to be worth making smaller; with time and place."""
    exif = Image.open(io.BytesIO(hostile_files.photo_with_place())).info["exif"]
    target = io.BytesIO()
    Image.effect_noise((4000, 3000), 80).convert("RGB").save(target, "JPEG", quality=95, exif=exif)
    return target.getvalue()


def all_sent(page):
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 0", timeout=20_000)


def cut(page):
    page.context.set_offline(True)


def back(page):
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")


def test_a_large_photograph_is_made_smaller_before_it_is_sent(page):
    data = large_photo()

    pick(page, 1, photo(data=data))

    expect(line(page, 1).locator("a.evidence img")).to_have_count(1, timeout=20_000)
    row = Evidence.objects.get()
    original = Image.open(io.BytesIO(path_of(row.original).read_bytes()))
    assert original.size == (1920, 2560)  # upright, and no larger than what is shown
    assert row.size < len(data) / 2
    assert row.taken_at.isoformat() == "2020-12-30T05:03:00+00:00"
    assert row.taken_place == "37.56000, 126.98000"
    assert dict(Image.open(io.BytesIO(path_of(row.shown).read_bytes())).getexif()) == {}


def test_heic_goes_as_it_is(page):
    data = hostile_files.heic()

    pick(page, 1, {"name": "아이폰.heic", "mimeType": "image/heic", "buffer": data})

    expect(line(page, 1).locator("a.evidence img")).to_have_count(1, timeout=20_000)
    assert path_of(Evidence.objects.get().original).read_bytes() == data


def test_photographs_wait_for_the_network_with_caption_turn_and_order(page, inspection, inspector, page_of):
    cut(page)
    pick(page, 1, photo("하나.jpg"), photo("둘.jpg", hostile_files.photo(size=(300, 200))))
    cards = line(page, 1).locator(".upload")
    expect(cards).to_have_count(2)
    expect(cards.last).to_contain_text("미전송")
    cards.last.get_by_label("설명").fill("소화기 점검표")
    cards.last.get_by_role("button", name="돌리기").click()
    expect(cards.last.locator("img")).to_have_attribute("data-rotation", "90")
    cards.last.get_by_role("button", name="앞으로").click()
    expect(cards.first).to_contain_text("둘.jpg")
    assert Axe().run(page).violations_count == 0

    context = page.context
    page.close()
    page = context.new_page()
    context.set_offline(False)
    page.goto(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1")

    expect(line(page, 1).locator("a.evidence img")).to_have_count(2, timeout=20_000)
    all_sent(page)
    found = list(Evidence.objects.values_list("name", "caption", "rotation"))
    assert found == [("둘.jpg", "소화기 점검표", 90), ("하나.jpg", "", 0)]


@pytest.mark.parametrize("is_applied", [True, False])
def test_a_lost_reply_is_one_photograph(page, is_applied):
    lost = []

    def lose(route):
        if is_applied:
            route.fetch()
        lost.append(route)
        route.abort()

    page.route("**/evidence/new/", lose)
    pick(page, 1, photo())
    expect(line(page, 1).locator(".upload")).to_contain_text("올리는 중")
    while not lost:
        page.wait_for_timeout(50)
    line(page, 1).get_by_label("설명").fill("그 사이 적은 설명")
    page.unroute("**/evidence/new/")

    all_sent(page)
    line(page, 1).get_by_label("의견").focus()
    expect(line(page, 1).locator("a.evidence img")).to_have_count(1)
    expect(line(page, 1).locator(".upload")).to_have_count(0)
    assert [row.caption for row in Evidence.objects.all()] == ["그 사이 적은 설명"]


def test_a_caption_typed_after_it_was_sent_is_saved(page):
    held = []
    page.route("**/evidence/new/", lambda route: held.append(route))
    pick(page, 1, photo())
    caption = line(page, 1).get_by_label("설명")
    caption.fill("처음")
    caption.focus()
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    page.wait_for_timeout(1500)
    caption.fill("나중에 고친 설명")
    line(page, 1).get_by_label("의견").focus()

    all_sent(page)
    expect(line(page, 1).locator("a.evidence img")).to_have_count(1)
    assert Evidence.objects.get().caption == "나중에 고친 설명"


def test_what_the_server_refuses_is_told_and_can_be_taken_out(page):
    pick(page, 1, photo("나쁜.jpg", b"<script>alert(1)</script>"))

    card = line(page, 1).locator(".upload-failed")
    expect(card).to_contain_text("jpg, png, heic, webp 사진과 pdf 문서만")
    card.get_by_role("button", name="빼기").click()

    expect(line(page, 1).locator(".upload")).to_have_count(0)
    all_sent(page)


def test_a_device_without_room_sends_at_once(page):
    page.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }"
    )
    page.reload()
    page.route("**/evidence/new/", lambda route: route.abort())
    pick(page, 1, photo())
    card = line(page, 1).locator(".upload-failed")
    expect(card).to_contain_text("화면을 닫으면 없어집니다")

    page.unroute("**/evidence/new/")
    card.get_by_role("button", name="다시 올리기").click()

    expect(line(page, 1).locator("a.evidence img")).to_have_count(1)
    assert Evidence.objects.count() == 1


def test_the_camera_in_the_page_takes_several(page):
    line(page, 2).get_by_role("button", name="사진 찍기").click()
    dialog = page.get_by_role("dialog", name="사진 찍기")
    expect(dialog.locator("video")).to_have_js_property("readyState", 4)
    assert Axe().run(page).violations_count == 0
    dialog.get_by_role("button", name="찍기", exact=True).click()
    expect(dialog.get_by_role("status")).to_have_text("1장 찍음")
    dialog.get_by_role("button", name="찍기", exact=True).click()
    expect(dialog.get_by_role("status")).to_have_text("2장 찍음")
    dialog.get_by_role("button", name="끝").click()

    expect(line(page, 2).locator("a.evidence img")).to_have_count(2, timeout=20_000)
    assert page.evaluate("document.querySelector('.camera').srcObject") is None
    assert all(row.taken_at and row.name.startswith("현장사진-") for row in Evidence.objects.all())


def test_a_camera_that_is_not_allowed_says_what_to_do(page):
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error()); }")

    line(page, 2).get_by_role("button", name="사진 찍기").click()

    expect(page.get_by_role("dialog", name="사진 찍기").get_by_role("alert")).to_contain_text(
        "카메라를 열지 못했습니다"
    )
