"""The whole way as people go it: by clicking and typing on the pages, from the plan to the signed PDF."""

import datetime as dt
import io
import subprocess

import pytest
from PIL import Image
from playwright.sync_api import expect

from audit import clock
from contractors.tests.factories import AgreementFactory
from inspections.models import Finding
from inspections.tests.factories import BasisFactory, ChecklistFactory, ChecklistItemFactory, IndicatorFactory
from inspections.tests.factories import publish as published
from reports.models import Document
from reports.tests.factories import Office, draft

pytestmark = pytest.mark.browser
SUBJECT = "전자상거래센터 운영"


@pytest.fixture
def office(transactional_db):
    return Office(name="공정경제담당관", prefix="공정경제담당관")


@pytest.fixture
def register(office):
    """What the superintendent has prepared: one agreement and one sheet."""
    today = clock.today()
    years = dt.timedelta(days=700)
    agreement = AgreementFactory(subject__name=SUBJECT, subject__department=office.department)
    type(agreement).objects.update(starts_on=today - years, ends_on=today + years)
    BasisFactory(title="행정사무의 민간위탁에 관한 조례")
    sheet = ChecklistFactory(name="민간위탁 지도점검표")
    accounts = IndicatorFactory(checklist=sheet, order=1)
    ChecklistItemFactory(indicator=accounts, order=1, code="공1-1", text="전용 통장과 카드를 쓰는가")
    ChecklistItemFactory(indicator=accounts, order=2, code="공1-2", text="증빙이 갖추어졌는가", prose=True)
    results = IndicatorFactory(checklist=sheet, order=2, name="사업성과", label="개별지표(1)")
    ChecklistItemFactory(indicator=results, order=1, code="개1-1", text="시민 만족도", number=True)
    ChecklistItemFactory(indicator=results, order=2, code="개1-2", text="만족도 조사를 했는가")
    return published(sheet)


def test_from_the_plan_to_the_signed_pdf(page_of, office, register):
    drafter = page_of(office.drafter)
    plan(drafter, office.drafter)
    fill_the_sheet(drafter)
    write_the_results(drafter)
    complete(drafter)
    compose_and_request(drafter)

    sign(page_of(office.lead), "검토")
    head = page_of(office.head)
    sign(head, "결재")
    pdf = download(head)

    document = Document.objects.get()
    assert pdf.startswith(b"%PDF")
    words = text_of(pdf)
    assert document.number_text == "공정경제담당관-1"
    for line in [
        document.number_text,
        "점검일시를 손으로 고친 줄",
        "나라장터를 거치지 않음",
        "나라장터를 이용",
    ]:
        assert line in words


def test_a_returned_paper_goes_a_second_round(page_of, office):
    draft(office, title="전자상거래센터 지도·점검 결과보고")
    drafter, lead = page_of(office.drafter), page_of(office.lead)
    open_paper(drafter)
    request_approval(drafter)

    open_in_box(lead)
    lead.get_by_role("button", name="반려(사유)").click()
    lead.get_by_label("반려 사유").fill("점검일시를 적어 주세요.")
    lead.get_by_role("dialog").get_by_role("button", name="반려").click()
    expect(lead.get_by_text("반려했습니다.")).to_be_visible()

    drafter.goto("/")
    drafter.get_by_role("link", name="전자상거래센터 지도·점검 결과보고").first.click()
    expect(drafter.get_by_text("점검일시를 적어 주세요.")).to_be_visible()
    edit_line(drafter, "점검일시: ’20. 12. 30.(수)", "점검일시: ’20. 12. 30.(수) 14:00")
    request_approval(drafter)

    open_in_box(lead)
    expect(lead.get_by_text("2차 결재")).to_be_visible()
    lead.get_by_role("link", name="지난 회차와 다른 점").click()
    expect(lead.locator("del")).to_contain_text("점검일시: ’20. 12. 30.(수)")
    expect(lead.locator("ins")).to_contain_text("점검일시: ’20. 12. 30.(수) 14:00")
    give_signature(lead, "검토")
    head = page_of(office.head)
    sign(head, "결재")

    assert Document.objects.get().status == "approved"
    assert Document.objects.get().rounds.count() == 2


# 점검자 ---------------------------------------------------------------------------------------------------


def plan(page, user):
    today = clock.today()
    page.goto("/")
    go(page, "점검 회차")
    page.get_by_role("link", name="점검 회차 만들기").first.click()
    page.get_by_label("이름필수", exact=True).fill("민간위탁 정기 지도·점검")
    page.get_by_label("행정사무의 민간위탁에 관한 조례", exact=False).check()
    page.get_by_label("시작일필수").fill(str(today - dt.timedelta(days=10)))
    page.get_by_label("종료일필수").fill(str(today + dt.timedelta(days=20)))
    page.get_by_role("combobox", name="점검표").select_option(label="민간위탁 지도점검표 (제1판)")
    press(page, "저장")

    page.get_by_role("link", name="점검대상 고르기").first.click()
    page.get_by_label(f"{SUBJECT} 고르기").check()
    press(page, "고른 대상 넣기")
    page.get_by_role("link", name=SUBJECT).click()

    page.get_by_role("link", name="점검자 더하기").click()
    page.get_by_label("역할").select_option(label="담당자")
    page.get_by_label("직원", exact=True).select_option(str(user.pk))
    page.locator("main form").get_by_role("button").first.click()

    page.get_by_role("link", name="방문 일정 잡기").click()
    page.get_by_label("날짜필수").fill(str(today - dt.timedelta(days=3)))
    page.get_by_label("시작 시각").fill("14:00")
    page.get_by_label("장소").fill("센터 사무실")
    page.locator("main form").get_by_role("button").first.click()
    page.get_by_role("link", name="연기").click()
    page.get_by_label("바뀐 날짜").fill(str(today))
    page.get_by_label("사유").fill("건물 폐쇄로 연기")
    page.locator("main form").get_by_role("button").first.click()
    expect(page.get_by_text("건물 폐쇄로 연기")).to_be_visible()

    step(page, "계획")
    press(page, "점검 시작")
    page.get_by_role("dialog").get_by_role("button", name="점검 시작").click()
    expect(page.get_by_text("점검을 시작했습니다.")).to_be_visible()


def fill_the_sheet(page):
    page.get_by_role("link", name="점검표 작성").click()
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 0")  # the keys are listened to
    first, second = page.locator("[data-line]").nth(0), page.locator("[data-line]").nth(1)
    first.focus()
    page.keyboard.press("1")
    second.get_by_label("서술").fill("지출결의서와 통장을 대조함")
    with page.expect_file_chooser() as chooser:
        first.get_by_role("link", name="사진·파일").click()
    chooser.value.set_files({"name": "현장.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    expect(first.locator("a.evidence")).to_be_visible()
    press(page, "저장하고 다음 지표")

    first, second = page.locator("[data-line]").nth(0), page.locator("[data-line]").nth(1)
    first.get_by_label("수치").fill("92.5")
    second.get_by_label("해당사항 없음").check()
    second.get_by_label("까닭").fill("조사 시기가 되지 않음")
    expect(page.locator("[data-save-state]")).to_contain_text("미전송 0")


def write_the_results(page):
    step(page, "점검결과")
    place = page.locator("html.has-script .outline-scope").first
    place.get_by_label("공통지표(1)", exact=False).last.fill("계약 절차 준수 미흡")
    page.keyboard.press("Enter")
    expect(place.locator("[data-line]")).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.type("홈페이지 개편 용역이 나라장터를 거치지 않음")
    place.locator("[data-line]").first.get_by_label("구분").select_option(label="지적")
    expect(place.locator('[data-line][data-state="saved"]')).to_have_count(2)
    expect(page.locator("[data-state=unsaved], [data-state=failed]")).to_have_count(0)
    assert list(Finding.objects.values_list("level", "text")) == [
        (1, "계약 절차 준수 미흡"),
        (2, "홈페이지 개편 용역이 나라장터를 거치지 않음"),
    ]

    page.get_by_role("link", name="조치사항 만들기").click()
    page.get_by_label("조치사항", exact=False).first.fill("물품과 용역은 나라장터를 이용")
    page.get_by_label("홈페이지 개편 용역이", exact=False).check()
    press(page, "저장")
    expect(page.get_by_role("cell", name="물품과 용역은 나라장터를 이용")).to_be_visible()


def complete(page):
    page.get_by_role("link", name="완료 전 확인").click()
    expect(page.get_by_text("빠진 것이 없습니다.")).to_be_visible()
    press(page, "점검 완료")
    page.get_by_role("dialog").get_by_role("button", name="점검 완료").click()
    page.get_by_role("link", name="결과보고로").click()


def compose_and_request(page):
    press(page, "결과보고 만들기")
    line = page.locator("[data-line] textarea").filter(has_text="점검일시").first
    edit_line(page, line.input_value(), "점검일시를 손으로 고친 줄")
    request_approval(page)


def edit_line(page, old, new):
    line = page.locator("[data-outline] [data-line]").filter(has=page.locator("textarea", has_text=old)).first
    line.get_by_label("내용").fill(new)
    expect(page.locator("#preview")).to_contain_text(new)
    expect(line).to_have_attribute("data-state", "saved")


def request_approval(page):
    page.get_by_role("link", name="결재선·결재 요청").click()
    press(page, "결재 요청")
    expect(page.get_by_text("결재를 요청했습니다.", exact=False)).to_be_visible()


# 결재자 ---------------------------------------------------------------------------------------------------


def sign(page, act):
    open_in_box(page)
    give_signature(page, act)


def open_in_box(page):
    page.goto("/")
    go(page, "결재함")
    page.locator("main table a").first.click()


def give_signature(page, act):
    press(page, act)
    page.get_by_role("dialog").get_by_role("button", name=act).click()
    expect(page.get_by_text(f"{act}했습니다.", exact=False).first).to_be_visible(timeout=20_000)


def download(page):
    with page.expect_download() as arrived:
        page.get_by_role("link", name="PDF 내려받기").click()
    return arrived.value.path().read_bytes()


# The pages ------------------------------------------------------------------------------------------------


def open_paper(page):
    page.goto("/")
    go(page, "문서")
    page.locator("main table a").first.click()


def go(page, name):
    page.get_by_role("navigation", name="주 메뉴").get_by_role("link", name=name, exact=True).click()


def step(page, name):
    page.get_by_role("navigation", name="점검 단계").get_by_role("link", name=name, exact=True).click()


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def photograph():
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "#7799bb").save(file, "JPEG")
    return file.getvalue()


def text_of(pdf):
    return subprocess.run(
        ["/usr/bin/pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
