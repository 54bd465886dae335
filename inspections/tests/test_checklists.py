"""Publishing, copying and retiring a sheet, and the freeze that no path gets around."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import checklists
from inspections.checklist_rules import problems
from inspections.models import Checklist, ChecklistItem, Indicator
from inspections.tests.factories import (
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    InspectionFactory,
    PeriodPartFactory,
    published_checklist,
)
from inspections.tests.threads import at_once
from inspections.workflow import TransitionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def superintendent():
    return UserFactory(superintendent=True)


@pytest.fixture
def draft():
    return ChecklistItemFactory(code="공1-1").indicator.checklist


def test_publishing_freezes_the_sheet_and_tells_the_history(draft, superintendent):
    published = checklists.publish(draft, by=superintendent)

    assert (published.status, published.published_by) == ("published", superintendent)
    assert Event.objects.get().detail == {"version": 1, "items": 1}
    assert list(Checklist.objects.published()) == [published]


@pytest.mark.parametrize("role", [{}, {"approver": True}, {"viewer": True}, {"contractor": True}])
@pytest.mark.parametrize("act", [checklists.publish, checklists.copy, checklists.retire])
def test_only_the_superintendent_keeps_sheets(draft, act, role):
    with pytest.raises(PermissionDenied):
        act(draft, by=UserFactory(**role))


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ("publish", "published"),
        ("publish", "retired"),
        ("copy", "draft"),
        ("retire", "draft"),
        ("retire", "retired"),
    ],
)
def test_what_a_status_does_not_allow_is_refused(superintendent, act, status):
    sheet = ChecklistFactory() if status == "draft" else published_checklist()
    if status == "retired":
        checklists.retire(sheet, by=superintendent)

    with pytest.raises(TransitionError, match="상태의 점검표에는 할 수 없습니다"):
        getattr(checklists, act)(sheet, by=superintendent)


def test_an_unfinished_sheet_says_all_that_is_missing(superintendent):
    sheet = ChecklistFactory()
    first = IndicatorFactory(checklist=sheet, name="회계", label="")
    ChecklistItemFactory(indicator=first, code="가", answer_type="tick", options=[["예", "pass"]])
    ChecklistItemFactory(
        indicator=first, code="나", number=True, note_rule="on_fail", standard=None, comparison=""
    )
    second = IndicatorFactory(checklist=sheet, name="고용", label="", viewpoints="")
    third = IndicatorFactory(checklist=sheet, name="시민", label="")
    ChecklistItemFactory(indicator=third, code="가")

    with pytest.raises(checklists.UnfinishedError, match="고칠 것이 4건") as refused:
        checklists.publish(sheet, by=superintendent)

    assert [problem.indicator for problem in refused.value.problems] == [first, first, second, third]
    assert "선택지가 꼭 둘" in refused.value.problems[0].text
    assert "항목 코드 가이(가) 두 번" in refused.value.problems[3].text
    assert Checklist.objects.get().is_draft


def test_a_sheet_needs_an_indicator():
    assert [problem.text[:10] for problem in problems(ChecklistFactory())] == ["지표가 하나도 없습"]


def test_an_indicator_for_prose_needs_no_items():
    indicator = IndicatorFactory(viewpoints="무엇을 보았는지")

    assert problems(indicator.checklist) == []


def test_a_copy_is_the_next_version_with_the_same_codes(superintendent):
    sheet = published_checklist(indicators=2, items=3, by=superintendent)

    copied = checklists.copy(sheet, by=superintendent)

    assert (copied.version, copied.status, copied.copied_from) == (2, "draft", sheet)
    codes = ChecklistItem.objects.order_by("code").values_list("code", flat=True)
    assert list(codes.filter(indicator__checklist=copied)) == list(codes.filter(indicator__checklist=sheet))
    assert ChecklistItem.objects.filter(indicator__checklist=sheet).count() == 6


def test_a_name_has_one_draft_at_a_time(superintendent):
    sheet = published_checklist(by=superintendent)
    checklists.copy(sheet, by=superintendent)

    with pytest.raises(TransitionError, match="이미 작성 중인 제2판"):
        checklists.copy(sheet, by=superintendent)


def test_a_retired_sheet_stays_in_the_inspections_that_use_it(superintendent):
    inspection = InspectionFactory()

    checklists.retire(inspection.checklist, by=superintendent)

    inspection.refresh_from_db()
    assert inspection.checklist.status == "retired"
    assert not Checklist.objects.published().exists()


WAYS_TO_CHANGE = {
    "a_published_checklist_only_retires": [
        lambda sheet: Checklist.objects.filter(pk=sheet.pk).update(name="다른 이름"),
        lambda sheet: Checklist.objects.filter(pk=sheet.pk).update(guidance="새 안내"),
        lambda sheet: Checklist.objects.filter(pk=sheet.pk).update(
            status="draft", published_at=None, published_by=None
        ),
        lambda sheet: Checklist.objects.filter(pk=sheet.pk).update(status="retired", version=7),
    ],
    "a_published_checklist_is_kept|a_published_item_is_kept": [lambda sheet: sheet.delete()],
    "a_published_sheet_gets_no_indicator": [lambda sheet: IndicatorFactory(checklist=sheet)],
    "a_published_indicator_is_kept_as_it_is": [
        lambda sheet: sheet.indicators.update(name="다른 지표"),
        lambda sheet: Indicator.objects.bulk_update(_renamed(sheet), ["name"]),
        lambda sheet: sheet.indicators.update(checklist=ChecklistFactory()),
        lambda sheet: Indicator.objects.filter(pk=IndicatorFactory().pk).update(checklist=sheet),
    ],
    "a_published_indicator_is_kept|a_published_item_is_kept": [lambda sheet: sheet.indicators.all().delete()],
    "a_published_sheet_gets_no_item": [
        lambda sheet: ChecklistItemFactory(indicator=sheet.indicators.get()),
        lambda sheet: ChecklistItem.objects.bulk_create(
            [ChecklistItem(indicator=sheet.indicators.get(), order=9, code="새", text="새 항목")]
        ),
    ],
    "a_published_item_is_kept_as_it_is": [
        lambda sheet: ChecklistItem.objects.update(text=F("code")),
        lambda sheet: ChecklistItem.objects.update(indicator=IndicatorFactory()),
        lambda sheet: _sql("UPDATE inspections_checklistitem SET weight = 5"),
    ],
    "a_published_item_is_kept": [
        lambda sheet: ChecklistItem.objects.all().delete(),
        lambda sheet: _sql("DELETE FROM inspections_checklistitem"),
    ],
}


def _renamed(sheet):
    indicators = list(sheet.indicators.all())
    indicators[0].name = "다른 지표"
    return indicators


def _sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("guard", "way"), [(guard, way) for guard, ways in WAYS_TO_CHANGE.items() for way in ways]
)
def test_a_published_sheet_cannot_be_changed_by_any_path(guard, way):
    sheet = published_checklist()

    with pytest.raises(IntegrityError, match=guard), transaction.atomic():
        way(sheet)


def test_a_retired_sheet_cannot_come_back(superintendent):
    sheet = checklists.retire(published_checklist(), by=superintendent)

    with pytest.raises(IntegrityError, match="a_published_checklist_only_retires"), transaction.atomic():
        Checklist.objects.filter(pk=sheet.pk).update(status="published")


def test_a_draft_can_be_changed_and_deleted(draft):
    ChecklistItem.objects.update(text="다시 씀")
    draft.delete()

    assert not Checklist.objects.exists()


def test_a_draft_is_no_sheet_of_a_round_or_an_inspection():
    with pytest.raises(IntegrityError, match="a_part_uses_a_published_sheet"), transaction.atomic():
        PeriodPartFactory(checklist=ChecklistFactory())
    inspection = InspectionFactory()
    inspection.checklist = ChecklistFactory()
    with (
        pytest.raises(IntegrityError, match="an_inspection_changes_to_a_published_sheet"),
        transaction.atomic(),
    ):
        inspection.save()


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_an_item_added_while_somebody_publishes_is_in_the_sheet_or_refused():
    superintendent = UserFactory(superintendent=True)
    for _ in range(5):
        indicator = ChecklistItemFactory(code="가").indicator

        def add(indicator=indicator):
            try:
                ChecklistItemFactory(indicator=indicator, code="나")
            except IntegrityError as refused:
                return "a_published_sheet_gets_no_item" in str(refused)
            return True

        _, went_well = at_once(
            lambda sheet=indicator.checklist: checklists.publish(sheet, by=superintendent), add
        )
        told = Event.objects.latest("pk").detail["items"]
        assert went_well
        assert indicator.items.count() == told
