"""Two years with one contractor in the browser: found, demanded, answered, sent back, verified, found again.

What stays open of the first year is known beforehand, so the rate and the duty are computed by hand here.
"""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from contractors.tests.factories import AgreementFactory, ContractorUserFactory
from follow_up import disposing
from follow_up.models import Ladder
from follow_up.tests.factories import disposition_type
from inspections import following_up, outlining, workflow
from inspections.models import FindingType
from inspections.tests.factories import InspectionFactory, PeriodPartFactory, TeamMemberFactory, VisitFactory
from inspections.tests.hostile_files import photo
from reports import creating, issuing
from reports import workflow as papers
from reports.models import Document, Letter
from reports.tests.factories import Office, step_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THIS_YEAR = timezone.localdate().year


class World:
    def __init__(self):
        self.office = Office()
        self.by = self.office.drafter
        self.agreement = AgreementFactory(
            subject__department=self.office.department, subject__name="누리복지관 운영",
            contractor__name="누리사회복지재단", starts_on=dt.date(THIS_YEAR - 2, 1, 1),
            ends_on=dt.date(THIS_YEAR + 2, 12, 31),
        )  # fmt: skip
        self.contractor = ContractorUserFactory(contractor=self.agreement.contractor).user
        self.type = FindingType.objects.first()
        ladder = Ladder.objects.create(name="위탁사무 처분 기준", years=3)
        ladder.finding_types.add(self.type)
        for count, name in enumerate(["주의", "1차 경고"], start=1):
            ladder.rungs.create(count=count, disposition_type=disposition_type(name))

    def inspection(self, year):
        part = PeriodPartFactory(
            period__year=year, period__department=self.office.department, starts_on=dt.date(year, 1, 2),
            ends_on=dt.date(year, 12, 31),
        )  # fmt: skip
        made = InspectionFactory(
            part=part, subject=self.agreement.subject, agreement=self.agreement, checklist=None,
            department=self.office.department, in_progress=True,
        )  # fmt: skip
        VisitFactory(inspection=made)
        TeamMemberFactory(inspection=made, user=self.by)
        return made

    def finding(self, inspection, text):
        return outlining.add_line(
            inspection, by=self.by, id=uuid.uuid4(), section="overall", indicator=None, after=None,
            text=text, level=1, kind="fault", finding_type=self.type,
        )  # fmt: skip

    def letter(self, inspection):
        """시정요구, through its line of approval."""
        document = creating.create([inspection], by=self.by, kind=Document.Kind.CORRECTION)
        Letter.objects.filter(document=document).update(
            organisation="가온시", sender="가온시장", receivers="대표"
        )
        document = Document.objects.get(pk=document.pk)
        papers.request(document, self.office.line, by=self.by)
        papers.sign(step_of(document, self.office.lead), by=self.office.lead)
        return issuing.approve(step_of(document, self.office.head), by=self.office.head)


def first_year(world):
    """Two demands in a letter, and a 주의."""
    inspection = world.inspection(THIS_YEAR - 1)
    line = world.finding(inspection, "정산서를 늦게 냄")
    due_on = timezone.localdate() + dt.timedelta(days=5)
    actions = [
        following_up.add_action(
            inspection, by=world.by, id=uuid.uuid4(), text=text, findings=[line], due_on=due_on
        )
        for text in ("정산서를 기한 안에 낼 것", "물품관리대장을 갖출 것")
    ]
    caution = disposing.add(
        inspection, by=world.by, id=uuid.uuid4(), finding=line, disposition_type=disposition_type("주의")
    )
    workflow.complete(inspection, by=world.by)
    disposing.decide(caution, by=world.by, version=1)
    world.letter(inspection)
    return actions


def test_two_years(page_of):
    world = World()
    first, second = first_year(world)
    answers(page_of(world.contractor), first)
    is_sent_back(page_of(world.by), first)
    answers_again(page_of(world.contractor), first)
    is_verified(page_of(world.by), first)
    first.refresh_from_db()
    second.refresh_from_db()
    assert [first.status, second.status] == ["verified", "demanded"]

    inspection = world.inspection(THIS_YEAR)
    page = page_of(world.by)
    what_is_open_is_shown(page, inspection, second)
    the_next_rung_is_proposed(page, world, inspection)
    figures_are_right(page, inspection)


def answers(page, action):
    page.goto(reverse("home"))
    expect(page.get_by_role("heading", name="지금 할 일")).to_be_visible()
    expect(page.locator(".rows li")).to_have_count(
        4
    )  # the letter, two demands; the letter among those received
    page.get_by_role("link", name="결과에 따른 시정 요구").first.click()
    expect(page.get_by_text("받은 때")).to_be_visible()
    page.goto(reverse("portal:home"))
    page.get_by_role("link", name=action.text).click()
    page.get_by_role("link", name="조치결과 보내기").click()
    page.get_by_role("button", name="보내기").click()
    expect(page.locator(".field-errors").first).to_be_visible()
    page.get_by_label("조치한 내용").fill("정산서를 냈습니다.")
    page.get_by_role("button", name="보내기").click()
    expect(page.get_by_text("확인을 기다림")).to_be_visible()


def is_sent_back(page, action):
    page.goto(reverse("home"))
    page.goto(reverse("follow_up:board"))
    page.get_by_role("link", name=action.text).click()
    page.get_by_role("link", name="보완 요구").click()
    page.get_by_label("보완할 것").fill("정산서 사본을 붙여 주세요.")
    page.get_by_role("button", name="보완 요구").click()
    expect(page.get_by_text("보완을 요구했습니다.")).to_be_visible()


def answers_again(page, action):
    page.goto(reverse("portal:home"))
    expect(page.get_by_text("보완 요구", exact=True)).to_be_visible()
    page.get_by_role("link", name=action.text).click()
    expect(page.get_by_text("정산서 사본을 붙여 주세요.")).to_be_visible()
    page.get_by_role("link", name="조치결과 보내기").click()
    page.get_by_label("조치한 내용").fill("사본을 붙입니다.")
    page.get_by_label("사진·문서").set_input_files(
        [{"name": "정산서 사본.jpg", "mimeType": "image/jpeg", "buffer": photo()}]
    )
    page.get_by_role("button", name="보내기").click()
    expect(page.get_by_role("link", name="정산서 사본.jpg")).to_be_visible()


def is_verified(page, action):
    page.goto(reverse("follow_up:action", args=[action.pk]))
    page.get_by_role("link", name="확인", exact=True).click()
    page.get_by_label("확인한 내용").fill("사본을 보고 기한 안에 낸 것을 확인함")
    page.get_by_role("button", name="확인").click()
    expect(page.locator(".page-head .badge")).to_have_text("확인 완료")
    expect(page.get_by_text("늦음")).to_have_count(0)


def what_is_open_is_shown(page, inspection, action):
    """The visit of the second year: not done is said, and only then may the inspection be completed."""
    page.goto(reverse("inspections:review", args=[inspection.pk]))
    expect(page.get_by_text("지난 조치를 확인하지 않음").first).to_be_visible()
    page.goto(reverse("inspections:detail", args=[inspection.pk]))
    page.get_by_role("link", name="지난 조치 확인하기").click()
    expect(page.get_by_role("heading", name=action.text)).to_be_visible()
    page.get_by_label("아직 이행하지 않음").check()
    page.get_by_label("확인한 내용").fill("대장이 아직 없음")
    page.get_by_role("button", name="확인 적기").click()
    expect(page.get_by_text("이번 점검: 아직 이행하지 않음")).to_be_visible()
    page.goto(reverse("inspections:review", args=[inspection.pk]))
    expect(page.get_by_text("빠진 것이 없습니다.")).to_be_visible()


def the_next_rung_is_proposed(page, world, inspection):
    line = world.finding(inspection, "정산서를 또 늦게 냄")
    page.goto(reverse("inspections:findings", args=[inspection.pk]))
    expect(page.get_by_text("반복").first).to_be_visible()
    page.goto(f"{reverse('follow_up:disposition_create', args=[inspection.pk])}?line={line.pk}")
    expect(page.locator(".notice").first).to_contain_text(
        "최근 3년 안에 같은 유형의 처분 1회, 이번이 2번째이므로 '1차 경고'"
    )
    page.get_by_label("처분필수").select_option(label="행정상 주의")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_text("다르게 정하려면 까닭을 적어 주세요.")).to_be_visible()
    page.get_by_label("처분필수").select_option(label="행정상 1차 경고")
    page.get_by_role("button", name="저장").click()
    page.get_by_role("link", name="확정").click()
    page.get_by_role("button", name="확정").click()
    expect(page.locator(".page-head .badge")).to_have_text("확정")


def figures_are_right(page, inspection):
    """Two demanded, one of them done and in time; one commission, under way this year."""
    page.goto(reverse("follow_up:rates"))
    cells = page.locator("tbody tr").first.locator("th, td")
    expect(cells).to_have_text(["누리사회복지재단", "2", "1", "1", "-", "1", "-", "50.0", "50.0"])
    page.goto(reverse("follow_up:duty"))
    cells = page.locator("tbody tr").first.locator("td")
    expect(cells).to_have_text(["1", "-", "1", "-", "-", "-", "-", "0.0"])
    page.goto(f"{reverse('follow_up:duty')}?year={THIS_YEAR - 1}&state=")
    cells = page.locator("tbody tr").first.locator("td")
    expect(cells).to_have_text(["1", "1", "-", "-", "-", "-", "-", "100.0"])
