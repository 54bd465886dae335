"""문서대장: the issued papers of an office and a year, on a page and in Excel."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Event
from reports.tests.factories import Office, approved, draft, quick_rendering

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(prefix="공정경제담당관")


def issued(office, **facts):
    with quick_rendering():
        return approved(office, document=draft(office, **facts))


def of(client, user, name="register", **query):
    client.force_login(user)
    return client.get(reverse(f"reports:{name}"), query)


def test_ones_own_office_and_this_year_come_first(client, office):
    paper = issued(office, title="첫 보고", disclosure="partial", clauses=["5", "7"])
    issued(Office())
    draft(office)

    page = of(client, office.drafter)

    (row,) = page.context["rows"]
    document, cells = row
    assert document == paper
    assert cells[:7] == [
        "공정경제담당관-1", paper.approved_on, "첫 보고", "결과보고", office.drafter.name, office.head.name,
        "부분공개(5,7)",
    ]  # fmt: skip


def test_another_year_and_another_office_are_asked_for(client, office):
    paper = issued(office)

    year = paper.number_year
    assert len(of(client, office.drafter, department=office.department.pk, year=year).context["rows"]) == 1
    assert of(client, office.drafter, department=office.department.pk, year=year - 1).context["rows"] == []
    # Asking for another office shows only what one may see of it: nothing.
    stranger = Office().drafter
    assert of(client, stranger, department=office.department.pk, year=year).context["rows"] == []
    wrong = of(client, office.drafter, department="x", year="1")
    assert wrong.status_code == 200
    assert "입력한 내용을 확인하세요." in wrong.content.decode()


def test_it_goes_out_as_excel_without_formulas(client, office):
    issued(office, title="=HYPERLINK(1)")

    reply = of(client, office.drafter, "register_download")

    rows = list(load_workbook(io.BytesIO(reply.content)).active.values)
    assert rows[0][:3] == ("문서번호", "결재일자", "제목")
    assert rows[1][2] == "'=HYPERLINK(1)"
    assert Event.objects.filter(action="export", object_type="department").count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_as_many_queries_for_three_as_for_one(client, office, django_assert_num_queries, rows):
    for _ in range(rows):
        issued(office)
    of(client, office.drafter)
    with django_assert_num_queries(6):
        client.get(reverse("reports:register"))


def test_it_goes_on_below_the_last_number(client, office, monkeypatch):
    papers = [issued(office) for _ in range(3)]

    page = of(client, office.drafter, after=papers[2].number)

    assert [document for document, _ in page.context["rows"]] == [papers[1], papers[0]]
