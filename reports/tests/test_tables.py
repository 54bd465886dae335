"""Pasted texts as tables: merged heads, sums, zeros, widths."""

import pytest

from reports.tables import table_of, total_of
from reports.tree import laid_out


def made(*rows, **shape):
    return table_of({"caption": "", "unit": "", "rows": [list(row) for row in rows], **shape})


def head(table):
    return [[(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in table.head]


def body(table):
    return [[cell.text for cell in row] for row in table.rows]


def test_one_row_is_head_unless_more_are_asked_for():
    table = made(["구분", "건수"], ["적정", "3"])

    assert head(table) == [[("구분", 1, 1), ("건수", 1, 1)]]
    assert body(table) == [["적정", "3"]]


def test_blanks_of_a_head_are_merged_as_a_spreadsheet_leaves_them():
    table = made(
        ["분야", "항목", "점검결과", ""], ["", "", "적정", "부적정"], ["회계", "장부", "1", "2"], heads=2
    )

    assert head(table) == [
        [("분야", 1, 2), ("항목", 1, 2), ("점검결과", 2, 1)],
        [("적정", 1, 1), ("부적정", 1, 1)],
    ]


def test_a_head_of_three_rows_nests():
    table = made(
        ["시설", "점검", "", "", ""], ["", "1차", "", "2차", ""], ["", "적정", "부적정", "적정", "부적정"],
        ["한빛", "1", "2", "3", "4"], heads=3,
    )  # fmt: skip

    assert head(table) == [
        [("시설", 1, 3), ("점검", 4, 1)],
        [("1차", 2, 1), ("2차", 2, 1)],
        [("적정", 1, 1), ("부적정", 1, 1), ("적정", 1, 1), ("부적정", 1, 1)],
    ]
    assert max(x for _, x, _ in laid_out(table.head)) == 4


def test_a_blank_first_cell_belongs_to_the_one_above():
    table = made(
        ["구", "시설", "건"], ["가온", "한빛", "1"], ["", "나루", "2"], ["다온", "다솜", "3"], merge=True
    )

    assert [[(cell.text, cell.rowspan) for cell in row] for row in table.rows] == [
        [("가온", 2), ("한빛", 1), ("1", 1)],
        [("나루", 1), ("2", 1)],
        [("다온", 1), ("다솜", 1), ("3", 1)],
    ]


@pytest.mark.parametrize(
    ("column", "total"),
    [
        (["1", "2", "-"], "3"),
        (["1,200", "300"], "1,500"),
        (["△5", "2"], "△3"),
        (["1.5", "2.25"], "3.75"),
        (["-", "-"], ""),
        (["한빛", "2"], ""),
        (["12(30.0%)", "28(70.0%)"], "40(100.0%)"),
        (["1", "△1"], "-"),
    ],
)
def test_sums_are_those_of_columns_of_figures(column, total):
    assert total_of([["가", text] for text in column]) == ["계", total]


def test_a_sum_is_made_anew_and_never_stored():
    rows = [["구", "건수"], ["가온", "2"], ["나온", "3"]]

    assert body(made(*rows, total=True)) == [["가온", "2"], ["나온", "3"], ["계", "5"]]
    assert len(rows) == 3


def test_zeros_are_dashes_if_asked_for():
    table = made(["구", "건수", "비율"], ["가온", "0", "0(0.0%)"], ["나온", "10", "0.0"], dash=True)

    assert body(table) == [["가온", "-", "-"], ["나온", "10", "-"]]


def test_widths_that_were_given_are_taken():
    assert made(["구", "건"], ["가", "1"], widths=[10, 90]).widths == (10, 90)


def test_counts_with_their_share_stand_at_the_right():
    table = made(["구", "건수"], ["가온", "12(30.0%)"], ["나온", "28(70.0%)"])

    assert [cell.align for cell in table.rows[0]] == ["center", "right"]


def test_rows_of_unequal_length_are_filled_up():
    assert body(made(["구", "건"], ["가온"])) == [["가온", ""]]
