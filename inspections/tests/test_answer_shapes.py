"""The shapes an answer can have: what each takes, what it means, how it is shown, stored and printed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.tests.factories import UserFactory
from inspections import answering
from inspections.answer_rules import Given
from inspections.answer_texts import answer_text
from inspections.forms.answer_values import base_of, stored
from inspections.models import Answer, ChecklistItem
from inspections.tests.factories import (
    AnswerFactory,
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
)
from reports.composing import sheet

pytestmark = pytest.mark.django_db
ALL_WELL = {
    "1층": {"소화기": "이상없음", "유도등": "이상없음"},
    "2층": {"소화기": "이상없음", "유도등": "해당없음"},
}
ONE_FAULT = {
    "1층": {"소화기": "이상", "유도등": "이상없음"},
    "2층": {"소화기": "이상없음", "유도등": "이상없음"},
}


def floors(*chosen):
    return dict(zip(["cells-0-0", "cells-0-1", "cells-1-0", "cells-1-1"], chosen, strict=True))


SHAPES = [
    ("choice", {"choice": "적합"}, {"choice": "적합"}, "pass", "적합"),
    ("choice", {"choice": "부적합"}, {"choice": "부적합"}, "fail", "부적합"),
    ("choice", {"choice": "미점검"}, {"choice": "미점검"}, "neutral", "미점검"),
    ("grade", {"choice": "B"}, {"choice": "B"}, "neutral", "B"),
    ("date", {"dated_on": "2020-12-09"}, {"dated_on": dt.date(2020, 12, 9)}, "neutral", "2020. 12. 9."),
    ("date", {"dated_on": "2020. 12. 9."}, {"dated_on": dt.date(2020, 12, 9)}, "neutral", "2020. 12. 9."),
    ("money", {"number": "5,000,000원"}, {"number": Decimal(5_000_000)}, "pass", "5,000,000원"),
    ("money", {"number": "△1"}, {"number": Decimal(-1)}, "pass", "△1원"),
    ("money", {"number": "5000001"}, {"number": Decimal(5_000_001)}, "fail", "5,000,001원"),
    ("bundle", {"cells-0-0": "적정", "cells-0-1": "해당없음"},
     {"cells": {"": {"정관": "적정", "규정": "해당없음"}}}, "pass", "정관 적정, 규정 해당없음"),
    ("bundle", {"cells-0-1": "부적정"}, {"cells": {"": {"규정": "부적정"}}}, "", "규정 부적정"),
    ("bundle", {"cells-0-0": "적정", "cells-0-1": "부적정"},
     {"cells": {"": {"정관": "적정", "규정": "부적정"}}}, "fail", "정관 적정, 규정 부적정"),
    ("table", floors("이상없음", "이상없음", "이상없음", "해당없음"), {"cells": ALL_WELL}, "pass",
     "1층 소화기 이상없음, 유도등 이상없음 / 2층 소화기 이상없음, 유도등 해당없음"),
    ("table", floors("이상", "이상없음", "이상없음", "이상없음"), {"cells": ONE_FAULT}, "fail",
     "1층 소화기 이상, 유도등 이상없음 / 2층 소화기 이상없음, 유도등 이상없음"),
]  # fmt: skip


def inspection_with(**item):
    """An inspection whose sheet has one item of this shape; the item."""
    made = ChecklistFactory()
    item = ChecklistItemFactory(indicator=IndicatorFactory(checklist=made), **item)
    return InspectionFactory(in_progress=True, part__checklist=publish(made)), item


def post(client, inspection, item, **fields):
    client.force_login(UserFactory(department=inspection.department))
    url = reverse("inspections:indicator", args=[inspection.pk, item.indicator_id])
    data = {f"a{item.pk}-base": base_of(None, stored(item, None))}
    return client.post(url, data | {f"a{item.pk}-{name}": value for name, value in fields.items()})


@pytest.mark.parametrize(("shape", "typed", "values", "verdict", "text"), SHAPES)
def test_what_is_typed_is_stored_shown_and_printed(client, shape, typed, values, verdict, text):
    inspection, item = inspection_with(**{shape: True})

    page = client.get(post(client, inspection, item, **typed).url)

    answer = Answer.objects.get()
    assert {name: getattr(answer, name) for name in values} == values
    assert answer.verdict == verdict
    assert answer_text(answer) == text
    assert (
        stored(item, answer)["cells"].items()
        >= {name: value for name, value in typed.items() if name.startswith("cells")}.items()
    )
    assert text in sheet.answer_text(item, answer) if verdict else sheet.answer_text(item, answer) == "미응답"
    assert f'name="a{item.pk}-{next(iter(typed))}"' in page.content.decode()


@pytest.mark.parametrize(
    ("shape", "typed", "error"),
    [
        ("choice", {"choice": "적정"}, "선택지에 있는 답을 골라 주세요."),
        ("date", {"dated_on": "2020-13-09"}, "날짜로 읽을 수 없습니다: 2020-13-09."),
        ("date", {"dated_on": "0020-12-09"}, "1900년에서 2100년 사이의 날짜를 적어 주세요."),
        ("money", {"number": "백만원"}, "숫자로 적어 주세요."),
        ("money", {"number": "1.5"}, "금액은 원 단위까지 적어 주세요."),
        ("money", {"number": "1" * 13}, "수치가 너무 큽니다."),
        ("table", {"cells-0-0": "좋음"}, "선택지에 있는 답을 골라 주세요."),
        ("bundle", {"cells-0-0": "적정", "is_not_applicable": "on", "not_applicable_reason": "없음"},
         "답과 ‘해당사항 없음’을 함께 둘 수 없습니다."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_and_kept_in_the_page(client, shape, typed, error):
    inspection, item = inspection_with(**{shape: True})

    response = post(client, inspection, item, **typed, opinion="적어 둔 말")

    page = response.content.decode()
    assert response.status_code == 422
    assert error in page
    assert "적어 둔 말" in page
    assert not Answer.objects.exists()


def test_a_question_that_the_item_does_not_have_is_refused():
    inspection, item = inspection_with(table=True)
    inspector = UserFactory(department=inspection.department)

    for cells in ({"3층": {"소화기": "이상"}}, {"1층": {"스프링클러": "이상"}}):
        with pytest.raises(answering.InvalidAnswerError, match="이 항목에 없는 물음입니다"):
            answering.save_answers(inspection, [Given(item, cells=cells)], by=inspector)


def test_an_item_answered_in_part_is_not_answered():
    inspection, item = inspection_with(bundle=True)
    AnswerFactory(inspection=inspection, item=item, choice="", verdict="", cells={"": {"정관": "적정"}})

    assert not Answer.objects.get().is_answered
    assert not Answer.objects.answered().exists()


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("an_item_of_several_questions_names_them", {"answer_type": "table", "parts": []}),
        ("an_item_that_follows_says_when_it_is_shown", {"follows": "공1-1"}),
        ("an_item_that_follows_says_when_it_is_shown", {"follows_if": ["부적정"]}),
    ],
)
def test_the_database_refuses_a_wrong_item(constraint, wrong):
    item = ChecklistItemFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ChecklistItem.objects.filter(pk=item.pk).update(**wrong)


@pytest.mark.parametrize("value", [{"cells": {"": {"정관": "적정"}}}, {"dated_on": dt.date(2020, 12, 9)}])
def test_not_applicable_carries_no_answer(value):
    answer = AnswerFactory(not_applicable=True)

    with pytest.raises(IntegrityError, match="not_applicable_carries_no_verdict"), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(**value)
