"""Letters are written in the stricter notation; reports are left to their own; sums in words must agree."""

import pytest

from reports.strict_style import faults
from reports.tests import papers
from reports.tree import Cell, Letter, Node, Run, Table


def told(text, *, form="letter"):
    letter = Letter(organisation="가상시") if form == "letter" else None
    node = Node("n", "line", 2, (Run(text),))
    paper = papers.paper(title="통지", lead=(), body=(node,), form=form, letter=letter)
    assert {fault.node for fault in faults(paper)} <= {"n"}
    return [fault.text for fault in faults(paper)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("’20. 12. 30.(수) 방문", "연도를 네 자리로"),
        ("2026. 01. 02. 방문", "‘2026. 1. 2.’처럼"),
        ("2026.1.2. 방문", "‘2026. 1. 2.’처럼"),
        ("2026. 1. 2 방문", "‘2026. 1. 2.’처럼"),
        ("2026-01-02 방문", "‘2026. 1. 2.’처럼"),
        ("2026년 1월 2일 방문", "‘2026. 1. 2.’처럼"),
        ("오후 2시 30분 도착", "24시간제"),
        ("오전 9:30 도착", "24시간제"),
        ("14시 30분 도착", "‘14:30’처럼"),
        ("9시에 도착", "‘9:00’처럼"),
        ("환수액 113,560원", "‘금113,560원(금일십일만삼천오백육십원)’처럼"),
        ("환수액 금113,560원", "‘금113,560원(금일십일만삼천오백육십원)’처럼"),
        ("제출하여 주시기 바랍니다.  끝.", "저절로 붙습니다"),
        ("붙임: 점검표", "쌍점"),
    ],
)
def test_what_a_letter_may_not_is_told_and_a_report_may(text, wanted):
    (found,) = told(text)
    assert wanted in found
    if "저절로" not in wanted and "쌍점" not in wanted:
        assert told(text, form="result") == []


@pytest.mark.parametrize(
    "text",
    [
        "점검일시: 2026. 1. 2.(금) ~ 2026. 1. 5.(월), 14:00 ~ 18:00",
        "환수액 금113,560원(금일십일만삼천오백육십원)",
        "환수액 금113,560원(금십일만삼천오백육십원)",
        "예산 1,200천원",
        "문서번호 복지정책과-2026. 시행",
        "전화 02-2133-1234, 20시간 교육, 3개소",
        "서울특별시 직영 2시설",
        "2026년 상반기 점검",
    ],
)
def test_what_is_right_is_left_alone(text):
    assert told(text) == []


def test_words_that_say_another_sum_are_told_in_any_paper():
    for form in ("letter", "result"):
        (found,) = told("환수액 금113,560원(금일십일만삼천오백원)", form=form)
        assert "(일십일만삼천오백육십원)" in found


def test_cells_of_tables_are_read_too():
    table = Table(head=((Cell((Run("기한"),)),),), rows=((Cell((Run("2026.1.2."),)),),))
    paper = papers.paper(
        title="통지", lead=(), body=(Node("t", "table", table=table),), form="letter", letter=Letter()
    )
    assert [fault.node for fault in faults(paper)] == ["t"]
