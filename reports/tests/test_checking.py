"""다시 볼 것: each fault is found at its line, what is right is left alone, and nothing is corrected."""

import pytest

from reports.checking import Fault, Known, faults
from reports.tests import papers
from reports.tree import Attachment, Cell, Node, Run, Table

QUIET = Known(disclosure="open")


def line(text, node="n", clause=""):
    return Node(node, "line", 2, (Run(text, clause),))


def kinds(*nodes, known=QUIET, **paper):
    made = papers.paper(title="결과보고", lead=(), body=nodes, **paper)
    return [(fault.kind, fault.node) for fault in faults(made, known)]


def table(head, *rows):
    cells = [tuple(Cell((Run(text),)) for text in row) for row in (head, *rows)]
    return Node("t", "table", table=Table(head=(cells[0],), rows=tuple(cells[1:])))


def test_a_sound_paper_has_none():
    assert faults(papers.paper(), Known("partial", ("5",))) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("점검일시: ’20. 12. 30.(목)", "weekday"),
        ("’20. 1. 1. ~ ’20. 12. 31.까지 접수", "until"),
        ("세부 내용은 붙임 2 참조", "attachment"),
        ("담당자 010-1234-5678로 연락", "private"),
        ("010 1234 5678", "private"),
        ("주민번호 800101-1234567", "private"),
        ("hong@example.com에 알림", "private"),
    ],
)
def test_what_is_odd_in_a_line_is_told_with_its_place(text, kind):
    assert kinds(line(text)) == [(kind, "n")]
    # In a cell of a table and in the title as well.
    assert kinds(table(["항목"], [text])) == [(kind, "t")]


@pytest.mark.parametrize(
    "text",
    [
        "점검일시: ’20. 12. 30.(수)",
        "’20. 12. 31.까지 접수",
        "’20. 1. 1. ~ ’20. 12. 31. 운영. 다음 해 1월까지 정산",
        "붙임 1 참조",
        "사무실 02-2133-1234로 연락",
        "문서번호 20201230-1234567890",
    ],
)
def test_what_is_right_is_left_alone(text):
    assert kinds(line(text)) == []


def test_a_private_name_is_told_unless_it_is_hidden():
    known = Known("partial", ("6",), frozenset({"홍가람"}))
    assert kinds(line("확인자: 홍가람"), known=known) == [("private", "n")]
    assert kinds(line("확인자: 홍가람", clause="6"), known=known) == []
    assert kinds(line("확인자: 홍가람"), known=Known("closed", ("6",), known.names)) == []
    (fault,) = faults(papers.paper(lead=(), body=(line("확인자: 홍가람"),)), known)
    assert fault.text == "개인의 이름으로 보입니다: 홍○○"


def test_clauses_have_to_be_defined():
    assert kinds(line("가"), known=Known("partial")) == [("clause", "")]
    assert kinds(line("가"), known=Known("partial", ("9",))) == [("clause", "")]
    assert kinds(line("가", clause="5"), known=Known("partial", ("6",))) == [("clause", "n")]


def test_sums_are_compared_and_never_corrected():
    right = [["가", "1,200", "3"], ["나", "-", "4"], ["합계", "1,200", "7"]]
    assert kinds(table(["구분", "금액", "건수"], *right)) == []
    wrong = table(["구분", "금액", "건수"], *right[:2], ["합계", "1,300", "7"])
    (fault,) = faults(papers.paper(lead=(), body=(wrong,)), QUIET)
    assert fault == Fault("sum", "금액 합계: 적은 값은 1,300, 더하면 1,200입니다.", "t")
    assert wrong.table.rows[2][1].text == "1,300"


def test_sums_of_parts_and_of_columns():
    rows = [["가", "1", "2", "3"], ["나", "2", "2", "4"], ["소계", "3", "4", "7"], ["다", "1", "1", "2"]]
    sound = [*rows, ["소계", "1", "1", "2"], ["합계", "4", "5", "9"]]
    assert kinds(table(["구분", "상반기", "하반기", "계"], *sound)) == []
    broken = [*rows[:3], ["다", "1", "1", "3"], ["합계", "4", "5", "10"]]
    assert kinds(table(["구분", "상반기", "하반기", "계"], *broken)) == [("sum", "t"), ("sum", "t")]


def test_what_cannot_be_added_is_left_alone():
    rows = [["가", "2(66.7%)", "90점", "적정"], ["나", "1(33.3%)", "80점", "적정"]]
    rows.append(["합계", "3(100%)", "85점", ""])
    assert kinds(table(["구분", "건수", "평균 점수", "판정"], *rows)) == []
    assert kinds(table(["구분", "비고"], ["가", "있음"], ["합계", "3"])) == []


def test_numbers_that_were_typed_follow_each_other():
    typed = {"a": "1. 가", "b": "2. 나", "c": "4. 라", "d": "1) 마", "e": "2) 바"}
    assert kinds(*(line(text, node) for node, text in typed.items())) == [("numbering", "c")]


def test_the_key_changes_with_the_words():
    first, second = Fault("sum", "가", "n"), Fault("sum", "나", "n")
    assert first.key == Fault("sum", "가", "n").key
    assert first.key != second.key
    assert kinds(line("붙임 3"), attachments=(Attachment("표"), Attachment("사진"), Attachment("자료"))) == []
