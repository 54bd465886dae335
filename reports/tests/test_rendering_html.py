import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from xml.etree import ElementTree

import pytest

from reports.rendering.blocks import balanced, hang, percentages
from reports.rendering.errors import RenderError
from reports.rendering.header import approval_cells, concurrences
from reports.rendering.html import render_fragment, render_html, render_print, style_hash, stylesheet
from reports.tests import papers
from reports.tests.reading import in_order, text_of_html
from reports.tree import ApprovalCell, Node, Photo, Run, Table

FACTS = [
    "문서번호 생활경제담당관-412",
    "결재일자 2021. 3. 9.",
    "공개여부 부분공개(5,7)",
    "방침번호",
    "시민 ★주무관 소비자지원팀장 생활경제담당관",
    "김가나",
    "이다라",
    "03/09 박마바",
    "협조",
    "2020년 가온시 소비자지원센터 운영 민간위탁 지도·점검 결과보고",
    "2021. 3.",
    "경제정책실 (생활경제담당관)",
    "2020년 가온시 소비자지원센터 운영 민간위탁 지도·점검 결과보고",
    "운영실태를 지도·점검하고",
    "□ 점검개요",
    "1) 점검일시: ’20. 12. 30.(수)",
    "※ 당초 ’20. 12. 17.(목) 예정이었으나",
    "2) 점검대상",
    "- 대상기간: ’20. 1. 1. ~ ’20. 12월 현재",
    "□ 주요 점검내용 및 결과",
    "1) 일반운영 분야",
    "○ 공통지표(1): 회계관리(예산 관리 및 집행)",
    "〈점검결과〉",
    "□ 사업계획에 따라",
    "- 위탁금 전용 통장",
    "· 연차를 잘못 부여",
    "(諮問委員會)",
    "□ 조치사항",
    "붙임 2020년 민간위탁 지도점검표 1부. 끝.",
]


def html_of(paper=None, **changes):
    return render_html(paper or papers.paper(**changes), images=papers.images())


def test_the_page_reads_in_the_order_of_the_paper():
    assert in_order(text_of_html(html_of()), FACTS) is None


def test_the_left_box_of_the_header_is_read_first():
    assert text_of_html(html_of()).startswith("문서번호 생활경제담당관-412 결재일자 2021. 3. 9.")


def test_without_a_cover_the_title_stands_once():
    title = "지도·점검 결과보고"
    assert text_of_html(html_of()).count(title) == 2
    assert text_of_html(html_of(cover=False)).count(title) == 1


def test_headings_are_headings_in_order():
    html = html_of()

    assert re.findall(r"<(h\d) ", html) == ["h1", "h2", "h2", "h3", "h3", "h2"]


def test_the_frozen_page_needs_nothing_from_outside():
    html = html_of(body=(*papers.photo_nodes(2), papers.table_node(2)))
    addresses = re.findall(r'(?:src|href|url)\s*[=(]\s*["\']?([^"\')\s]+)', html)

    assert len(addresses) == 2
    assert all(address.startswith("data:image/jpeg;base64,") for address in addresses)
    assert "<script" not in html
    assert " style=" not in html
    assert "@import" not in html


def test_the_hash_of_the_style_is_what_a_browser_computes():
    html = html_of()
    style = html.partition("<style>")[2].partition("</style>")[0]

    assert style == stylesheet("2026-11")
    assert style_hash(html) == f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


def test_a_page_without_one_style_has_no_hash():
    with pytest.raises(ValueError, match="exactly one"):
        style_hash("<style></style><style></style>")


def test_the_page_for_the_pdf_is_well_formed_and_names_its_pictures():
    page = render_print(papers.paper(body=papers.photo_nodes(1)))

    assert ElementTree.fromstring(page).find(".//img").get("src") == f"evidence:{papers.photo(0)[0]}"  # noqa: S314
    assert "<style" not in page


def test_the_preview_carries_the_ids_of_its_lines_and_site_addresses():
    paper = papers.paper(body=(Node("line-1", "line", 1, (Run("가"),)), *papers.photo_nodes(1)))
    fragment = render_fragment(paper, image_url=lambda sha256: f"/pictures/{sha256}/")

    assert 'data-line="line-1"' in fragment
    assert f'src="/pictures/{papers.photo(0)[0]}/"' in fragment
    assert fragment.startswith('<article class="paper"')
    assert "data-line" not in html_of(paper)


HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>{{ 7|add:7 }}{% now 'Y' %}"


def test_hostile_text_is_only_text():
    run = (Run(HOSTILE),)
    hostile = papers.paper(
        title=HOSTILE,
        office=HOSTILE,
        date_line=HOSTILE,
        lead=run,
        body=(
            Node("a", "heading", 1, run),
            Node("b", "line", 2, run),
            Node("c", "box", 0, run),
            Node("d", "text", 0, run),
            replace(papers.table_node(1), table=Table(HOSTILE, HOSTILE, (), (), (papers.cells(HOSTILE),))),
            Node("e", "photo", photo=Photo(papers.photo(0)[0], HOSTILE, HOSTILE)),
        ),
        header=replace(papers.HEADER, number=HOSTILE, approvals=(ApprovalCell(HOSTILE, HOSTILE),)),
    )
    html = html_of(hostile)

    assert "<script" not in html
    assert html.count("<img") == 1
    assert "onerror=alert(1)&gt;" in html
    assert "{{ 7|add:7 }}" in html
    ElementTree.fromstring(render_print(hostile))  # noqa: S314


def test_a_picture_that_is_not_there_is_told_to_the_user():
    with pytest.raises(RenderError, match="사진을 다시 올려"):
        render_html(papers.paper(body=papers.photo_nodes(1)), images={})


def test_only_photographs_are_printed():
    node = Node("a", "photo", photo=Photo("f" * 64, "가"))
    with pytest.raises(RenderError, match="JPEG 또는 PNG"):
        render_html(papers.paper(body=(node,)), images={"f" * 64: b"<svg/>"})


def test_an_unknown_template_is_refused():
    with pytest.raises(RenderError, match="없는 서식"):
        html_of(template="../../secret")


# Tables --------------------------------------------------------------------------


def test_a_table_has_caption_unit_scopes_and_spans():
    html = html_of(body=(papers.table_node(1),))

    assert '<caption>분야별 점검결과 <span class="unit">(단위: 건)</span></caption>' in html
    assert '<th scope="col" rowspan="2">분야</th>' in html
    assert '<th scope="colgroup" colspan="2">점검결과</th>' in html
    assert '<th scope="row">회계관리</th>' in html
    assert '<td class="center">1</td>' in html
    assert re.findall(r'<col class="c(\d+)"', html) == ["18", "52", "15", "15"]


@pytest.mark.parametrize(
    ("widths", "expected"),
    [((1, 1, 1), (33, 33, 34)), ((18, 52, 15, 15), (18, 52, 15, 15)), ((0,), (0,)), ((2, 1), (66, 34))],
)
def test_columns_share_the_whole_width(widths, expected):
    assert percentages(widths) == expected


# The header --------------------------------------------------------------------------


def test_the_date_stands_over_the_last_name_only():
    assert [cell["above"] for cell in approval_cells(papers.HEADER.approvals)] == ["", "", "03/09"]


def test_nobody_has_signed_yet():
    assert approval_cells((ApprovalCell("주무관"), ApprovalCell("팀장"))) == [
        {"position": "주무관", "above": "", "name": ""},
        {"position": "팀장", "above": "", "name": ""},
    ]


def signed(position, name, mode=""):
    return ApprovalCell(position, name, papers.HEADER.approved_on, mode)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((signed("과장", "박마바", "전결"),), [("과장", "전결 03/09", "박마바")]),
        ((signed("과장", "박마바", "대결"),), [("과장", "03/09", "代 박마바")]),
        ((signed("과장", "박마바", "직무대리"),), [("과장 직무대리", "03/09", "박마바")]),
        ((signed("과장 직무대리", "박마바", "직무대리"),), [("과장 직무대리", "03/09", "박마바")]),
        (
            (signed("팀장", "이다라", "대결"), ApprovalCell("과장", mode="전결")),
            [("팀장", "대결 03/09", "代 이다라"), ("과장", "전결", "")],
        ),
    ],
)
def test_delegation_is_printed_as_custom_has_it(cells, expected):
    assert [(cell["position"], cell["above"], cell["name"]) for cell in approval_cells(cells)] == expected


def test_concurring_departments_stand_in_one_row():
    assert (
        concurrences((ApprovalCell("재무과장", "정자차"), ApprovalCell("총무과장")))
        == "재무과장 정자차, 총무과장"
    )
    assert concurrences(()) == ""


def test_the_blank_column_is_a_choice_of_the_city():
    header = replace(papers.HEADER, blank_column="")
    assert "시민" in text_of_html(html_of())
    assert "시민" not in text_of_html(html_of(header=header))


def test_the_concurrence_row_reaches_to_the_last_signer():
    assert '<td colspan="3"></td>' in html_of()
    assert '<td colspan="2"></td>' in html_of(header=replace(papers.HEADER, blank_column=""))


# Titles and items --------------------------------------------------------------------------


def test_a_long_title_breaks_into_lines_of_equal_length():
    assert balanced("2020년 가온시 소비자지원센터 운영 민간위탁 지도·점검 결과보고", 19) == [
        "2020년 가온시 소비자지원센터",
        "운영 민간위탁 지도·점검 결과보고",
    ]
    assert balanced("짧은 제목", 19) == ["짧은 제목"]
    assert balanced("띄어쓰기없는" * 9, 19) == ["띄어쓰기없는" * 9]
    assert balanced("", 19) == [""]


@pytest.mark.parametrize(("mark", "expected"), [("□", 125), ("-", 95), ("·", 60), ("1)", 120), ("10)", 175)])
def test_the_second_line_starts_below_the_text(mark, expected):
    assert hang(mark) == expected
    assert f".h{expected} {{" in stylesheet("2026-11")


def test_a_box_is_labelled_once_however_it_was_typed():
    for typed in ("점검결과", "〈점검결과〉", " 〈 점검결과 〉 "):
        assert "〈점검결과〉" in html_of(body=(Node("a", "box", 0, (Run(typed),)),))


def test_without_attachments_the_last_line_ends_the_paper():
    assert text_of_html(html_of(attachments=())).endswith("나라장터를 이용 끝.")
    assert text_of_html(html_of(attachments=(), body=(papers.table_node(1),))).endswith("0 끝.")


def test_a_checklist_has_title_and_facts_and_no_approval():
    paper = papers.checklist()
    text = text_of_html(html_of(paper))

    assert (
        in_order(
            text,
            ["2020년 민간위탁 지도점검표", "점검대상 소비자지원센터", "공통지표(1)", "적정", "세금계산서"],
        )
        is None
    )
    assert "문서번호" not in text
    assert "끝." not in text


def test_what_hangs_below_a_table_or_a_photograph_is_printed():
    below = Node("b", "line", 2, (Run("표 아래 줄"),))
    table = replace(papers.table_node(1), children=(below,))
    photo = replace(papers.photo_nodes(1)[0], children=(replace(below, id="c", runs=(Run("사진 아래 줄"),)),))
    html = render_html(papers.paper(body=(table, photo)), images=papers.images(1))
    assert in_order(text_of_html(html), ["0번 항목", "표 아래 줄", "상담실 0", "사진 아래 줄"]) is None
