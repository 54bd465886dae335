"""HWPX: the same lines as plain text, real tables and outline levels, and a package that readers open."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import hwp_hwpx_parser
import pytest
from hwpx import HwpxDocument, validate_package
from hypothesis import given, settings

from reports.rendering.errors import RenderError
from reports.rendering.hwpx import render_hwpx
from reports.rendering.text import render_text
from reports.tests import papers
from reports.tests.reading import lines_of_hwpx
from reports.tree import Cell, Node, Photo, laid_out

BARE = {"header": None, "cover": False}  # the boxes of the header are tables here and lines there


def rendered(paper, images=None):
    return render_hwpx(paper, images=images or {})


def said(lines):
    return [re.sub(r"\s+", " ", line).strip() for line in lines if line.strip()]


def xml_of(content, name="Contents/section0.xml"):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return package.read(name).decode()


def test_it_says_line_by_line_what_the_plain_text_says():
    paper = papers.paper(**BARE, body=(*papers.paper().body, papers.table_node(3)))

    assert said(lines_of_hwpx(rendered(paper))) == said(render_text(paper).splitlines())


@settings(max_examples=40, deadline=None)
@given(papers.random_papers())
def test_it_says_so_of_any_tree(paper):
    paper = replace(paper, **BARE)

    assert said(lines_of_hwpx(rendered(paper))) == said(render_text(paper).splitlines())


def test_the_boxes_of_the_header_are_tables():
    lines = lines_of_hwpx(rendered(papers.paper()))

    assert "문서번호 | 생활경제담당관-412" in lines
    assert "시민 | ★주무관 | 소비자지원팀장 | 생활경제담당관" in lines
    assert " | 김가나 | 이다라 | 03/09 박마바" in lines
    assert "협조 | " in lines


def test_merged_cells_headers_and_outline_levels_are_real():
    content = rendered(papers.paper(**BARE, body=(*papers.paper().body, papers.table_node(3))))
    xml = xml_of(content)

    assert 'colSpan="2" rowSpan="1"' in xml
    assert 'colSpan="1" rowSpan="2"' in xml
    assert 'repeatHeader="1"' in xml
    assert xml.count('header="1"') >= 5
    header = xml_of(content, "Contents/header.xml")
    assert {"0", "1"} <= set(re.findall(r'<hh:heading type="OUTLINE" idRef="\d+" level="(\d)"', header))
    assert "^1." not in header  # 한글 counts nothing by itself


def test_photographs_are_pictures_of_the_package():
    content = rendered(papers.paper(**BARE, body=papers.photo_nodes(2)), papers.images(2))

    with zipfile.ZipFile(BytesIO(content)) as package:
        pictures = [name for name in package.namelist() if name.startswith("BinData/")]
        assert [package.read(name) for name in sorted(pictures)] == [papers.photo(n)[1] for n in (0, 1)]
    assert lines_of_hwpx(content).count("상담실 0 | 상담실 1") == 1


def test_a_picture_that_is_missing_is_told():
    node = replace(papers.photo_nodes(1)[0], photo=Photo("0" * 64, "없는 사진"))
    with pytest.raises(RenderError):
        rendered(papers.paper(body=(node,)))


def test_the_same_paper_gives_the_same_bytes():
    paper = papers.paper(body=(*papers.paper().body, papers.table_node(3), *papers.photo_nodes(1)))

    assert rendered(paper, papers.images(1)) == rendered(paper, papers.images(1))


def test_other_readers_open_it(tmp_path):
    path = Path(tmp_path) / "report.hwpx"
    path.write_bytes(rendered(papers.long_paper(), papers.images()))

    assert [issue for issue in validate_package(path).issues if issue.level == "error"] == []
    assert HwpxDocument.open(path).validate().ok
    reader = hwp_hwpx_parser.read(str(path))
    lines = said(reader.text.splitlines())
    for line in said(render_text(papers.paper(**BARE)).splitlines()):
        assert line in lines
    # Number box, line of approval, the table of the body, and four photographs two by two.
    assert [(len(table.rows), len(table.rows[0])) for table in reader.tables] == [
        (4, 2),
        (3, 4),
        (62, 3),
        (2, 2),
        (2, 2),
    ]


def test_cells_find_their_place_beside_those_that_reach_down_and_across():
    rows = [[Cell(rowspan=2), Cell(colspan=2)], [Cell(), Cell()]]

    assert [(row, column) for row, column, _ in laid_out(rows)] == [(0, 0), (0, 1), (1, 1), (1, 2)]


def test_a_text_that_looks_like_an_id_stays_as_it_was_typed():
    text = '<p id="123456"> 처럼 적은 글'
    body = papers.nest([papers.Row(1, Node("n", "line", 2, papers.run(text)))])

    assert any(text in line for line in lines_of_hwpx(rendered(papers.paper(body=body))))
