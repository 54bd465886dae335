import datetime as dt

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections import reviewing, sheets
from inspections.formality import formality, spelled
from inspections.models import ChecklistItem
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    EvidenceFactory,
    IndicatorFactory,
    InspectionFactory,
    VisitFactory,
    publish,
)

pytestmark = pytest.mark.django_db

START = dt.datetime(2020, 12, 30, 5, tzinfo=dt.UTC)


@pytest.fixture
def inspection():
    indicator = IndicatorFactory(checklist=ChecklistFactory())
    for number in range(6):
        ChecklistItemFactory(indicator=indicator, order=number, code=f"1-{number}")
    return InspectionFactory(in_progress=True, part__checklist=publish(indicator.checklist))


def answer_all(inspection, *, every, **fields):
    for number, item in enumerate(ChecklistItem.objects.filter(indicator__checklist=inspection.checklist)):
        AnswerFactory(inspection=inspection, item=item, answered_at=START + every * number, **fields)


def found(inspection, visits=()):
    return formality(sheets.fill(inspection, sheets.progress(inspection)), visits)


def test_everything_within_a_minute_is_told(inspection):
    answer_all(inspection, every=dt.timedelta(seconds=10))

    assert found(inspection).rushed == tuple(f"1-{number}" for number in range(6))
    assert [one.text for one in reviewing.odd(inspection) if one.kind == "rushed"] == [
        "6개 항목이 모두 1분 안에 답한 것으로 되어 있습니다."
    ]


def test_a_visit_that_took_its_time_is_not(inspection):
    answer_all(inspection, every=dt.timedelta(seconds=40))

    shown = found(inspection)

    assert (shown.rushed, shown.fastest, shown.hours_taken) == ((), 2, "3분")


def test_items_without_a_word_or_a_file_and_words_said_again(inspection):
    answer_all(inspection, every=dt.timedelta(minutes=2))
    items = list(ChecklistItem.objects.filter(indicator__checklist=inspection.checklist))
    inspection.answers.filter(item__in=items[:3]).update(opinion="이상 없음")
    EvidenceFactory(inspection=inspection, item=items[3])

    shown = found(inspection)

    assert shown.silent == ("1-4", "1-5")
    assert shown.same == (("이상 없음", ("1-0", "1-1", "1-2")),)


def test_hours_of_visits_add_up(inspection):
    days = {"starts_on": dt.date(2020, 12, 28), "ends_on": dt.date(2020, 12, 30)}
    hours = {"daily_from": dt.time(14), "daily_to": dt.time(16, 30)}
    visit = VisitFactory(inspection=inspection, **days, **hours)

    assert found(inspection, [visit]).hours_visited == "7시간 30분"
    assert (
        found(
            inspection, [visit, VisitFactory(inspection=inspection, daily_from=None, daily_to=None)]
        ).visited
        is None
    )
    assert found(inspection).visited is None


@pytest.mark.parametrize(("minutes", "text"), [(0, "0분"), (59, "59분"), (60, "1시간"), (125, "2시간 5분")])
def test_time_in_words(minutes, text):
    assert spelled(dt.timedelta(minutes=minutes)) == text


def test_the_review_shows_it(client, inspection):
    answer_all(inspection, every=dt.timedelta(seconds=1))
    client.force_login(UserFactory(department=inspection.department))

    page = client.get(reverse("inspections:review", args=[inspection.pk])).text

    assert "1분 안에 모두 답함" in page
    assert "6 / 6" in page
