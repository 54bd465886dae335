"""Sheets in and out as rows."""

import io
from pathlib import Path

import pytest

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import checklist_rows, checklists
from inspections.checklist_columns import COLUMNS, ITEM_COLUMNS, ChecklistSheet
from inspections.models import ChecklistItem
from inspections.tests.factories import (
    ChecklistFactory,
    ChecklistItemFactory,
    IndicatorFactory,
    published_checklist,
)
from inspections.workflow import TransitionError
from spreadsheets import reading, writing

pytestmark = pytest.mark.django_db
DEMO = Path(checklist_rows.__file__).parent / "demo_data"
HEADINGS = [column.heading for column in COLUMNS]
NAMED = ["분야", "지표 표시", "지표명", "점검사항", "코드", "항목"]


def table(*rows):
    """Rows of a file from (area, label, name, viewpoints, code, text, {heading: value})."""
    return reading.Table(
        [
            reading.Row(number, dict.fromkeys(HEADINGS) | dict(zip(NAMED, row[:6], strict=True)) | row[6])
            for number, row in enumerate(((*row, {}) if len(row) == 6 else row for row in rows), start=2)
        ],
        [],
    )


def imported(checklist, *rows):
    return checklists.import_rows(checklist, table(*rows), by=UserFactory(superintendent=True))


FIRST = ("일반운영", "공통지표(1)", "회계관리", "목적\n증빙", "공1-1", "전용 통장을 쓰는가")
SECOND = (None, None, None, None, "공1-2", "증빙을 갖추었는가")
OTHER = ("운영성과", None, "추진 과정", None, "과정-1", "계획대로 하였는가")


def test_rows_become_indicators_with_items_in_order():
    sheet = ChecklistFactory()

    plan = imported(sheet, FIRST, SECOND, OTHER)

    assert plan.is_done
    assert [str(indicator) for indicator in sheet.indicators.all()] == ["공통지표(1): 회계관리", "추진 과정"]
    assert list(ChecklistItem.objects.values_list("code", "order", "answer_type")) == [
        ("공1-1", 1, "verdict"),
        ("과정-1", 1, "verdict"),
        ("공1-2", 2, "verdict"),
    ]
    assert Event.objects.latest("pk").action == "import"


def test_the_same_rows_twice_change_nothing():
    sheet = ChecklistFactory()
    imported(sheet, FIRST, SECOND)
    before = list(ChecklistItem.objects.values_list("pk", flat=True))

    plan = imported(sheet, FIRST, SECOND)

    assert plan.counts == [("그대로", 2)]
    assert list(ChecklistItem.objects.values_list("pk", flat=True)) == before


def test_a_preview_says_what_is_new_changed_removed_and_moved():
    sheet = ChecklistFactory()
    imported(sheet, FIRST, SECOND, OTHER)

    plan = checklists.preview_rows(
        sheet,
        table(
            (*FIRST[:4], "공1-2", "증빙을 다 갖추었는가"),
            (*SECOND[:4], "공1-1", FIRST[5]),
            (*SECOND[:4], "공1-3", "새것"),
        ),
    )

    assert plan.counts == [("추가", 1), ("변경", 2), ("그대로", 1), ("빠짐", 1)]
    assert plan.lines[0].changes[0] == checklist_rows.Change(
        "항목", "증빙을 갖추었는가", "증빙을 다 갖추었는가"
    )
    assert plan.lines[-1].label == "순서"
    assert ChecklistItem.objects.count() == 3


def test_an_error_in_one_row_keeps_all_rows_out():
    sheet = ChecklistFactory()

    plan = imported(sheet, FIRST, (*SECOND[:5], None))

    assert not plan.is_done
    assert plan.lines[1].errors == ["항목: 적어야 합니다."]
    assert ChecklistItem.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"답의 모양": "별점"}, "답의 모양: ‘별점’은(는) 쓸 수 없습니다."),
        ({"답의 모양": "점수"}, "점수 항목에는 0보다 큰 만점을 적어야 합니다."),
        ({"답의 모양": "점수", "만점": "열"}, "만점: 숫자로 적어 주세요: 열"),
        ({"답의 모양": "수치", "기준값": "10"}, "기준값이 있으면 이상인지 이하인지 정해야 합니다."),
        ({"답의 모양": "수치", "비교": "이상"}, "비교만 있고 기준값이 없습니다."),
        ({"기준값": "10", "비교": "이상"}, "기준값과 비교는 수치와 금액 항목에만 적습니다."),
        ({"답의 모양": "둘 중 하나"}, "‘둘 중 하나 표시’에는 선택지가 꼭 둘이어야 합니다."),
        ({"답의 모양": "표시", "선택지": "가=적정, 가=부적정"}, "선택지의 이름이 서로 달라야 합니다."),
        ({"답의 모양": "표시", "선택지": "가=좋음, 나"}, "선택지: ‘검토완료=적정’처럼 적어 주세요."),
        ({"답의 모양": "서술", "선택지": "가=적정"}, "선택지는 고르는 답의 항목에만 적습니다."),
        ({"답의 모양": "서술", "의견": "부적정일 때 필수"}, "부적정이 될 수 없는 항목이라"),
        ({"답의 모양": "금액", "의견": "부적정일 때 필수"}, "부적정이 될 수 없는 항목이라"),
        ({"답의 모양": "여럿 중 하나", "선택지": "적합=적정"}, "‘여럿 중 하나’에는 선택지를 둘 이상"),
        ({"답의 모양": "여러 물음"}, "‘여러 물음’과 ‘표’에는 물음이나 칸을"),
        ({"답의 모양": "여러 물음", "물음·칸": "정관\n정관"}, "물음·칸과 줄의 이름이 서로 달라야"),
        ({"답의 모양": "여러 물음", "물음·칸": "정관", "표의 줄": "1층"}, "표의 줄은 ‘표’에만 적습니다."),
        ({"물음·칸": "정관"}, "물음·칸은 ‘여러 물음’과 ‘표’에만 적습니다."),
        ({"과락 기준(%)": "101"}, "과락 기준(%): "),
        ({"만점": "10"}, "만점은 점수 항목에만 적습니다."),
        ({"가중치": "0"}, "가중치는 0보다 커야 합니다."),
        ({"코드": "공 1"}, "코드: 항목 코드는 글자, 숫자, 점, 붙임표로만 적습니다."),
        ({"코드": "1" * 21}, "코드: "),
        ({"지표명": "다른 지표"}, ""),
    ],
)
def test_each_row_says_what_is_wrong_with_it(given, error):
    sheet = ChecklistFactory()

    plan = checklists.preview_rows(sheet, table((*FIRST, given)))

    assert [line.errors[0][: len(error)] for line in plan.lines if line.errors] == ([error] if error else [])


SHAPES = [
    {"답의 모양": "여럿 중 하나", "선택지": "적합=적정\n부적합=부적정\n미점검=판정 없음"},
    {"답의 모양": "등급", "선택지": "A=적정\nB=적정\nC=부적정"},
    {"답의 모양": "날짜"},
    {"답의 모양": "금액(원)", "기준값": "5000000", "비교": "이하"},
    {"답의 모양": "여러 물음", "물음·칸": "정관이 있는가, 신고했는가\n규정이 있는가"},
    {
        "답의 모양": "표",
        "물음·칸": "소화기\n유도등",
        "표의 줄": "1층\n2층",
        "앞 항목": "공1-0",
        "보이는 답": "적합",
    },
]


def test_every_shape_comes_back_as_it_was_written():
    sheet = ChecklistFactory()
    rows = [(*FIRST[:4], f"공1-{place}", "묻는 말", shape) for place, shape in enumerate(SHAPES)]

    assert imported(sheet, *rows).is_done

    again = [dict(zip(HEADINGS, row, strict=True)) for row in checklist_rows.written(sheet)]
    assert [
        {heading: row[heading] for heading in shape} for row, shape in zip(again, SHAPES, strict=True)
    ] == (SHAPES)
    assert imported(sheet, *rows).counts == [("그대로", len(SHAPES))]


def test_an_indicator_says_once_what_has_to_be_reached():
    sheet = ChecklistFactory()

    imported(sheet, (*FIRST, {"과락 기준(%)": "60"}), SECOND)
    plan = checklists.preview_rows(sheet, table(FIRST, (*SECOND, {"과락 기준(%)": "70"})))

    assert sheet.indicators.get().must_reach == 60
    assert [str(change) for line in plan.lines for change in line.changes] != []


def test_a_code_stands_once_in_a_file():
    plan = checklists.preview_rows(ChecklistFactory(), table(FIRST, OTHER, (*SECOND[:4], "공1-1", "또")))

    assert plan.lines[2].errors == ["코드: 2행과 같은 코드입니다."]


def test_an_indicator_stands_in_one_piece():
    plan = checklists.preview_rows(ChecklistFactory(), table(FIRST, OTHER, (*FIRST[:4], "공1-2", "또")))

    assert plan.lines[2].errors == [
        "‘공통지표(1): 회계관리’ 지표가 두 곳에 나뉘어 있습니다. 한데 모아 주세요."
    ]


def test_an_indicator_may_have_no_items():
    sheet = ChecklistFactory()

    first = imported(sheet, ("일반운영", "개별지표(2)", "전문기술", "시설", None, None))
    again = imported(sheet, ("일반운영", "개별지표(2)", "전문기술", "시설", None, None))

    assert sheet.indicators.get().viewpoints == "시설"
    assert (first.counts, again.counts) == ([("추가", 1)], [("그대로", 1)])


def test_a_published_sheet_takes_no_rows():
    with pytest.raises(TransitionError):
        imported(published_checklist(), FIRST)


def test_rows_that_would_now_do_something_else_are_not_stored():
    sheet = ChecklistFactory()
    shown = checklists.preview_rows(sheet, table(FIRST)).fingerprint
    imported(sheet, FIRST)

    plan = checklists.import_rows(sheet, table(FIRST), by=UserFactory(superintendent=True), fingerprint=shown)

    assert not plan.is_done


def test_a_sheet_written_to_excel_comes_back_the_same():
    sheet = ChecklistFactory()
    indicator = IndicatorFactory(checklist=sheet)
    for number, trait in enumerate(["prose", "number", "score", "tick"]):
        ChecklistItemFactory(indicator=indicator, order=number, code=f"가-{number}", **{trait: True})
    IndicatorFactory(checklist=sheet, name="항목 없는 지표", label="")

    content = writing.workbook(("점검표", HEADINGS, checklist_rows.written(sheet)))
    read = reading.read(io.BytesIO(content), headings=HEADINGS, required=ChecklistSheet.required)

    assert checklists.preview_rows(sheet, read).counts == [("그대로", 5)]


@pytest.mark.parametrize(
    ("name", "indicators", "at_least"),
    [
        ("checklist_commission_2020.csv", 7, 44),
        ("checklist_facility_safety.csv", 5, 20),
        ("checklist_library.csv", 6, 20),
    ],
)
def test_the_sheets_of_the_demo_are_imported_and_published(name, indicators, at_least):
    superintendent = UserFactory(superintendent=True)
    sheet = ChecklistFactory()

    plan = checklists.import_rows(sheet, checklist_rows.read_csv(DEMO / name), by=superintendent)
    published = checklists.publish(sheet, by=superintendent)

    assert [line.errors for line in plan.lines if line.errors] == []
    assert published.status == "published"
    assert sheet.indicators.count() == indicators
    assert ChecklistItem.objects.count() >= at_least
    assert len({item.answer_type for item in ChecklistItem.objects.all()}) >= 4


def test_every_column_of_an_item_is_a_field_of_it():
    names = {field.name for field in ChecklistItem._meta.get_fields()}

    assert {column.name for column in ITEM_COLUMNS} <= names
