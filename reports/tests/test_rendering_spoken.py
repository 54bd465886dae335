"""The paper to be heard: structure in words, tables with their headings, every word in its order."""

import re
from dataclasses import replace

from hypothesis import given, settings

from reports.rendering.spoken import render_spoken
from reports.tests import papers
from reports.tests.reading import folded, in_order
from reports.tree import walk


def lines(paper):
    return render_spoken(paper).splitlines()


def test_structure_is_said_in_words():
    said = lines(papers.paper())

    assert said[:6] == [
        "제목: 2020년 가온시 소비자지원센터 운영 민간위탁 지도·점검 결과보고",
        "문서번호: 생활경제담당관-412",
        "결재일자: 2021. 3. 9.",
        "공개여부: 부분공개(5,7)",
        "방침번호: 없음",
        "결재 주무관: 김가나",
    ]
    assert "제목 1단계: 점검개요" in said
    assert "1) 점검일시: ’20. 12. 30.(수)" in said
    assert any(line.startswith("참고: 당초 ’20. 12. 17.(목)") for line in said)
    assert "세부 항목: 수탁기관: (사)가온소비자모임" in said
    assert "소제목: 점검결과" in said
    assert said[-1] == "붙임 2020년 민간위탁 지도점검표 1부. 끝."
    assert not re.search(r"^[□○·※-] ", "\n".join(said), re.MULTILINE)


def test_a_table_is_said_row_by_row_with_its_headings():
    said = lines(papers.paper(body=(papers.table_node(1),), attachments=()))

    at = said.index("표: 분야별 점검결과 (단위: 건) (4열 1행)")
    assert said[at + 1 :] == [
        "1행: 분야 회계관리, 항목 0번 항목을 규정에 맞게 처리하는지 확인, 점검결과 적정 1, 점검결과 개선 0",
        "표 끝",
        "끝.",
    ]


def test_a_photograph_is_described():
    said = lines(papers.paper(body=papers.photo_nodes(1)))
    assert "사진: 상담실 0번 자리의 책상과 의자" in said
    assert "사진 설명: 상담실 0" in said


@settings(max_examples=60, deadline=None)
@given(papers.random_papers())
def test_every_word_is_said_in_its_order(paper):
    paper = replace(paper, header=None)
    text = folded(render_spoken(paper))
    words = [folded(node.text.strip("〈〉 ")) for _, node in walk(paper.body) if node.text]

    assert in_order(text, words) is None
    for _, node in walk(paper.body):
        for row in node.table.rows if node.table else ():
            assert in_order(text, [folded(cell.text) for cell in row]) is None
