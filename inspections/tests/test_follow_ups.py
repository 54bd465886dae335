"""Items that are asked only after a certain answer to an earlier one."""

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections import reviewing, sheets
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
)
from reports.composing import results, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def items():
    """위탁사무가 있는가 → (부적정) 까닭 → (미점검) 언제 보는가; and one that is always asked."""
    indicator = IndicatorFactory(checklist=ChecklistFactory())
    shared = {"indicator": indicator}
    return [
        ChecklistItemFactory(code="가", order=1, **shared),
        ChecklistItemFactory(code="나", order=2, follows="가", follows_if=["부적정"], choice=True, **shared),
        ChecklistItemFactory(code="다", order=3, follows="나", follows_if=["미점검"], prose=True, **shared),
        ChecklistItemFactory(code="라", order=4, **shared),
    ]


@pytest.fixture
def inspection(items):
    return InspectionFactory(in_progress=True, part__checklist=publish(items[0].indicator.checklist))


def asked(inspection):
    (group,) = sheets.fill(inspection, sheets.progress(inspection))
    return [line.item.code for line in group.lines if not line.is_silent], group


def test_nothing_that_follows_is_asked_before_its_answer_is_there(inspection):
    codes, group = asked(inspection)

    assert codes == ["가", "라"]
    assert (group.answered, group.total) == (0, 2)


def test_an_answer_asks_what_follows_on_it_and_no_more(inspection, items):
    AnswerFactory(inspection=inspection, item=items[0], failed=True)

    codes, group = asked(inspection)

    assert codes == ["가", "나", "라"]
    assert (group.answered, group.total) == (1, 3)


def test_an_answer_that_is_no_longer_asked_for_is_kept_and_not_counted(client, inspection, items):
    AnswerFactory(inspection=inspection, item=items[0])
    AnswerFactory(inspection=inspection, item=items[1], choice="부적합", verdict="fail")
    AnswerFactory(inspection=inspection, item=items[2], text="다음 달", verdict="neutral")
    AnswerFactory(inspection=inspection, item=items[3])

    codes, group = asked(inspection)
    client.force_login(UserFactory(department=inspection.department))
    page = client.get(reverse("inspections:checklist", args=[inspection.pk]) + "?all=1").content.decode()

    assert codes == ["가", "라"]
    assert (group.answered, group.total, group.failed) == (2, 2, 0)
    assert group.is_complete
    assert page.count("line-silent") == 2
    assert "다음 달" in page


def test_what_is_not_asked_is_neither_missing_nor_printed_nor_counted(inspection, items):
    AnswerFactory(inspection=inspection, item=items[0])
    AnswerFactory(inspection=inspection, item=items[1], choice="부적합", verdict="fail")

    gaps = [gap.text for gap in reviewing.missing(inspection) if gap.what]
    (area,) = sheet.paper(inspection, "점검표").body
    printed = [row[0].runs[0].text for row in area.children[0].table.rows]

    assert [text.split()[0] for text in gaps] == ["라"]
    assert printed == ["가", "라"]
    assert results.verdicts(inspection) == {items[0].indicator_id: [2, 1, 0, 0, 0]}
