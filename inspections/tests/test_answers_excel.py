import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.tests.factories import UserFactory
from audit.models import Event
from contractors.tests.factories import SubjectFactory
from inspections import answering
from inspections.answer_rules import Given
from inspections.models import Answer, ChecklistItem
from inspections.tests.factories import (
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    InspectionFactory,
    publish,
)

pytestmark = pytest.mark.django_db

SHAPES = {
    "verdict": {"note_rule": "on_fail"},
    "number": {"unit": "명"},
    "score": {"max_score": 20},
    "money": {},
    "date": {},
    "prose": {},
    "bundle": {"parts": ["정관", "규정"]},
    "table": {"parts": ["소화기", "비상구"], "rows": ["1층", "2층"]},
    "grade": {"is_per_site": True},
}
FILLED = [
    ["부적정", "대장 없음", ""],
    [12, "", ""],
    ["17.5", "", ""],
    ["1,200,000", "", ""],
    [dt.datetime(2020, 12, 9), "", ""],  # noqa: DTZ001 - as Excel has it
    ["잘 지켜지고 있음", "", ""],
    ["정관=적정\n규정=부적정", "", ""],
    ["1층/소화기=이상없음\n1층/비상구=이상\n2층/소화기=이상없음\n2층/비상구=해당없음", "", ""],
    ["A", "", ""],
    ["", "", "없는 시설"],
]


@pytest.fixture
def inspection():
    indicator = IndicatorFactory(checklist=ChecklistFactory())
    for order, (kind, fields) in enumerate(SHAPES.items()):
        ChecklistItemFactory(indicator=indicator, order=order, code=f"1-{order}", answer_type=kind, **fields)
    inspection = InspectionFactory(in_progress=True, part__checklist=publish(indicator.checklist))
    inspection.sites.set([SubjectFactory(name="가람관"), SubjectFactory(name="나래관")])
    return inspection


@pytest.fixture
def inspector(inspection, client):
    user = UserFactory(department=inspection.department)
    client.force_login(user)
    return user


def url(name, inspection):
    return reverse(f"inspections:answers_{name}", args=[inspection.pk])


def exported(client, inspection):
    response = client.get(url("download", inspection))
    return load_workbook(io.BytesIO(response.content))


def filled(client, inspection, rows):
    """The downloaded file with the answers of these rows: {row from 0: [답, 의견, 까닭]}."""
    book = exported(client, inspection)
    for number, values in rows.items():
        for column, value in enumerate(values, 6):
            book.active.cell(number + 2, column).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(client, inspection, data):
    return client.post(url("upload", inspection), {"file": SimpleUploadedFile("답.xlsx", data)})


def confirm(client, inspection, response, **more):
    rows = response.context["confirm"]["rows"].value()
    return client.post(url("confirm", inspection), {"rows": rows} | more, follow=True)


def stored(code, site=None):
    answers = Answer.objects.filter(item__code=code)
    return answers.get(site__name=site) if site else answers.get()


def test_every_shape_comes_back_as_it_was_written(client, inspection, inspector):
    response = upload(client, inspection, filled(client, inspection, dict(enumerate(FILLED))))
    assert dict(response.context["plan"].counts) == {"변경": 10}
    assert not Answer.objects.exists()

    assert "엑셀에서 답 10건을 저장했습니다." in confirm(client, inspection, response).text

    assert (stored("1-0").choice, stored("1-0").opinion) == ("부적정", "대장 없음")
    assert [stored(f"1-{n}").number for n in (1, 2, 3)] == [12, Decimal("17.5"), 1_200_000]
    assert stored("1-4").dated_on == dt.date(2020, 12, 9)
    assert stored("1-5").text == "잘 지켜지고 있음"
    assert stored("1-6").cells == {"": {"정관": "적정", "규정": "부적정"}}
    assert stored("1-7").cells["2층"] == {"소화기": "이상없음", "비상구": "해당없음"}
    assert (stored("1-8", "가람관").choice, stored("1-8", "나래관").not_applicable_reason) == (
        "A",
        "없는 시설",
    )
    again = upload(client, inspection, filled(client, inspection, {}))
    assert dict(again.context["plan"].counts) == {"그대로": 10}
    assert Event.objects.filter(action="answer").count() == 1


def test_wrong_rows_are_told_and_the_others_saved(client, inspection, inspector):
    rows = {
        0: ["부적정", "", ""],
        1: ["많음", "", ""],
        2: ["99", "", ""],
        6: ["회칙=적정", "", ""],
        5: ["양호함", "", ""],
    }
    response = upload(client, inspection, filled(client, inspection, rows))

    told = {line.label: line.errors for line in response.context["plan"].lines if line.errors}
    assert told == {
        "1-0": ["의견: 부적정일 때는 의견을 적어야 하는 항목입니다."],
        "1-1": ["수치: 숫자로 적어 주세요. 예: 1,234.5"],
        "1-2": told["1-2"],
        "1-6": ["‘회칙=적정’: 물음의 이름을 ‘정관=답’처럼 적어 주세요."],
    }
    confirm(client, inspection, response)
    assert [answer.text for answer in Answer.objects.all()] == ["양호함"]


@pytest.mark.parametrize(("overwrites", "kept"), [({}, "사무실"), ({"overwrites": "on"}, "엑셀")])
def test_what_somebody_saved_meanwhile_is_overwritten_only_on_demand(
    client, inspection, inspector, overwrites, kept
):
    data = filled(client, inspection, {5: ["엑셀", "", ""], 0: ["적정", "", ""]})
    item = ChecklistItem.objects.select_related("indicator").get(code="1-5")
    colleague = UserFactory(department=inspection.department)
    answering.save_answers(inspection, [Given(item, text="사무실")], by=colleague)
    response = upload(client, inspection, data)
    assert f"내려받은 뒤 {colleague.name}님이 고쳤습니다." in response.text

    confirm(client, inspection, response, **overwrites)

    assert (stored("1-5").text, stored("1-0").choice) == (kept, "적정")


def test_a_row_that_is_not_of_this_sheet_or_twice_there(client, inspection, inspector):
    book = exported(client, inspection)
    sheet = book.active
    sheet.cell(3, 2).value = "9-9"
    for column in range(1, 10):
        sheet.cell(4, column).value = sheet.cell(2, column).value
    stream = io.BytesIO()
    book.save(stream)

    lines = upload(client, inspection, stream.getvalue()).context["plan"].lines

    assert [line.errors[0][:12] for line in lines if line.errors] == [
        "이 점검의 점검표에 없",
        "위에 이미 있는 줄입니다"[:12],
    ]


def test_answers_changed_after_the_preview_are_shown_again(client, inspection, inspector):
    response = upload(client, inspection, filled(client, inspection, {5: ["엑셀", "", ""]}))
    item = ChecklistItem.objects.select_related("indicator").get(code="1-5")
    answering.save_answers(inspection, [Given(item, text="그 사이")], by=inspector)

    assert "미리보기한 뒤에 답이 바뀌었습니다" in confirm(client, inspection, response).text
    assert stored("1-5").text == "그 사이"


def test_no_text_becomes_a_formula(client, inspection, inspector):
    item = ChecklistItem.objects.select_related("indicator").get(code="1-5")
    answering.save_answers(inspection, [Given(item, text="=1+1")], by=inspector)

    cell = exported(client, inspection).active.cell(7, 6)

    assert (cell.data_type, cell.value) == ("s", "'=1+1")
    assert dict(upload(client, inspection, filled(client, inspection, {})).context["plan"].counts) == {
        "그대로": 10
    }


def test_a_done_inspection_takes_no_file(client):
    done = InspectionFactory(done=True)
    client.force_login(UserFactory(department=done.department))
    item = ChecklistItem.objects.filter(indicator__checklist=done.checklist).first()
    data = filled(client, done, {0: ["적정", "", ""]})

    response = confirm(client, done, upload(client, done, data))

    assert "완료" in response.text
    assert not Answer.objects.filter(item=item, choice="적정").exists()


def test_a_file_that_is_none_is_refused(client, inspection, inspector):
    response = upload(client, inspection, b"not a file")

    assert response.status_code == 422
    assert "엑셀" in response.text
