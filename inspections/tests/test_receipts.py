"""What lies beside a finding: its cause, receipts that sum, quotations, what another body found."""

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from contractors.tests.factories import SubjectFactory
from inspections import outlining, receipts
from inspections.forms.rows import RowsField
from inspections.models import Finding, FindingType
from inspections.tests.factories import AnswerFactory, EvidenceFactory, FindingFactory, InspectionFactory

pytestmark = pytest.mark.django_db
ROWS = [["’20. 3. 2.", "업무추진비", "간담회", "113,560원"], ["’20. 3. 5.", "여비", "출장", "△3,560"]]


@pytest.mark.parametrize(
    ("amounts", "won", "unread"),
    [
        (["1,000원", "2000"], 3000, ()),
        (["1,000", "△300", "-200원"], 500, ()),
        (["1,00", "천원", ""], 0, (1, 2, 3)),  # a wrong comma is no amount: told, never guessed
        (["10,000,000"], 10_000_000, ()),
    ],
)
def test_what_the_rows_sum_to(amounts, won, unread):
    found = receipts.total([["", "", "", amount] for amount in amounts])
    assert (found.won, found.unread) == (won, unread)


def test_rows_are_taken_as_a_spreadsheet_pastes_them():
    field = RowsField(label="지출", columns=("일시", "비목", "건명", "금액"))
    assert field.clean("가\t나\t다\t1\n\n라 | 마") == [["가", "나", "다", "1"], ["라", "마", "", ""]]
    assert field.prepare_value([["가", "나"]]) == "가\t나"
    with pytest.raises(Exception, match="2째 줄의 칸이 5개"):
        field.clean("가\n가\t나\t다\t1\t2")


@pytest.fixture
def line():
    return FindingFactory(inspection=InspectionFactory(in_progress=True), kind="fault")


@pytest.fixture
def inspector(line, client):
    user = UserFactory(department=line.inspection.department)
    client.force_login(user)
    return user


def url(line):
    return reverse("inspections:line_detail", args=[line.inspection_id, line.pk])


def test_the_page_keeps_them_and_says_the_sum(client, line, inspector):
    data = {
        "version": 1, "text": line.text, "level": 1, "kind": "fault",
        "cause": "규정을 몰랐음", "like_cases": 3,
        "receipts": "\n".join("\t".join(row) for row in [*ROWS, ["", "", "", "삼천원"]]),
        "citations": "회계규정 | 제12조 | 건별로 결의한다",
        "origin_body": "감사위원회", "origin_state": "done",
    }  # fmt: skip
    assert client.post(url(line), data).status_code == 302

    line.refresh_from_db()
    assert line.receipts[:2] == ROWS
    assert line.citations == [["회계규정", "제12조", "건별로 결의한다"]]
    page = client.get(url(line)).content.decode()
    assert "110,000원" in page
    assert "3째 줄" in page
    assert "삼천원" in page


def test_a_line_that_is_brought_back_has_them_again(line, inspector):
    line = outlining.save_line(line, by=inspector, version=1, receipts=ROWS, cause="몰랐음")
    outlining.delete_line(line, by=inspector, version=line.version)
    outlining.restore_line(line.inspection, line.pk, by=inspector)
    assert (Finding.objects.get().receipts, Finding.objects.get().cause) == (ROWS, "몰랐음")


def test_the_state_needs_a_body(client, line, inspector):
    data = {"version": 1, "text": "가", "level": 1, "kind": "fault", "origin_state": "open"}
    response = client.post(url(line), data)
    assert response.status_code == 422
    assert "어느 기관·부서의 지적인지" in response.content.decode()


def test_the_line_of_the_year_before_is_proposed_and_tied_by_hand(client, line, inspector):
    before = InspectionFactory(in_progress=True, department=line.inspection.department)
    type(before).objects.filter(pk=line.inspection_id).update(previous=before)
    kind = FindingType.objects.first()
    earlier = FindingFactory(inspection=before, kind="fault", finding_type=kind, text="작년에도 늦음")
    Finding.objects.filter(pk=line.pk).update(finding_type=kind)

    assert "작년에도 늦음" in client.get(url(line)).content.decode()
    client.post(reverse("inspections:line_tie", args=[line.inspection_id, line.pk]), {"version": 1})

    line.refresh_from_db()
    assert line.previous == earlier
    assert "이 결과에 잇기" not in client.get(url(line)).content.decode()


def test_a_failing_answer_becomes_a_line_with_its_item_site_and_evidence(client):
    inspection = InspectionFactory(in_progress=True)
    item = inspection.checklist.indicators.first().items.first()
    site = SubjectFactory(site=True)
    inspection.sites.add(site)
    AnswerFactory(
        inspection=inspection, item=item, site=site, choice="부적정", failed=True, opinion="대장이 없음"
    )
    photo = EvidenceFactory(inspection=inspection, item=item, site=site)
    client.force_login(UserFactory(department=inspection.department))

    page = client.get(reverse("inspections:findings", args=[inspection.pk]), {"item": f"{item.pk}s{site.pk}"})
    [scope] = [scope for scope in page.context["scopes"] if scope["from_item"]]
    answer = scope["from_item"]
    client.post(
        reverse("inspections:line_create", args=[inspection.pk]),
        {
            "section": "indicator", "indicator": scope["indicator"].pk, "level": 1, "kind": "fault",
            "text": answer.line, "items": answer.item_id, "sites": answer.site_id,
        },
    )  # fmt: skip

    line = Finding.objects.get()
    assert (list(line.items.all()), list(line.sites.all())) == ([item], [site])
    assert "대장이 없음" in line.text
    assert f'name="sites" value="{site.pk}"' in page.content.decode()
    assert photo.name in client.get(url(line)).content.decode()
