import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.tests import papers
from reports.tree import (
    ApprovalCell,
    Attachment,
    Cell,
    Node,
    Paper,
    Row,
    Run,
    Table,
    clean_text,
    flatten,
    nest,
    paper_from,
    problems,
    walk,
)


def every_part():
    return papers.paper(body=(*nest(papers.rows_of()), papers.table_node(), *papers.photo_nodes(2)))


def line(number):
    return Node(f"n{number}", "line", 1, (Run(f"줄 {number}"),))


def test_a_paper_survives_json():
    paper = every_part()
    assert Paper.from_json(paper.to_json()) == paper


def test_the_json_is_canonical():
    text = every_part().to_json()

    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "점검개요" in text


def test_a_field_that_nobody_set_is_not_written():
    """A field added to the tree later must not change the hash of what was signed before."""
    assert json.loads(Paper(title="제목").to_json()) == {
        "title": "제목",
        "form": "result",
        "template": "2026-11",
        "mark_style": "report",
        "language": "ko",
    }


def test_the_hash_of_the_content_leaves_the_header_out():
    paper = papers.paper()
    later = replace(paper, header=replace(paper.header, number="생활경제담당관-999"))

    assert paper.content_sha256 == later.content_sha256 == replace(paper, header=None).content_sha256
    assert paper.sha256 != later.sha256


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "다른 제목"},
        {"lead": (Run("다른 요지"),)},
        {"body": ()},
        {"attachments": (Attachment("점검표", 2),)},
        {"mark_style": "letter"},
        {"cover": False},
    ],
)
def test_every_part_of_the_content_is_in_the_hash(changes):
    assert papers.paper(**changes).content_sha256 != papers.paper().content_sha256


def test_a_clause_on_a_run_changes_the_hash():
    plain, hidden = (papers.paper(lead=(Run("요지", clause),)) for clause in ("", "6"))
    assert plain.content_sha256 != hidden.content_sha256


def test_a_float_is_refused():
    with pytest.raises(TypeError, match="no floats"):
        papers.paper(body=(Node("a", "line", 1.5),)).to_json()


@pytest.mark.parametrize(
    "data", [{}, {"title": "가", "colour": "red"}, {"title": "가", "body": [1]}, {"title": "가", "lead": 3}]
)
def test_what_is_not_a_paper_is_refused(data):
    with pytest.raises(ValueError, match="not a paper"):
        paper_from(data)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("가\x00나\x1b", "가나"),
        ("가\n나\t다", "가 나 다"),
        ("가\ud800나", "가나"),
        ("가\u202e나", "가나"),
        ("가\uffff나", "가나"),
        ("점검 결과", "점검 결과"),
    ],
)
def test_unprintable_characters_are_dropped(text, cleaned):
    assert clean_text(text) == cleaned


def test_text_is_clean_wherever_it_enters_the_tree():
    dirty = "가\x00나"
    paper = Paper(
        title=dirty,
        lead=(Run(dirty),),
        body=(Node("t", "table", table=Table(caption=dirty, rows=((Cell((Run(dirty),)),),))),),
        attachments=(Attachment(dirty),),
    )
    assert "\\u0000" not in paper.to_json()
    assert paper.title == paper.lead[0].text == paper.attachments[0].title == "가나"
    assert ApprovalCell(dirty).position == "가나"


@given(st.text())
def test_clean_text_can_be_stored_and_printed_anywhere(text):
    cleaned = clean_text(text)

    assert cleaned.encode().decode() == cleaned
    assert "\x00" not in cleaned
    assert "\n" not in cleaned
    assert clean_text(cleaned) == cleaned


# The outline --------------------------------------------------------------------------


def test_walk_goes_in_reading_order_and_counts_depth():
    assert [(depth, node.text) for depth, node in walk(papers.paper().body)][:4] == [
        (1, "점검개요"),
        (2, "점검일시: ’20. 12. 30.(수)"),
        (3, "당초 ’20. 12. 17.(목) 예정이었으나 입주 건물의 감염병 확진자 발생과 건물 폐쇄로 연기"),
        (2, "점검대상"),
    ]


def test_rows_make_the_tree_and_the_tree_makes_the_rows():
    rows = papers.rows_of()
    assert flatten(nest(rows)) == rows


def test_a_row_that_jumps_too_deep_hangs_below_the_row_before():
    (first,) = nest([Row(1, line(1)), Row(5, line(2)), Row(9, line(3))])
    assert first.children[0].children[0].id == "n3"


def test_a_first_row_that_is_indented_starts_at_the_top():
    assert [node.id for node in nest([Row(3, line(1)), Row(1, line(2))])] == ["n1", "n2"]


@given(st.lists(st.integers(-3, 30), max_size=40))
def test_any_depths_make_a_tree_with_every_row_in_order(depths):
    nested = nest(Row(depth, line(number)) for number, depth in enumerate(depths))
    again = flatten(nested)

    assert [row.node.id for row in again] == [f"n{number}" for number in range(len(depths))]
    assert nest(again) == nested


# What cannot be printed --------------------------------------------------------------------------


def test_our_papers_have_no_problems():
    assert problems(every_part()) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ((line(1), line(1)), "id twice: n1"),
        ((Node("a", "poem", 1),), "unknown kind: poem"),
        ((Node("a", "line", 0),), "no such level: 0"),
        ((Node("a", "line", 9),), "no such level: 9"),
        ((Node("a", "table"),), "table and its content do not fit: a"),
        ((replace(papers.table_node(1), kind="line", level=1),), "line and its content do not fit: table"),
    ],
)
def test_a_tree_that_cannot_be_printed_says_why(body, problem):
    assert problem in problems(papers.paper(body=body))


def test_columns_are_counted_from_the_first_row():
    table = papers.table_node(1).table

    assert table.columns == 4
    assert replace(table, widths=()).columns == 4
    assert Table(head=((Cell(colspan=3, head=True), Cell(head=True)),)).columns == 4


def test_dates_of_the_header_are_dates():
    header = Paper.from_json(papers.paper().to_json()).header
    assert header.approved_on == dt.date(2021, 3, 9)
    assert header.approvals[0].signed_on == dt.date(2021, 3, 8)
