# ruff: noqa: RUF001  Roman numerals are marks
import pytest

from reports import numbering
from reports.numbering import STYLES, attachment_lines, end_after, ends_alone, marks
from reports.rendering import fonts
from reports.tests import papers
from reports.tree import Attachment, Cell, Node, Row, Run, Table, nest, walk


def marked(outline, style="report"):
    paper = papers.paper(body=nest(papers.rows_of(outline)), mark_style=style)
    found = marks(paper)
    return [found.get(row.node.id, "") for row in papers.rows_of(outline)]


def brothers(count, level=2):
    return "\n".join(f"1 line {level} 줄" for _ in range(count))


def test_the_marks_of_a_report():
    assert marked(papers.OUTLINE)[:17] == [
        "□", "1)", "※", "2)", "-", "-", "3)", "4)", "□", "1)", "○", "-", "-", "", "□", "-", "-",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("report", ["□", "1)", "○", "-", "·"]),
        ("report-ieung", ["□", "1)", "ㅇ", "-", "·"]),
        ("report-roman", ["Ⅰ.", "1)", "○", "-", "·"]),
    ],
)
def test_each_style_has_its_marks(style, expected):
    outline = "\n".join(f"{depth} line {depth} 줄" for depth in range(1, 6))
    assert marked(outline, style) == expected


def test_the_eight_marks_of_a_letter():
    """Two brothers on each level, since one alone takes no mark."""
    rows = []
    for level in range(1, 9):
        rows += [Row(level, Node(f"{level}a", "line", level)), Row(level, Node(f"{level}b", "line", level))]
    found = marks(papers.paper(body=nest(rows), mark_style="letter"))

    assert [found[f"{level}a"] for level in range(1, 9)] == [
        "1.",
        "가.",
        "1)",
        "가)",
        "(1)",
        "(가)",
        "①",
        "㉮",
    ]
    assert found["8b"] == "㉯"


def test_a_single_item_of_a_letter_takes_no_mark():
    assert marked("1 line 1 줄\n2 line 2 줄\n2 note 0 주", "letter") == ["", "", "※"]
    assert marked("1 line 1 줄", "report") == ["□"]


def test_after_ha_comes_geo():
    assert marked(brothers(16), "letter")[12:] == ["파.", "하.", "거.", "너."]


def test_counters_start_again_under_each_parent():
    assert marked("1 line 1 가\n2 line 2 나\n2 line 2 다\n1 line 1 라\n2 line 2 마") == [
        "□",
        "1)",
        "2)",
        "□",
        "1)",
    ]


def test_counters_start_again_after_a_higher_level_among_brothers():
    assert marked("1 line 2 가\n1 line 2 나\n1 line 1 다\n1 line 2 라") == ["1)", "2)", "□", "1)"]


def test_deeper_brothers_and_notes_do_not_stop_the_count():
    assert marked("1 line 2 가\n1 line 4 나\n1 note 0 다\n1 line 2 라") == ["1)", "-", "※", "2)"]


def test_a_level_beyond_the_style_takes_the_last_mark():
    assert marked("1 line 8 가") == ["·"]


@pytest.mark.parametrize(
    ("counter", "number", "expected"),
    [
        (numbering.circled, 20, "⑳"),
        (numbering.circled, 21, "㉑"),
        (numbering.circled, 50, "㊿"),
        (numbering.circled, 51, "(51)"),
        (numbering.circled_hangul, 14, "㉻"),
        (numbering.circled_hangul, 15, "(거)"),
        (numbering.roman, 10, "Ⅹ"),
        (numbering.roman, 11, "11"),
        (numbering.hangul, 43, "가"),
    ],
)
def test_long_lists_run_out_of_glyphs_gracefully(counter, number, expected):
    assert counter(number) == expected


def test_every_mark_can_be_printed():
    printed = [
        mark.text(number) for style in STYLES.values() for mark in style.levels for number in range(1, 15)
    ]
    assert fonts.not_covered("".join(printed)) == ""


# 붙임 and 끝. --------------------------------------------------------------------------


def plain(*attachments):
    return [line.plain for line in attachment_lines([Attachment(*each) for each in attachments])]


def test_one_attachment_takes_no_number():
    assert plain(("2020년 민간위탁 지도점검표",)) == ["붙임  2020년 민간위탁 지도점검표 1부.  끝."]


def test_several_attachments_are_numbered_and_the_last_ends_the_paper():
    assert plain(("점검표",), ("확인서", 2)) == ["붙임  1. 점검표 1부.", "2. 확인서 2부.  끝."]


def test_no_attachment_no_line():
    assert plain() == []


def test_the_last_line_carries_the_end_if_nothing_is_attached():
    paper = papers.paper(attachments=())
    assert end_after(paper) == papers.rows_of()[-1].node.id
    assert not ends_alone(paper)


def test_after_a_table_the_end_stands_alone():
    paper = papers.paper(attachments=(), body=(papers.table_node(1),))
    assert end_after(paper) == ""
    assert ends_alone(paper)


@pytest.mark.parametrize(
    "changes", [{}, {"form": "checklist", "attachments": ()}, {"body": (), "attachments": ()}]
)
def test_elsewhere_no_end_is_written_in_the_body(changes):
    paper = papers.paper(**changes)
    assert end_after(paper) == ""
    assert not ends_alone(paper)


def test_runs_do_not_matter_to_marks():
    assert marks(papers.paper(body=(Node("a", "line", 1, (Run("가", "6"), Run("나"))),))) == {"a": "□"}


def ending_in(rows, **changes):
    cells = tuple(tuple(Cell((Run(text),) if text else ()) for text in row) for row in rows)
    table = Node("t", "table", table=Table(rows=cells))
    body = (Node("h", "heading", 1, (Run("명단"),), children=(table,)),)
    return papers.paper(attachments=(), body=numbering.with_blank_below(body), **changes)


def test_a_table_that_ends_before_its_last_row_says_so_instead_of_the_end():
    made = ending_in([["1", "가온"], ["", ""], ["", ""]])

    _, (_, node) = walk(made.body)
    assert [[cell.text for cell in row] for row in node.table.rows] == [
        ["1", "가온"],
        ["이하 빈칸"],
        ["", ""],
    ]
    assert node.table.rows[1][0].colspan == 2
    assert not numbering.ends_alone(made)
    assert numbering.end_after(made) == ""
    # Said once, and as it was typed.
    assert numbering.with_blank_below(made.body) == made.body


def test_a_full_table_is_followed_by_the_end():
    assert numbering.ends_alone(ending_in([["1", "가온"], ["2", "나루"]]))
    assert numbering.ends_alone(ending_in([["1", "가온"], ["", "나루"]]))
    assert numbering.ends_alone(ending_in([["", ""]]))  # nothing is written in it at all
