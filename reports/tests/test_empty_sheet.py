"""The sheet to be taken along on paper."""

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections import sheets
from inspections.models import Inspection
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    FindingFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
)
from reports.composing import empty_sheet
from reports.drafting import for_composing
from reports.tests import reading
from reports.tree import walk

pytestmark = pytest.mark.django_db

SHAPES = {
    "verdict": ({}, "□적정 □부적정 □해당사항 없음"),
    "number": ({"unit": "명"}, "________ 명 □해당사항 없음"),
    "score": ({"max_score": 20}, "________ / 20점 □해당사항 없음"),
    "money": ({}, "________ 원 □해당사항 없음"),
    "date": ({}, "______. ____. ____. □해당사항 없음"),
    "prose": ({}, "의견 칸에 적음 □해당사항 없음"),
    "bundle": (
        {"parts": ["정관", "규정"]},
        "정관: □적정 □부적정 □해당없음 / 규정: □적정 □부적정 □해당없음 / □해당사항 없음",
    ),
    "table": ({"parts": ["소화기"], "rows": ["1층"]}, "아래 표에 표시 □해당사항 없음"),
}


@pytest.fixture
def inspection():
    indicator = IndicatorFactory(checklist=ChecklistFactory())
    for order, (kind, (fields, _)) in enumerate(SHAPES.items()):
        about = {"answer_type": kind, "guidance": "장부를 봄" if order == 0 else ""}
        ChecklistItemFactory(indicator=indicator, order=order, code=f"1-{order}", **about, **fields)
    sheet = publish(indicator.checklist)
    last = InspectionFactory(in_progress=True, part__checklist=sheet)
    item = indicator.items.get(code="1-0")
    AnswerFactory(inspection=last, item=item, failed=True, opinion="대장을 적지 않음")
    FindingFactory(inspection=last, indicator=indicator, kind="fault", text="대장 미흡").items.set([item])
    return InspectionFactory(in_progress=True, part__checklist=sheet, previous=last)


def composed(inspection):
    inspection = for_composing().get(pk=inspection.pk)
    return empty_sheet.paper(inspection, sheets.fill(inspection, sheets.progress(inspection)))


def tables(paper):
    return [node.table for _, node in walk(paper.body) if node.table]


def test_every_shape_has_its_boxes(inspection):
    table = tables(composed(inspection))[0]

    assert [row[2].text for row in table.rows] == [boxes for _, boxes in SHAPES.values()]
    assert table.rows[0][1].text.endswith("※ 장부를 봄")
    assert {row[3].text for row in table.rows} == {""}


def test_what_was_found_the_time_before_stands_beside(inspection):
    table = tables(composed(inspection))[0]

    assert table.rows[0][4].text == "부적정 · 대장을 적지 않음 · 지적: 대장 미흡"
    assert table.rows[1][4].text == "-"


def test_a_table_has_its_grid_and_all_is_signed_at_the_end(inspection):
    _, grid, signed = tables(composed(inspection))

    assert [[cell.text for cell in row] for row in grid.rows] == [["1층", "□이상없음 □이상 □해당없음"]]
    assert [row[0].text for row in signed.rows] == ["점검자", "확인자(수탁기관)"]


def test_the_pdf_is_printed_on_a4_with_its_pages_numbered(client, inspection):
    client.force_login(UserFactory(department=inspection.department))

    response = client.get(reverse("reports:empty_sheet", args=[inspection.pk]))

    assert response["Content-Type"] == "application/pdf"
    with reading.opened(response.content) as pdf:
        assert [round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:]] == [210, 297]
    text = "\n".join(reading.lines_of_pdf(response.content))
    assert "□적정 □부적정" in text
    assert "- 1 -" in text


def test_the_checklist_leads_there_and_a_stranger_does_not_get_it(client, inspection):
    url = reverse("reports:empty_sheet", args=[inspection.pk])
    client.force_login(UserFactory(department=inspection.department))
    assert url in client.get(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1").text

    client.force_login(UserFactory())
    assert client.get(url).status_code == 404


def test_without_a_sheet_there_is_none(client, inspection):
    Inspection.objects.filter(pk=inspection.pk).update(checklist=None)
    client.force_login(UserFactory(department=inspection.department))

    assert client.get(reverse("reports:empty_sheet", args=[inspection.pk])).status_code == 404
