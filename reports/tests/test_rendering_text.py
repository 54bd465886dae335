from dataclasses import replace

from reports.rendering.text import render_text
from reports.tests import papers
from reports.tests.reading import folded, in_order
from reports.tests.test_rendering_html import FACTS
from reports.tree import ApprovalCell, Attachment, Node, Run


def test_the_text_reads_like_the_paper():
    facts = [fact for fact in dict.fromkeys(FACTS) if "시민" not in fact and "03/09" not in fact]
    assert in_order(folded(render_text(papers.paper())), facts) is None


def test_the_header_stands_first_and_names_each_signer():
    lines = render_text(papers.paper()).splitlines()

    assert lines[:8] == [
        "문서번호 생활경제담당관-412",
        "결재일자 2021. 3. 9.",
        "공개여부 부분공개(5,7)",
        "방침번호",
        "★주무관 김가나",
        "소비자지원팀장 이다라",
        "생활경제담당관 박마바 03/09",
        "협조",
    ]


def test_each_depth_is_indented_by_two():
    text = render_text(papers.paper())

    assert "\n□ 점검개요\n  1) 점검일시" in text
    assert "\n      - 위탁금을 목적에 맞게" in text


def test_a_table_is_rows_between_bars():
    lines = render_text(papers.paper(body=(papers.table_node(1),))).splitlines()

    assert "분야별 점검결과 (단위: 건)" in lines
    assert "회계관리 | 0번 항목을 규정에 맞게 처리하는지 확인 | 1 | 0" in lines


def test_a_photograph_is_named():
    assert "[사진] 상담실 0" in render_text(papers.paper(body=papers.photo_nodes(1)))


def test_several_attachments_are_aligned():
    text = render_text(papers.paper(attachments=(Attachment("점검표"), Attachment("사진", 2))))
    assert text.endswith("붙임  1. 점검표 1부.\n      2. 사진 2부.  끝.\n")


def test_without_attachments_the_last_line_ends_the_paper():
    assert render_text(papers.paper(attachments=())).endswith("나라장터를 이용  끝.\n")
    assert render_text(papers.paper(attachments=(), body=(papers.table_node(1),))).endswith("\n끝.\n")


def test_a_checklist_begins_with_its_title():
    assert render_text(papers.checklist()).startswith(
        "2020년 민간위탁 지도점검표\n점검대상: 소비자지원센터 운영\n"
    )


def test_a_draft_without_number_and_names_can_be_read():
    header = replace(papers.HEADER, number="", approved_on=None, approvals=(ApprovalCell("주무관"),))
    assert render_text(papers.paper(header=header)).startswith("문서번호\n결재일자\n")


def test_a_plain_text_node_takes_no_mark():
    assert "\n그냥 글  끝.\n" in render_text(
        papers.paper(attachments=(), body=(Node("a", "text", 0, (Run("그냥 글"),)),))
    )
