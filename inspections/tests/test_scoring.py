"""Points, grades, thresholds and what has to be passed."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections import scoring, sheets
from inspections.forms.bands import BandsField
from inspections.models import Answer, Checklist, ChecklistItem, Indicator
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorExemptionFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
)
from reports.composing import results

BANDS = [["A", 90], ["B", 80], ["C", 70.5]]


def scored(points, maximum=10, weight=1):
    item = ChecklistItem(answer_type="score", max_score=Decimal(maximum), weight=Decimal(weight))
    return item, None if points is None else Answer(number=Decimal(str(points)), verdict="neutral")


def judged(verdict):
    return ChecklistItem(answer_type="verdict", weight=1), Answer(verdict=verdict)


def test_points_are_weighted_and_what_is_not_answered_is_left_out():
    score = scoring.score_of([scored(8), scored(3.5, 5, weight=2), scored(None, 20), judged("pass")])

    assert score == scoring.Score(Decimal(15), Decimal(20), Decimal(20))
    assert score.percent == 75


def test_nothing_to_be_had_has_no_percentage():
    outcome = scoring.outcome(Checklist(bands=BANDS, threshold=70), {Indicator(pk=1): scoring.Score()})

    assert (outcome.score.percent, outcome.grade, outcome.is_below, outcome.has_points) == (
        None,
        "",
        False,
        False,
    )


@pytest.mark.parametrize(
    ("percent", "grade"),
    [("100", "A"), ("90", "A"), ("89.99", "B"), ("80", "B"), ("70.5", "C"), ("70.49", ""), ("0", "")],
)
def test_the_grade_is_that_of_the_highest_band_reached(percent, grade):
    assert scoring.grade_of(Decimal(percent), BANDS) == grade
    assert scoring.grade_of(Decimal(percent), BANDS[::-1]) == grade
    assert scoring.grade_of(Decimal(percent), []) == ""


@pytest.mark.parametrize(("points", "is_below"), [(7, False), (6.99, True)])
def test_below_the_threshold_is_below(points, is_below):
    scores = {Indicator(pk=1): scoring.score_of([scored(points)])}

    assert scoring.outcome(Checklist(threshold=Decimal(70)), scores).is_below is is_below


@pytest.mark.parametrize(
    ("pairs", "is_failed"),
    [
        ([scored(6)], False),
        ([scored(5.9)], True),
        ([judged("pass")], False),
        ([judged("fail")], True),
        ([scored(10), judged("fail")], True),
        ([], False),
    ],
)
def test_an_indicator_that_has_to_be_passed_fails_by_points_or_by_a_fault(pairs, is_failed):
    must, free = Indicator(pk=1, must_reach=60), Indicator(pk=2)
    scores = {must: scoring.score_of(pairs), free: scoring.score_of([scored(0), judged("fail")])}

    assert scoring.outcome(Checklist(), scores).failed == ([must] if is_failed else [])


@pytest.mark.parametrize(
    ("typed", "bands"),
    [("", []), ("A=90\r\n\nB = 80", [["A", 90], ["B", 80]]), ("가=70.5", [["가", 70.5]])],
)
def test_bands_are_typed_one_a_line(typed, bands):
    field = BandsField(required=False)

    assert field.clean(typed) == bands
    assert not field.has_changed(bands, field.prepare_value(bands))


@pytest.mark.parametrize(
    "typed", ["A", "=90", "A=구십", "A=101", "A=-1", "A=90\nA=80", "A=90\nB=90", "A=NaN"]
)
def test_bands_that_make_no_sense_are_told(typed):
    with pytest.raises(ValidationError):
        BandsField(required=False).clean(typed)


@pytest.fixture
def inspection(db):
    sheet = ChecklistFactory(threshold=80, bands=BANDS)
    must = IndicatorFactory(checklist=sheet, order=1, must_reach=60, label="", name="안전")
    other = IndicatorFactory(checklist=sheet, order=2, label="", name="서비스")
    away = IndicatorFactory(checklist=sheet, order=3, label="", name="차량")
    items = [ChecklistItemFactory(indicator=each, score=True) for each in (must, other, away)]
    inspection = InspectionFactory(in_progress=True, part__checklist=publish(sheet))
    for item, points in zip(items, (5, 9, 10), strict=True):
        AnswerFactory(inspection=inspection, item=item, number=points, verdict="neutral")
    IndicatorExemptionFactory(inspection=inspection, indicator=away)
    return inspection


def test_a_filled_sheet_comes_to_what_its_asked_indicators_come_to(inspection):
    outcome = scoring.of_groups(
        inspection.checklist, sheets.fill(inspection, sheets.progress(inspection), with_last=False)
    )

    assert outcome.score == scoring.Score(Decimal(14), Decimal(20), Decimal(10))
    assert (outcome.grade, outcome.is_below) == ("", True)
    assert [indicator.name for indicator in outcome.failed] == ["안전"]


@pytest.mark.django_db
def test_an_inspection_without_a_sheet_has_no_points(client):
    inspection = InspectionFactory(in_progress=True, checklist=None)
    client.force_login(UserFactory(department=inspection.department))

    page = client.get(reverse("inspections:review", args=[inspection.pk]))

    assert page.status_code == 200
    assert "평가 점수" not in page.content.decode()
    assert [line for line in results.lines(inspection) if line.source_key.startswith("points")] == []


def test_the_report_says_the_points_with_their_sum_and_what_fails(inspection):
    lines = {line.source_key: line for line in results.lines(inspection)}

    assert lines["points:table"].payload["rows"] == [
        ["지표", "배점", "득점", "득점률(%)"],
        ["안전", "10", "5", "50"],
        ["서비스", "10", "9", "90"],
        ["차량", "-", "0", "-"],
        ["합계", "20", "14", "70"],
    ]
    assert [lines[f"points:{number}"].text for number in range(1, 5)] == [
        "배점 20점 중 14점 (100점 환산 70점)",
        "해당사항이 없어 뺀 배점: 10점",
        "통과 점수 80점 미달",
        "과락 지표: 안전",
    ]
