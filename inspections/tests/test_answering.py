from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import answering, workflow
from inspections.answer_rules import Given
from inspections.models import Answer, ChecklistItem, Inspection
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
    published_checklist,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True)


@pytest.fixture
def inspector(inspection):
    return UserFactory(department=inspection.department)


@pytest.fixture
def items(inspection):
    return list(ChecklistItem.objects.filter(indicator__checklist=inspection.checklist).order_by("order"))


def inspection_with(**item):
    """An inspection whose sheet has one item of this shape; the item."""
    sheet = ChecklistFactory()
    item = ChecklistItemFactory(indicator=IndicatorFactory(checklist=sheet), **item)
    return InspectionFactory(in_progress=True, part__checklist=publish(sheet)), item


def save(inspection, *answers, by):
    return answering.save_indicator(inspection, answers[0].item.indicator, answers, by=by)


def test_an_answer_is_saved_with_its_verdict_and_told(inspection, inspector, items):
    assert save(inspection, Given(items[0], choice="부적정", opinion=" 증빙 없음 \r\n"), by=inspector) == 1

    answer = Answer.objects.get()
    assert (answer.choice, answer.verdict, answer.opinion, answer.version) == (
        "부적정",
        "fail",
        "증빙 없음",
        1,
    )
    event = Event.objects.get(action="answer")
    assert event.chain == f"inspection:{inspection.pk}"
    assert event.detail["changes"] == [
        {"item": items[0].code, "choice": ["", "부적정"], "opinion": ["", "증빙 없음"]}
    ]


def test_the_first_answer_starts_a_planned_inspection(items, inspection, inspector):
    Inspection.objects.filter(pk=inspection.pk).update(status="planned")

    save(inspection, Given(items[0], choice="적정"), by=inspector)

    inspection.refresh_from_db()
    assert inspection.status == Inspection.Status.IN_PROGRESS


def test_what_did_not_change_is_no_write(inspection, inspector, items):
    save(inspection, Given(items[0], choice="적정"), by=inspector)
    events = Event.objects.count()

    assert save(inspection, Given(items[0], choice="적정"), Given(items[1]), by=inspector) == 0

    assert Event.objects.count() == events
    assert Answer.objects.get().version == 1


def test_an_answer_can_be_cleared(inspection, inspector, items):
    save(inspection, Given(items[0], choice="적정"), by=inspector)

    save(inspection, Given(items[0], version=1), by=inspector)

    answer = Answer.objects.get()
    assert (answer.is_answered, answer.verdict, answer.version) == (False, "", 2)


def test_a_late_save_is_shown_what_stands_there_and_the_rest_is_kept(inspection, inspector, items):
    save(
        inspection,
        Given(items[0], choice="부적정", opinion="남의 것"),
        by=UserFactory(department=inspection.department),
    )

    with pytest.raises(workflow.StaleError) as caught:
        save(inspection, Given(items[0], choice="적정"), Given(items[1], choice="적정"), by=inspector)

    [collision] = caught.value.current
    assert (collision.given.choice, collision.current.opinion) == ("적정", "남의 것")
    assert dict(Answer.objects.values_list("item__code", "verdict")) == {
        items[0].code: "fail",
        items[1].code: "pass",
    }


def test_the_same_save_twice_is_one(inspection, inspector, items):
    for _ in range(2):
        save(inspection, Given(items[0], choice="적정"), by=inspector)

    assert Answer.objects.get().version == 1


@pytest.mark.parametrize("number", [1, 8, 40])
def test_saving_takes_as_many_queries_for_forty_answers_as_for_one(django_assert_num_queries, number):
    inspection = InspectionFactory(in_progress=True, part__checklist=published_checklist(items=40))
    inspector = UserFactory(department=inspection.department)
    indicator = inspection.checklist.indicators.get()
    answers = [Given(item, choice="적정") for item in indicator.items.all()[:number]]

    # a savepoint, inspection, answers, upsert, the chain of the history, made here, and its event
    with django_assert_num_queries(13):
        answering.save_indicator(inspection, indicator, answers, by=inspector)


@pytest.mark.parametrize(
    ("comparison", "number", "verdict"),
    [("ge", "10", "pass"), ("ge", "9.9", "fail"), ("le", "10", "pass"), ("le", "10.1", "fail")],
)
def test_the_verdict_of_a_figure_comes_from_the_standard(comparison, number, verdict):
    inspection, item = inspection_with(answer_type="number", standard=10, comparison=comparison)

    save(inspection, Given(item, number=Decimal(number)), by=UserFactory(department=inspection.department))

    assert Answer.objects.get().verdict == verdict


@pytest.mark.parametrize(
    ("shape", "given", "verdict"),
    [
        ({"answer_type": "prose"}, {"text": "확인함"}, "neutral"),
        ({"answer_type": "number"}, {"number": Decimal("3.5")}, "neutral"),
        ({"score": True}, {"number": Decimal("9.5")}, "neutral"),
        ({"tick": True}, {"choice": "검토완료"}, "pass"),
        ({"options": [["이상없음", "pass"], ["이상", "fail"]]}, {"choice": "이상"}, "fail"),
    ],
)
def test_each_shape_of_answer_has_its_verdict(shape, given, verdict):
    inspection, item = inspection_with(**shape)

    save(inspection, Given(item, **given), by=UserFactory(department=inspection.department))

    assert Answer.objects.get().verdict == verdict


@pytest.mark.parametrize(
    ("shape", "given", "field"),
    [
        ({}, {"choice": "아무거나"}, "choice"),
        ({}, {"is_not_applicable": True}, "not_applicable_reason"),
        (
            {},
            {"choice": "적정", "is_not_applicable": True, "not_applicable_reason": "없음"},
            "is_not_applicable",
        ),
        ({"note_rule": "on_fail"}, {"choice": "부적정"}, "opinion"),
        ({"score": True}, {"number": Decimal("10.5")}, "number"),
        ({"score": True}, {"number": Decimal("-1")}, "number"),
        ({"answer_type": "number"}, {"number": Decimal(10) ** 12}, "number"),
        ({"answer_type": "number"}, {"number": Decimal("0.0001")}, "number"),
    ],
)
def test_an_answer_against_the_rules_is_refused(shape, given, field):
    inspection, item = inspection_with(**shape)

    with pytest.raises(answering.InvalidAnswerError) as caught:
        save(inspection, Given(item, **given), by=UserFactory(department=inspection.department))

    assert list(caught.value.faults) == [field]
    assert not Answer.objects.exists()


def test_an_item_of_another_sheet_is_refused(inspection, inspector):
    stranger = ChecklistItemFactory()

    with pytest.raises(workflow.TransitionError, match="점검표에 없는"):
        save(inspection, Given(stranger, choice="적정"), by=inspector)


def test_an_item_of_another_indicator_is_refused(inspection, inspector, items):
    with pytest.raises(workflow.TransitionError, match="이 지표에 없는"):
        answering.save_indicator(
            inspection, IndicatorFactory(), [Given(items[0], choice="적정")], by=inspector
        )


@pytest.mark.parametrize("role", ["viewer", "superintendent", "contractor"])
def test_only_those_who_work_on_it_answer(inspection, items, role):
    with pytest.raises(PermissionDenied):
        save(inspection, Given(items[0], choice="적정"), by=UserFactory(**{role: True}))


@pytest.mark.parametrize("state", ["done", "excluded", "not_done"])
def test_a_closed_inspection_takes_no_answer(state):
    inspection = InspectionFactory(**{state: True})
    item = ChecklistItem.objects.filter(indicator__checklist=inspection.checklist).first()

    with pytest.raises(workflow.TransitionError, match="고칠 수 없습니다"):
        save(inspection, Given(item, choice="적정"), by=UserFactory(department=inspection.department))


def test_an_exempted_indicator_keeps_its_answers(inspection, inspector, items):
    save(inspection, Given(items[0], choice="적정"), by=inspector)
    indicator = items[0].indicator

    answering.exempt(inspection, indicator, by=inspector, reason=" 시설이 없음 ")

    assert inspection.exemptions.get().reason == "시설이 없음"
    assert Answer.objects.get().verdict == "pass"
    answering.unexempt(inspection, indicator, by=inspector)
    assert not inspection.exemptions.exists()
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "answer",
        "exempt",
        "unexempt",
    ]


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_exemption_needs_a_reason(inspection, inspector, items, reason):
    with pytest.raises(workflow.TransitionError, match="사유"):
        answering.exempt(inspection, items[0].indicator, by=inspector, reason=reason)


def test_an_indicator_is_exempted_once(inspection, inspector, items):
    answering.exempt(inspection, items[0].indicator, by=inspector, reason="없음")

    with pytest.raises(workflow.TransitionError, match="이미"):
        answering.exempt(inspection, items[0].indicator, by=inspector, reason="없음")


@pytest.mark.parametrize("change", ["insert", "update", "delete"])
def test_the_database_keeps_the_answers_of_a_done_inspection(change):
    answer = AnswerFactory()
    item = answer.inspection.checklist.indicators.get().items.last()
    Inspection.objects.filter(pk=answer.inspection_id).update(
        status="done", completed_at=answer.answered_at, completed_by=answer.answered_by
    )
    changes = {
        "insert": lambda: AnswerFactory(inspection=answer.inspection, item=item),
        "update": lambda: Answer.objects.update(opinion="나중에"),
        "delete": lambda: Answer.objects.all().delete(),
    }

    with pytest.raises(IntegrityError, match="a_done_inspection_"):
        changes[change]()
