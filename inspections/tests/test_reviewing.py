import datetime as dt

import pytest

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import reviewing, waiving, workflow
from inspections.models import Answer, ChecklistItem, Inspection
from inspections.tests.factories import (
    ActionFactory,
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    EvidenceFactory,
    FindingFactory,
    IndicatorExemptionFactory,
    IndicatorFactory,
    InspectionFactory,
    TeamMemberFactory,
    VisitFactory,
    publish,
    published_checklist,
)

pytestmark = pytest.mark.django_db


def inspection_with(*, count=2, **item):
    """An inspection with a team and a visit, whose sheet has one indicator of such items."""
    sheet = ChecklistFactory()
    indicator = IndicatorFactory(checklist=sheet)
    for number in range(1, count + 1):
        ChecklistItemFactory(indicator=indicator, order=number, code=f"1-{number}", **item)
    inspection = InspectionFactory(in_progress=True, part__checklist=publish(sheet))
    TeamMemberFactory(inspection=inspection)
    VisitFactory(inspection=inspection)
    return inspection


def answer_all(inspection, **fields):
    for item in ChecklistItem.objects.filter(indicator__checklist=inspection.checklist):
        AnswerFactory(inspection=inspection, item=item, **fields)


def gaps(inspection):
    return [gap.text.partition(":")[0] for gap in reviewing.missing(inspection)]


def kinds(inspection):
    return [oddity.kind for oddity in reviewing.odd(inspection)]


def test_unanswered_items_are_missing_with_the_way_to_them():
    inspection = inspection_with()
    AnswerFactory(inspection=inspection)

    [gap] = reviewing.missing(inspection)

    item = ChecklistItem.objects.get(code="1-2")
    assert gap.text.startswith("1-2 미응답")
    assert gap.url == f"/inspections/{inspection.pk}/checklist/{item.indicator_id}/#item-{item.pk}"


def test_an_opinion_alone_is_no_answer():
    inspection = inspection_with(count=1)
    AnswerFactory(inspection=inspection, verdict="", opinion="나중에 다시 봄")

    assert gaps(inspection) == ["1-1 미응답"]


def test_gaps_are_counted_by_kind_and_told_by_indicator():
    gaps = [
        reviewing.Gap("점검자가 없습니다.", "inspections:detail", (1,)),
        *(
            reviewing.Gap(f"1-{n} 미응답", "inspections:detail", (1,), what="미응답", where="회계")
            for n in range(2)
        ),
        reviewing.Gap("2-1 증빙 없음", "inspections:detail", (1,), what="증빙 없음", where="고용"),
    ]

    assert reviewing.counted(gaps) == "미응답 2 · 증빙 없음 1"
    places = [(place["where"], place["counted"]) for place in reviewing.by_place(gaps)]
    assert places == [("", ""), ("회계", "미응답 2"), ("고용", "증빙 없음 1")]


def test_nothing_is_missing_once_all_is_answered_or_does_not_apply():
    inspection = inspection_with()
    AnswerFactory(inspection=inspection)
    AnswerFactory(inspection=inspection, item=ChecklistItem.objects.get(code="1-2"), not_applicable=True)

    assert gaps(inspection) == []


def test_an_exempted_indicator_asks_for_nothing():
    inspection = inspection_with(evidence_rule="required")
    IndicatorExemptionFactory(inspection=inspection)

    assert gaps(inspection) == []


@pytest.mark.parametrize(
    ("rules", "failed", "missing"),
    [
        ({"note_rule": "required"}, False, ["1-1 의견 없음"]),
        ({"note_rule": "on_fail"}, False, []),
        ({"evidence_rule": "required"}, False, ["1-1 증빙 없음"]),
        ({"evidence_rule": "on_fail"}, False, []),
        ({"evidence_rule": "on_fail"}, True, ["1-1 증빙 없음"]),
    ],
)
def test_what_the_item_requires_is_missing(rules, failed, missing):
    inspection = inspection_with(count=1, **rules)
    AnswerFactory(inspection=inspection, failed=failed)

    assert gaps(inspection) == missing


def test_withdrawn_evidence_does_not_count():
    inspection = inspection_with(count=1, evidence_rule="required")
    item = AnswerFactory(inspection=inspection).item
    EvidenceFactory(inspection=inspection, item=item, withdrawn=True)

    assert gaps(inspection) == ["1-1 증빙 없음"]
    EvidenceFactory(inspection=inspection, item=item)
    assert gaps(inspection) == []


def test_team_and_visit_are_missing():
    inspection = InspectionFactory(in_progress=True, part__checklist=None)
    VisitFactory(inspection=inspection, withdrawn=True)

    assert gaps(inspection) == ["점검자가 없습니다.", "방문한 날이 없습니다."]


def test_an_inspection_on_paper_needs_no_visit_and_one_without_a_sheet_is_fine():
    inspection = InspectionFactory(in_progress=True, part__checklist=None, methods=["paper"])
    TeamMemberFactory(inspection=inspection)

    assert gaps(inspection) == []


def test_completion_waits_for_what_is_missing():
    inspection = inspection_with()
    by = UserFactory(department=inspection.department)

    with pytest.raises(workflow.TransitionError, match="2건"):
        workflow.complete(inspection, by=by)

    answer_all(inspection)
    assert workflow.complete(inspection, by=by).status == Inspection.Status.DONE


def test_all_right_without_a_word_is_odd():
    inspection = inspection_with()
    answer_all(inspection)

    assert kinds(inspection) == ["alike"]
    Answer.objects.filter(item__code="1-1").update(opinion="통장 확인")
    assert kinds(inspection) == []


def test_a_file_speaks_for_itself():
    inspection = inspection_with()
    answer_all(inspection)
    EvidenceFactory(inspection=inspection, item=ChecklistItem.objects.get(code="1-1"))

    assert kinds(inspection) == []


@pytest.mark.parametrize(("count", "odd"), [(4, []), (5, ["same"])])
def test_the_same_opinion_at_many_items_is_odd(count, odd):
    inspection = inspection_with(count=count)
    answer_all(inspection, opinion="이상  없음")

    assert [kind for kind in kinds(inspection) if kind != "rushed"] == odd


@pytest.mark.parametrize(
    ("day", "odd"),
    [
        (dt.date(2020, 12, 31), []),
        (dt.date(2021, 1, 1), ["outside"]),
        (dt.date(2099, 1, 1), ["outside", "future"]),
    ],
)
def test_a_visit_outside_of_the_period_or_to_come_is_odd(day, odd):
    inspection = inspection_with()
    VisitFactory(inspection=inspection, starts_on=day)

    assert kinds(inspection) == odd


def test_a_period_known_to_the_month_counts_months():
    inspection = inspection_with()
    part = inspection.part
    part.precision, part.ends_on = "month", dt.date(2020, 12, 1)
    part.save()

    assert kinds(inspection) == []


def test_a_failure_without_a_finding_is_odd():
    inspection = inspection_with(count=1)
    AnswerFactory(inspection=inspection, failed=True)

    assert kinds(inspection) == ["unwritten"]
    FindingFactory(inspection=inspection)
    assert kinds(inspection) == []


@pytest.mark.parametrize("place", ["opinion", "finding", "action", "caption"])
def test_a_wrong_weekday_is_odd_wherever_it_stands(place):
    inspection = inspection_with(count=1)
    text = "’20. 12. 30.(목)에 확인"
    answer = AnswerFactory(inspection=inspection, opinion=text if place == "opinion" else "확인")
    if place == "finding":
        FindingFactory(inspection=inspection, text=text)
    if place == "action":
        ActionFactory(inspection=inspection, text=text)
    if place == "caption":
        EvidenceFactory(inspection=inspection, item=answer.item, caption=text)

    assert kinds(inspection) == ["weekday"]


def test_a_warning_left_as_it_is_comes_back_when_its_text_changes():
    inspection = inspection_with(count=1)
    AnswerFactory(inspection=inspection, opinion="’20. 12. 30.(목)")
    by = UserFactory(department=inspection.department)
    [oddity] = reviewing.odd(inspection)

    waiving.waive(inspection, oddity.key, by=by, reason="원본 그대로")

    [left] = reviewing.odd(inspection)
    assert left.waiver.reason == "원본 그대로"
    assert Event.objects.get().detail["reason"] == "원본 그대로"
    Answer.objects.update(opinion="’20. 12. 31.(금)")
    assert [oddity.waiver for oddity in reviewing.odd(inspection)] == [None]


def test_a_warning_is_waived_once_with_a_reason_and_only_if_it_is_there():
    inspection = inspection_with(count=1)
    AnswerFactory(inspection=inspection)
    by = UserFactory(department=inspection.department)
    [oddity] = reviewing.odd(inspection)

    for key, reason, said in [(oddity.key, " ", "까닭"), ("alike:0", "x", "없어진")]:
        with pytest.raises(workflow.TransitionError, match=said):
            waiving.waive(inspection, key, by=by, reason=reason)
    waiving.waive(inspection, oddity.key, by=by, reason="작은 기관")
    with pytest.raises(workflow.TransitionError, match="이미"):
        waiving.waive(inspection, oddity.key, by=by, reason="또")


@pytest.mark.parametrize("items", [1, 3, 40])
def test_looking_over_takes_as_many_queries_for_forty_items_as_for_one(django_assert_num_queries, items):
    inspection = InspectionFactory(
        in_progress=True, part__checklist=published_checklist(indicators=2, items=items)
    )
    answer_all(inspection)

    # team, visits, indicators, progress, items with answers, files
    with django_assert_num_queries(7):
        reviewing.missing(inspection)
    # visits, indicators, progress, items with answers, files, findings, actions, waivers
    with django_assert_num_queries(8):
        reviewing.odd(inspection)
