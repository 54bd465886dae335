"""Everything about one contractor: on a time line, as Excel and as PDF, and only what one may see."""

import datetime as dt
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from accounts.tests.factories import DepartmentFactory, UserFactory
from contractors.tests.factories import AgreementFactory
from follow_up.tests.factories import DispositionFactory, demand, disposition_type
from inspections.models import FindingType
from inspections.tests.factories import FindingFactory, InspectionFactory, VisitFactory
from reports import creating
from reports.contractor_record import record_of
from reports.tests.factories import Office, approved
from reports.tests.reading import text_of_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2021-10-02T10:00:00+09:00", tick=False):
        yield


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def agreement(office):
    return AgreementFactory(
        contractor__name="(사)가온소비자모임", subject__name="소비자지원센터 운영",
        subject__department=office.department, starts_on=dt.date(2019, 1, 1), ends_on=dt.date(2022, 12, 31),
    )  # fmt: skip


def visited(agreement, department, year=2020, **fields):
    inspection = InspectionFactory(
        in_progress=True, agreement=agreement, subject=agreement.subject, department=department,
        part__period__year=year, **fields,
    )  # fmt: skip
    VisitFactory(inspection=inspection, starts_on=dt.date(year, 12, 30), ends_on=dt.date(year, 12, 30))
    FindingFactory(
        inspection=inspection, kind="fault", text="정산서가 없음", finding_type=FindingType.objects.first()
    )
    completed = dt.datetime(year, 12, 30, 16, tzinfo=dt.UTC)  # 1 January in Seoul would be later than this
    type(inspection).objects.filter(pk=inspection.pk).update(
        status="done", completed_at=completed, completed_by=UserFactory()
    )
    inspection.refresh_from_db()
    return inspection


@pytest.fixture
def inspection(agreement, office):
    inspection = visited(agreement, office.department)
    demand(inspection, told_on=dt.date(2021, 1, 20), won=113_560, text="정산서를 낼 것")
    DispositionFactory(
        inspection=inspection, disposition_type=disposition_type("회수", "financial"), won=500_000,
        text="초과분", status="decided", decided_on=dt.date(2021, 2, 1), decided_by=office.drafter,
    )  # fmt: skip
    approved(office, document=creating.create([inspection], by=office.drafter))
    return inspection


def told(record):
    return [(str(row.day), row.kind, row.told, row.won) for row in record.rows]


def test_the_time_line_newest_first(inspection, agreement, office):
    found = told(record_of(agreement.contractor, office.drafter, 2017, 2021))

    assert found[0][:2] == ("2021-10-02", "document")
    assert found[1:] == [
        ("2021-02-01", "disposition", "재정상 회수((사)가온소비자모임) 초과분", 500_000),
        ("2021-01-20", "action", "정산서를 낼 것", 113_560),
        ("2020-12-31", "finding", f"[{FindingType.objects.first()}] 정산서가 없음", None),
        ("2020-12-30", "visit", inspection.part.period.title, None),
        ("2019-01-01", "agreement", "2019. 1. 1. ~ 2022. 12. 31.", None),
    ]


def test_the_years_bound_it(inspection, agreement, office):
    found = told(record_of(agreement.contractor, office.drafter, 2020, 2020))
    assert [kind for _, kind, *_ in found] == ["finding", "visit", "agreement"]


def test_another_office_sees_the_visit_and_nothing_of_it(inspection, agreement):
    stranger = UserFactory(department=DepartmentFactory(team=True))
    found = record_of(agreement.contractor, stranger, 2017, 2021).rows

    assert [(row.kind, row.told, row.url) for row in found] == [
        ("visit", "다른 부서의 점검", ""), ("agreement", "2019. 1. 1. ~ 2022. 12. 31.", ""),
    ]  # fmt: skip


def test_the_page_has_a_fixed_number_of_queries(
    client, inspection, agreement, office, django_assert_num_queries
):
    client.force_login(office.drafter)
    url = reverse("reports:contractor_record", args=[agreement.contractor_id])
    with django_assert_num_queries(11):
        client.get(url)
    for year in (2017, 2018, 2019):
        demand(visited(agreement, office.department, year))
    with django_assert_num_queries(11):
        page = client.get(url)
    assert len(page.context["rows"]) == 15
    assert len(client.get(url, {"since": 2021, "until": 2017, "kind": "visit"}).context["rows"]) == 4
    assert client.get(url, {"since": "x", "until": "", "kind": "y"}).status_code == 200


def test_the_files_say_the_same(client, inspection, agreement, office):
    client.force_login(office.drafter)
    args = [agreement.contractor_id]
    excel = load_workbook(BytesIO(client.get(reverse("reports:contractor_excel", args=args)).content))
    rows = [[cell.value for cell in row] for row in excel.active.rows]
    assert rows[0] == ["날짜", "무엇", "점검대상", "내용", "금액", "상태", "부서"]
    assert rows[2][1:5] == [
        "처분",
        "소비자지원센터 운영",
        "재정상 회수((사)가온소비자모임) 초과분",
        "500,000원",
    ]

    text = text_of_pdf(client.get(reverse("reports:contractor_pdf", args=args)).content)

    text = "".join(text.split())  # where a line of a cell ends is not what is asked here
    for word in ("(사)가온소비자모임점검기록", "2017년~2021년", "처분1건", "500,000원", "113,560원"):
        assert word in text


@pytest.mark.parametrize("is_ours", [True, False])
def test_only_who_may_invite_is_shown_the_way(client, agreement, office, is_ours):
    user = office.drafter if is_ours else UserFactory(department=DepartmentFactory(team=True))
    client.force_login(user)

    page = client.get(reverse("reports:contractor_record", args=[agreement.contractor_id]))

    address = reverse("portal:invite", args=[agreement.contractor_id])
    assert (address in page.content.decode()) is is_ours
    assert client.get(address).status_code == (200 if is_ours else 403)


def test_an_empty_record_is_a_file_too(client, office):
    contractor = AgreementFactory(starts_on=dt.date(2001, 1, 1), ends_on=dt.date(2001, 2, 1)).contractor
    client.force_login(office.drafter)
    text = text_of_pdf(client.get(reverse("reports:contractor_pdf", args=[contractor.pk])).content)
    assert "이 기간에 기록이 없음" in text


def test_contractors_are_found_and_their_open_demands_counted(
    client, inspection, agreement, office, django_assert_num_queries
):
    client.force_login(office.drafter)
    AgreementFactory()
    url = reverse("reports:contractor_list")
    with django_assert_num_queries(4):
        rows = client.get(url).context["rows"]
    assert {row.name: row.open for row in rows}[agreement.contractor.name] == 1
    assert [row.name for row in client.get(url, {"text": "가온"}).context["rows"]] == [
        agreement.contractor.name
    ]
    last = rows[0]
    assert len(client.get(url, {"after": f"{last.pk}~{last.sort_key}"}).context["rows"]) == len(rows) - 1
