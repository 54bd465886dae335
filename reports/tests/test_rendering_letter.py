"""별지 제1호서식: what it prints, the same in every rendering."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from reports import tree
from reports.rendering.html import render_html
from reports.rendering.hwpx import render_hwpx
from reports.rendering.pdf import render_pdf
from reports.rendering.spoken import render_spoken
from reports.rendering.text import render_text
from reports.tests import papers
from reports.tests.reading import folded, lines_of_hwpx, text_of_html, text_of_pdf
from reports.tree import ApprovalCell, Header

SEVERAL = ("한빛복지관장", "나루복지관장", "다솜복지관장")
LETTERS = {
    "one": papers.letter(),
    "several": papers.letter(to=SEVERAL),
    "without attachment": papers.letter(attachments=()),
    "ending in a table": papers.letter(attachments=(), body=(*papers.letter().body, papers.table_node(2))),
    "draft": papers.letter(header=None, letter=tree.Letter()),
}


def plain(paper):
    return [folded(line) for line in render_text(paper).splitlines() if line.strip()]


def test_it_is_laid_out_as_the_form_wants_it():
    assert render_text(LETTERS["one"]).splitlines() == [
        "가온시",
        "",
        "수신  (사)가온소비자모임 대표",
        "(경유)",
        "제목  소비자지원센터 운영 지도·점검 결과에 따른 시정 요구",
        "",
        "1. 관련: 생활경제담당관-412(2021. 3. 9.)",
        "2. 소비자지원센터 운영 지도·점검에서 지적된 사항을 다음과 같이 알려 드리니 바로잡아"
        " 주시기 바랍니다.",
        "  가. 제출기한: 2021. 4. 9.(금)",
        "  나. 시정할 사항",
        "    1) 미사용 연차수당을 다시 계산하여 지급할 것",
        "    2) 물품·용역 입찰은 나라장터를 이용할 것",
        "",
        "붙임  시정 요구 목록 1부.  끝.",
        "",
        "가온시장 [직인생략]",
        "★주무관 김가나  소비자지원팀장 이다라  생활경제담당관 03/09 박마바",
        "협조자",
        "시행  생활경제담당관-412 (2021. 3. 9.)",
        "접수",
        "우 01234 가온시 가온대로 1 / https://www.gaon.example",
        "전화 02-000-0000  전송 02-000-0001 / letters@gaon.example / 부분공개(5,7)",
    ]


def test_several_receivers_are_named_below_the_sender():
    lines = render_text(LETTERS["several"]).splitlines()

    assert "수신  수신자 참조" in lines
    assert lines[lines.index("가온시장 [직인생략]") + 1] == "수신자  한빛복지관장, 나루복지관장, 다솜복지관장"


def test_the_end_stands_where_the_rules_want_it():
    assert "나라장터를 이용할 것  끝.\n" in render_text(LETTERS["without attachment"])
    assert "\n끝.\n" in render_text(LETTERS["ending in a table"])


@pytest.mark.parametrize("name", LETTERS)
def test_html_hwpx_and_text_say_the_same_line_by_line(name):
    paper = LETTERS[name]
    told = plain(paper)

    assert [folded(line) for line in lines_of_hwpx(render_hwpx(paper, images={})) if line.strip()] == told
    bars = re.compile(r" \| ")  # between the cells of a table, in plain text only
    assert text_of_html(render_html(paper, images={})) == folded(bars.sub(" ", " ".join(told)))


@pytest.mark.parametrize("name", ["one", "several", "ending in a table"])
def test_the_pdf_says_the_same(name):
    paper = LETTERS[name]

    pages = re.compile(r"- \d+ -")
    printed = pages.sub("", text_of_pdf(render_pdf(paper, images={}))).split()
    assert printed == text_of_html(render_html(paper, images={})).split()


def test_a_place_for_the_seal_is_left_or_none():
    told = {seal: render_text(papers.letter(letter=replace(papers.LETTER, seal=seal))) for seal in tree.SEALS}

    assert "가온시장 [직인]\n" in told["place"]
    assert "가온시장\n" in told[""]


def test_who_decided_for_another_is_printed_by_the_rules_of_the_line():
    header = Header(
        number="생활경제담당관-7",
        approved_on=dt.date(2021, 3, 9),
        approvals=(
            ApprovalCell("주무관", "김가나", dt.date(2021, 3, 8)),
            ApprovalCell("생활경제담당관", mode="전결"),
            ApprovalCell("소비자지원팀장", "이다라", dt.date(2021, 3, 9), mode="대결"),
        ),
        concurrences=(ApprovalCell("재무과장", "조바다", dt.date(2021, 3, 8)),),
    )

    told = render_text(papers.letter(header=header))

    assert "주무관 김가나  생활경제담당관 전결  소비자지원팀장 대결 03/09 代 이다라\n" in told
    assert "협조자  재무과장 조바다\n" in told


def test_it_is_heard_in_words():
    told = render_spoken(LETTERS["several"])

    assert told.startswith("보내는 기관: 가온시\n수신: 수신자 참조\n경유: 없음\n제목: 소비자지원센터")
    assert "보내는 사람: 가온시장 직인생략\n수신자: 한빛복지관장" in told


def test_it_comes_back_from_its_json():
    paper = LETTERS["several"]

    assert tree.Paper.from_json(paper.to_json()) == paper
    assert tree.problems(paper) == []


def test_what_is_no_letter_is_found():
    assert tree.problems(papers.paper(form="letter")) == ["form letter and its letter do not fit"]
    assert tree.problems(papers.letter(letter=replace(papers.LETTER, seal="red"))) == ["unknown seal: red"]
