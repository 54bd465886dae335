import re

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.tests.factories import UserFactory
from audit.models import Event
from contractors.tests.factories import SubjectFactory
from inspections import checklists, moving
from inspections.checklist_diff import difference
from inspections.models import Answer, ChecklistItem, Evidence, Inspection
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    EvidenceFactory,
    FindingFactory,
    IndicatorExemptionFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
)
from inspections.workflow import StaleError, TransitionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return UserFactory(role="superintendent")


@pytest.fixture
def sheet():
    made = ChecklistFactory(name="점검표")
    for order in (1, 2):
        indicator = IndicatorFactory(checklist=made, order=order, label=f"공통지표({order})")
        for number in (1, 2, 3):
            ChecklistItemFactory(indicator=indicator, order=number, code=f"{order}-{number}")
    return publish(made)


@pytest.fixture
def inspection(sheet):
    return InspectionFactory(in_progress=True, part__checklist=sheet)


@pytest.fixture
def inspector(inspection):
    return UserFactory(department=inspection.department)


@pytest.fixture
def newer(sheet, keeper):
    """1-1 is worded anew, 1-2 is gone, 1-3 takes words, 2-4 is new."""
    draft = checklists.copy(sheet, by=keeper)
    items = ChecklistItem.objects.filter(indicator__checklist=draft)
    items.filter(code="1-1").update(text="통장을 따로 쓰는가")
    items.filter(code="1-2").delete()
    items.filter(code="1-3").update(answer_type="prose")
    ChecklistItemFactory(indicator=draft.indicators.get(order=2), order=9, code="2-4")
    return checklists.publish(draft, by=keeper)


def item(checklist, code):
    return ChecklistItem.objects.get(indicator__checklist=checklist, code=code)


def move(inspection, newer, by):
    shown = moving.outlook(inspection, newer).fingerprint
    return moving.move(inspection, newer, by=by, version=inspection.version, fingerprint=shown)


def hidden(page):
    """The hidden fields of the form, as a browser would send them."""
    return dict(re.findall(r'type="hidden" name="(version|fingerprint)" value="(\w+)"', page))


def test_what_differs_between_two_versions(sheet, newer):
    found = difference(sheet, newer)

    assert [one.code for one in found.added] == ["2-4"]
    assert [one.code for one in found.removed] == ["1-2"]
    assert [(one.item.code, [label for label, *_ in one.fields]) for one in found.changed] == [
        ("1-1", ["점검항목"]),
        ("1-3", ["답의 모양"]),
    ]
    assert found.changed[1].fields == [("답의 모양", "적정/부적정", "서술")]
    assert not difference(sheet, sheet)


def test_an_item_that_went_to_another_indicator_is_the_same_item(sheet, keeper):
    draft = checklists.copy(sheet, by=keeper)
    first, second = draft.indicators.order_by("order")
    ChecklistItem.objects.filter(indicator=first, code="1-1").update(indicator=second)

    [change] = difference(sheet, draft).changed

    assert (change.item.code, [label for label, *_ in change.fields]) == ("1-1", ["지표"])


def test_what_was_filled_in_goes_along(inspection, inspector, newer):
    for code in ("1-1", "1-2", "1-3", "2-1"):
        AnswerFactory(inspection=inspection, item=item(inspection.checklist, code), opinion=f"의견 {code}")
    for code in ("1-1", "1-2"):
        EvidenceFactory(inspection=inspection, item=item(inspection.checklist, code))
    old_first = inspection.checklist.indicators.get(order=1)
    line = FindingFactory(inspection=inspection, indicator=old_first)
    line.items.set([item(inspection.checklist, code) for code in ("1-1", "1-2")])
    second = inspection.checklist.indicators.get(order=2)
    IndicatorExemptionFactory(inspection=inspection, indicator=second)

    moved = move(inspection, newer, inspector)

    assert (moved.checklist, moved.version) == (newer, inspection.version + 1)
    answers = {answer.item.code: answer for answer in moved.answers.select_related("item__indicator")}
    assert {code: answer.opinion for code, answer in answers.items()} == {
        "1-1": "의견 1-1",
        "2-1": "의견 2-1",
    }
    assert all(answer.item.indicator.checklist_id == newer.pk for answer in answers.values())
    assert [row.item and row.item.code for row in Evidence.objects.all()] == ["1-1", None]
    line.refresh_from_db()
    assert line.indicator.checklist_id == newer.pk
    assert list(line.items.all()) == [item(newer, "1-1")]
    assert moved.exemptions.get().indicator.checklist_id == newer.pk
    left = Event.objects.get(action="move_sheet").detail["left"]
    assert [(one["item"], one["opinion"]) for one in left] == [("1-2", "의견 1-2"), ("1-3", "의견 1-3")]


def test_the_page_says_first_what_will_happen(client, inspection, inspector, newer):
    AnswerFactory(inspection=inspection, item=item(inspection.checklist, "1-2"), opinion="없어질 의견")
    client.force_login(inspector)
    detail = client.get(reverse("inspections:detail", args=[inspection.pk])).text
    url = reverse("inspections:sheet_move", args=[inspection.pk])
    assert url in detail

    page = client.get(url).text
    for told in [
        "새로 생기는 항목 1",
        "없어지는 항목 1",
        "바뀌는 항목 2",
        "통장을 따로 쓰는가",
        "없어질 의견",
    ]:
        assert told in page
    response = client.post(url, hidden(page), follow=True)

    assert "제2판)’로 옮겼습니다." in response.text
    assert client.get(url).status_code == 404  # there is nothing newer


def test_a_stale_page_moves_nothing(client, inspection, inspector, newer):
    Inspection.objects.filter(pk=inspection.pk).update(version=5)
    client.force_login(inspector)
    url = reverse("inspections:sheet_move", args=[inspection.pk])

    response = client.post(url, {"version": 0, "fingerprint": "0"}, follow=True)

    assert "그 사이 계획이나 답이 바뀌었습니다" in response.text
    inspection.refresh_from_db()
    assert inspection.checklist != newer
    with pytest.raises(StaleError):
        moving.move(inspection, newer, by=inspector, version=0, fingerprint="")


def test_an_answer_saved_after_the_look_does_not_drop_out_unseen(inspection, inspector, newer):
    shown = moving.outlook(inspection, newer).fingerprint
    AnswerFactory(inspection=inspection, item=item(inspection.checklist, "1-2"), opinion="방금 저장함")

    with pytest.raises(StaleError):
        moving.move(inspection, newer, by=inspector, version=inspection.version, fingerprint=shown)
    assert inspection.answers.get().opinion == "방금 저장함"


def test_an_answer_of_the_whole_does_not_hide_behind_the_sites(inspection, inspector, sheet, keeper):
    inspection.sites.set([SubjectFactory(), SubjectFactory()])
    AnswerFactory(inspection=inspection, item=item(sheet, "1-1"), opinion="전체의 답")
    draft = checklists.copy(sheet, by=keeper)
    ChecklistItem.objects.filter(indicator__checklist=draft, code="1-1").update(is_per_site=True)

    move(inspection, checklists.publish(draft, by=keeper), inspector)

    left = Event.objects.get(action="move_sheet").detail["left"]
    assert ([one["opinion"] for one in left], inspection.answers.exists()) == (["전체의 답"], False)


def test_an_exemption_without_its_indicator_stays_in_the_history(inspection, inspector, sheet, keeper):
    second = sheet.indicators.get(order=2)
    exemption = IndicatorExemptionFactory(inspection=inspection, indicator=second)
    draft = checklists.copy(sheet, by=keeper)
    draft.indicators.get(order=2).delete()

    move(inspection, checklists.publish(draft, by=keeper), inspector)

    told = Event.objects.get(action="move_sheet").detail["exemptions"]
    assert told == [{"indicator": str(second), "reason": exemption.reason}]


def test_findings_of_an_indicator_that_is_gone_hold_the_move(inspection, inspector, sheet, keeper):
    FindingFactory(inspection=inspection, indicator=sheet.indicators.get(order=2))
    draft = checklists.copy(sheet, by=keeper)
    draft.indicators.get(order=2).delete()
    newer = checklists.publish(draft, by=keeper)

    with pytest.raises(TransitionError, match=r"새 판에 없습니다: 공통지표\(2\)"):
        move(inspection, newer, inspector)


@pytest.mark.parametrize("which", ["same", "other name", "draft"])
def test_only_a_newer_published_version_of_the_same_sheet_will_do(
    inspection, inspector, sheet, keeper, which
):
    wanted = {
        "same": lambda: sheet,
        "other name": lambda: publish(
            ChecklistItemFactory(indicator__checklist__version=9).indicator.checklist
        ),
        "draft": lambda: checklists.copy(sheet, by=keeper),
    }[which]()

    with pytest.raises(TransitionError, match="더 새로운 확정판"):
        move(inspection, wanted, inspector)


def test_a_closed_inspection_never_moves(sheet, newer):
    done = InspectionFactory(done=True, part__checklist=sheet)

    assert moving.newer_version(done) is None
    with pytest.raises(TransitionError):
        move(done, newer, UserFactory(department=done.department))
    with pytest.raises(DatabaseError, match="완료한 점검은 고칠 수 없습니다"), transaction.atomic():
        Inspection.objects.filter(pk=done.pk).update(checklist=newer)


def test_the_superintendent_sees_the_difference(client, keeper, newer):
    client.force_login(keeper)

    page = client.get(reverse("admin:inspections_checklist_difference", args=[newer.pk])).text

    assert "새로 생기는 항목 1" in page
    assert "통장을 따로 쓰는가" in page
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("answers", [1, 3])
def test_the_outlook_asks_as_often_for_three_as_for_one(
    inspection, newer, answers, django_assert_num_queries
):
    for code in ["1-1", "1-2", "2-1"][:answers]:
        AnswerFactory(inspection=inspection, item=item(inspection.checklist, code))

    # items of both versions, sites, answers, indicators of the new one, findings
    with django_assert_num_queries(7):
        moving.outlook(inspection, newer)


def test_a_table_of_the_sites_moves_with_its_answer(keeper):
    """Its rows are the sites of the inspection, not part of the sheet."""
    indicator = IndicatorFactory(checklist=ChecklistFactory())
    table = ChecklistItemFactory(indicator=indicator, code="설비", table=True, rows=[])
    gone = ChecklistItemFactory(indicator=indicator, code="수", number=True)
    inspection = InspectionFactory(in_progress=True, part__checklist=publish(indicator.checklist))
    inspection.sites.set([SubjectFactory(name="가람관"), SubjectFactory(name="나래관")])
    said = dict.fromkeys(table.parts, "이상없음")
    cells = {"가람관": said, "나래관": said}
    AnswerFactory(inspection=inspection, item=table, verdict="pass", cells=cells)
    AnswerFactory(inspection=inspection, item=gone, verdict="pass", number=12)
    draft = checklists.copy(indicator.checklist, by=keeper)
    ChecklistItem.objects.filter(indicator__checklist=draft, code="수").delete()
    newer = checklists.publish(draft, by=keeper)

    seen = moving.outlook(inspection, newer)
    move(inspection, newer, by=UserFactory(department=inspection.department))

    assert [told["answer"] for told in seen.left_in_words] == ["12%"]
    assert inspection.answers.get().cells == cells
    assert inspection.answers.get().verdict == "pass"
