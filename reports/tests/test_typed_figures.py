"""A figure typed over a counted one is kept, told at its line, and can be left with a reason."""

import pytest

from reports import creating, second_look
from reports.tests.factories import Office, draft
from reports.typed_figures import faults

COUNTED = "점검대상: 58곳 (점검 55곳, 제외 2곳, 미실시 1곳)"
ROWS = [["자치구", "대상", "점검"], ["동구", "30", "1,028"], ["서구", "28", "27(96.4%)"], ["계", "58", "-"]]


def line(text):
    return {"runs": [[text, ""]], "payload": None}


def table(*changes):
    rows = [list(row) for row in ROWS]
    for row, column, text in changes:
        rows[row][column] = text
    return {"runs": [], "payload": {"caption": "점검 현황", "unit": "곳", "rows": rows}}


def told(stands, composed):
    return [fault.text for fault in faults("n", stands, composed)]


def test_another_figure_in_the_same_words():
    (found,) = told(line(COUNTED.replace("55", "56")), line(COUNTED))
    assert found.startswith("셈한 값은 55인데 56으로 적었습니다: 점검대상: 58곳")


@pytest.mark.parametrize(
    "text",
    [COUNTED, COUNTED.replace(" (", "("), "점검대상: 쉰여덟 곳", "올해는 58곳 가운데 56곳을 점검함"],
)
def test_the_same_figure_or_other_words_are_left_alone(text):
    assert told(line(text), line(COUNTED)) == []


def test_a_cell_is_found_by_its_row_and_column():
    assert told(table((2, 1, "29")), table()) == ["서구 대상: 셈한 값은 28인데 29로 적었습니다."]
    assert told(table((3, 2, "12")), table()) == ["계 점검: 셈한 값은 -인데 12로 적었습니다."]
    assert told(table((2, 2, "27(96.5%)")), table()) == [
        "서구 점검: 셈한 값은 27(96.4%)인데 27(96.5%)로 적었습니다."
    ]
    assert told(table((1, 2, "1028")), table()) == []


def test_rows_that_moved_are_still_found_and_new_ones_say_nothing():
    moved = table()
    moved["payload"]["rows"] = [ROWS[0], ROWS[2], ["북구", "1", "1"], ["동구", "31", "1,028"]]
    assert told(moved, table()) == ["동구 대상: 셈한 값은 30인데 31로 적었습니다."]


@pytest.mark.django_db
def test_it_is_among_what_is_looked_at_again_and_stays_as_typed():
    office = Office()
    inspection = draft(office).inspections.get()
    inspection.documents.all().delete()
    document = creating.create([inspection], by=office.drafter)
    document.disclosure, document.clauses = "open", []
    document.save()
    block = next(
        block for block in document.blocks.exclude(source_key="") if any(map(str.isdigit, block.text))
    )
    assert "figure" not in {seen.fault.kind for seen in second_look.faults(document)}

    digit = next(filter(str.isdigit, block.text))
    typed = block.text.replace(digit, str((int(digit) + 1) % 10), 1)
    document.blocks.filter(pk=block.pk).update(runs=[[typed, ""]])

    (fault,) = [seen.fault for seen in second_look.faults(document) if seen.fault.kind == "figure"]
    assert fault.node == str(block.pk)
    second_look.waive(document, fault.key, by=office.drafter, reason="구청이 알려 준 값임")
    assert "figure" not in {seen.fault.kind for seen in second_look.faults(document) if not seen.waiver}
    assert document.blocks.get(pk=block.pk).text == typed
