import os
import re
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings

from reports.rendering import fonts, pdf
from reports.rendering.errors import RenderError
from reports.rendering.html import render_html, render_print
from reports.rendering.pdf import convert, render_both, render_pdf
from reports.rendering.text import render_text
from reports.tests import papers
from reports.tests.reading import (
    fonts_of_pdf,
    in_order,
    lines_of_pdf,
    opened,
    text_of_html,
    text_of_pdf,
)
from reports.tests.test_rendering_html import FACTS
from reports.tree import ApprovalCell, Attachment, Cell, Node, Run, Table, nest

WHOLE = (*nest(papers.rows_of()), papers.table_node(), *papers.photo_nodes(2))
SIX = tuple(
    ApprovalCell(position, name)
    for position, name in [
        ("주무관", "김가나"),
        ("소비자지원팀장", "이다라"),
        ("생활경제담당관", "박마바"),
        ("경제정책실장", "최사아"),
        ("행정1부시장", "정자차"),
        ("시장", "한카타"),
    ]
)
EIGHT = tuple(ApprovalCell(f"제{number}협력과장", f"김협{number}") for number in range(1, 9))


@pytest.fixture(scope="module")
def whole():
    """One paper with everything in it, rendered once."""
    return render_pdf(papers.paper(body=WHOLE), images=papers.images(2))


def one_line(text):
    return papers.paper(body=(Node("a", "line", 1, (Run(text),)),))


# What is read --------------------------------------------------------------------------


def test_the_text_of_the_pdf_is_in_the_order_of_the_paper(whole):
    assert in_order(text_of_pdf(whole), FACTS) is None


def test_html_and_pdf_say_the_same():
    html, made = render_both(papers.paper(), images={})
    pages = {"-", "1", "2", "3"}

    assert [word for word in text_of_pdf(made).split() if word not in pages] == [
        word for word in text_of_html(html).split() if word not in pages
    ]


@settings(max_examples=25, deadline=None, derandomize=True)  # the same trees in each run
@given(papers.random_papers(papers.PRINTABLE))
def test_any_tree_says_the_same_in_html_and_pdf_and_text(paper):
    bare = replace(paper, header=None, cover=False)
    html = text_of_html(render_html(bare, images={}))
    lines = lines_of_pdf(render_pdf(bare, images={}))
    printed = [line for line in lines if not re.fullmatch(r"- \d+ -", line)]

    if len(lines) - len(printed) == 1:  # of a second page: then the head of a table may stand there again
        assert letters(" ".join(printed)) == letters(html)
    rest = iter(letters(" ".join(printed)))
    assert [letter for letter in letters(html) if letter not in rest] == []  # all of it, in its order
    assert letters(render_text(bare).replace(" | ", " ")) == letters(html)


def letters(text):
    """Without blanks: where a line ends is a matter of the page."""
    return "".join(text.split())


def test_a_long_word_beside_the_bar_of_a_chart_keeps_its_end():
    cells = tuple(Cell((Run(text),)) for text in ("가", "나", "다"))
    last = Cell((Run(":0000000000%%%%가가가0"),), bar=32)
    head = tuple(replace(cell, head=True) for cell in (*cells, cells[0]))
    node = Node("t", "table", table=Table("표", head=(head,), rows=((*cells, last),)))
    printed = "".join(lines_of_pdf(render_pdf(papers.paper(body=(node,)), images={})))
    assert ":0000000000%%%%가가가0" in letters(printed)


def test_no_word_is_broken(whole):
    """Every piece of the PDF between spaces is a whole word of the paper."""
    words = set(render_text(papers.paper(body=WHOLE)).split()) | {"1", "2", "3", "4", "5", "시민"}
    words |= {word for node in papers.photo_nodes(2) for word in node.photo.caption.split()}

    assert {word for line in lines_of_pdf(whole) for word in line.split()} - words == set()


def test_a_date_is_not_torn(whole):
    assert any("지급(’20. 12. 9.)" in line for line in lines_of_pdf(whole))


def test_a_word_wider_than_its_line_is_broken_at_a_middle_dot_first():
    words = "행정안전부·국토교통부·보건복지부·산업통상자원부·중소벤처기업부·과학기술정보통신부·농림축산식품부"
    lines = lines_of_pdf(render_pdf(one_line(words), images={}))
    start = next(line for line in lines if "행정안전부" in line)

    assert start.endswith("·")
    assert words in "".join(lines)


def test_a_word_without_any_such_place_still_stays_on_the_page():
    lines = lines_of_pdf(
        render_pdf(papers.paper(body=(Node("a", "line", 1, (Run("가나다라" * 40),)),)), images={})
    )
    assert "가나다라" * 40 in "".join(lines)
    assert max(len(line) for line in lines) < 50


def test_the_pages_are_numbered(whole):
    assert [line for line in lines_of_pdf(whole) if line.startswith("- ") and line.endswith(" -")] == [
        f"- {number} -" for number in range(1, len(opened(whole).pages) + 1)
    ]


def test_six_signers_and_eight_concurrences_fit():
    header = replace(papers.HEADER, number="노동민생정책담당관-12345", approvals=SIX, concurrences=EIGHT)
    made = render_pdf(papers.paper(header=header), images={})
    first = text_of_pdf(made)

    assert "문서번호 노동민생정책담당관-12345 결재일자" in first
    assert "시민 주무관 소비자지원팀장 생활경제담당관 경제정책실장 행정1부시장 시장" in first
    assert "제1협력과장 김협1, 제2협력과장 김협2" in first
    assert "제8협력과장 김협8" in first
    assert side_by_side(made, "문서번호", "시민")


@pytest.mark.parametrize("signers", [1, 2, 3, 4, 5, 6])
def test_the_two_boxes_stand_side_by_side(signers):
    made = render_pdf(papers.paper(header=replace(papers.HEADER, approvals=SIX[:signers])), images={})
    assert side_by_side(made, "문서번호", "시민")


def side_by_side(made, left, right):
    """Whether two words of the first page stand in one row."""
    text = pypdfium2.PdfDocument(made)[0].get_textpage()
    boxes = [text.get_charbox(text.search(word).get_next()[0]) for word in (left, right)]
    return abs(boxes[0][1] - boxes[1][1]) < 8


def test_attachments_are_aligned_and_numbered():
    paper = papers.paper(attachments=(Attachment("점검표"), Attachment("사진", 2)))
    assert "붙임 1. 점검표 1부. 2. 사진 2부. 끝." in text_of_pdf(render_pdf(paper, images={}))


# What the file is --------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("form", ["result", "checklist", "letter", "six", "contents"])
def test_the_file_is_accessible_and_fit_for_archives(tmp_path, whole, profile, form):
    made = {
        "result": lambda: whole,
        "checklist": lambda: render_pdf(papers.checklist(), images={}),
        "letter": lambda: render_pdf(papers.paper(cover=False, mark_style="letter", header=None), images={}),
        "contents": lambda: render_pdf(papers.paper(contents=True), images={}),
        "six": lambda: render_pdf(
            papers.paper(header=replace(papers.HEADER, approvals=SIX, concurrences=EIGHT)), images={}
        ),
    }[form]()
    path = tmp_path / "paper.pdf"
    path.write_bytes(made)

    report = page.validate_pdf(str(path), profile=page.ValidationProfile(profile))

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_title_language_and_bookmarks_are_set(whole):
    with opened(whole) as document:
        assert str(document.Root.Lang) == "ko"
        assert str(document.docinfo.Title) == papers.paper().title
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_outline() as outline:
            (title,) = outline.root
            assert [str(item.title) for item in title.children] == [
                "□ 점검개요",
                "□ 주요 점검내용 및 결과",
                "□ 조치사항",
            ]
            assert [str(item.title) for item in title.children[1].children] == [
                "1) 일반운영 분야",
                "2) 운영성과 분야",
            ]


def test_only_our_fonts_are_used_and_they_are_embedded(whole):
    assert fonts_of_pdf(whole) == {"NanumMyeongjo": True, "NanumGothic": True, "NanumGothic-Bold": True}


def test_hanja_comes_from_the_font_that_has_it(whole):
    assert "諮問委員會" in text_of_pdf(whole)


def test_letters_are_drawn_not_boxes():
    """A missing font draws one and the same box for every letter, while the text stays whole."""
    made = render_pdf(papers.paper(title="가힣漢□", cover=False, header=None, lead=()), images={})
    document_page = pypdfium2.PdfDocument(made)[0]
    image = document_page.render(scale=4, grayscale=True).to_pil()
    text = document_page.get_textpage()
    height = document_page.get_height()

    drawn = []
    for index in range(4):
        left, bottom, right, top = text.get_charbox(index)
        glyph = image.crop([round(4 * edge) for edge in (left, height - top, right, height - bottom)])
        drawn.append(glyph.resize((24, 24)).tobytes())

    assert len(set(drawn)) == 4
    assert all(min(glyph) < 80 for glyph in drawn)


def test_without_the_font_files_nothing_is_rendered(monkeypatch, tmp_path):
    monkeypatch.setenv("PAPER_FONTS", str(tmp_path))
    with pytest.raises(fonts.FontsMissing, match="한글 글꼴이 없습니다"):
        fonts.check()


def test_a_file_that_is_no_font_is_refused(monkeypatch, tmp_path):
    for _, _, name in fonts.FACES:
        (tmp_path / name).write_text("<html>")
    monkeypatch.setenv("PAPER_FONTS", str(tmp_path))
    with pytest.raises(fonts.FontsMissing, match="글꼴 파일이 아닙니다"):
        fonts.check()


def test_letters_that_no_font_has_are_named():
    assert fonts.not_covered("점검 😀 결과😀 漢字 ✓") == "😀✓"


def test_the_same_paper_gives_the_same_bytes(whole):
    assert render_pdf(papers.paper(body=WHOLE), images=papers.images(2)) == whole


def test_photographs_are_described_and_small_enough(whole):
    with opened(whole) as document:
        images = {image.objgen: image for each in document.pages for image in each.get_images().values()}
        assert len(images) == 2
        assert all(image.Width < 600 for image in images.values())
        figures = [
            each
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        assert [str(figure.Alt) for figure in figures] == [node.photo.alt for node in papers.photo_nodes(2)]


# The child process --------------------------------------------------------------------------


def test_four_renders_at_once_give_four_right_texts():
    names = ["가람시 도서관", "나래시 복지관", "다솜시 체육관", "라온시 미술관"]

    def rendered(name):
        return text_of_pdf(render_pdf(papers.paper(title=f"{name} 점검", lead=(Run(name * 20),)), images={}))

    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(rendered, names))

    for name, text in zip(names, texts, strict=True):
        assert text.replace(" ", "").count(name.replace(" ", "")) == 22
        assert not any(other in text for other in names if other != name)


def endless():
    lines = "<div class='paper'>가 나 </div>" * 40_000
    return f"<html lang='ko'><title>가</title><body>{lines}</body></html>"


def test_a_paper_that_takes_too_long_is_stopped_and_the_next_one_works():
    with pytest.raises(RenderError, match="너무 크거나 복잡"):
        convert(endless(), "2026-11", {}, seconds=1)

    assert "점검개요" in text_of_pdf(render_pdf(papers.paper(), images={}))


def test_a_paper_that_takes_too_much_memory_is_stopped_and_the_next_one_works():
    with pytest.raises(RenderError):
        convert(endless(), "2026-11", {}, size=150 * 1024 * 1024)

    assert "점검개요" in text_of_pdf(render_pdf(papers.paper(), images={}))


def test_a_killed_child_is_replaced():
    render_pdf(papers.paper(), images={})
    os.kill(pdf._server.process.pid, signal.SIGKILL)

    assert "점검개요" in text_of_pdf(render_pdf(papers.paper(), images={}))


def test_the_child_that_is_killed_in_mid_render_loses_no_more_than_that_paper():
    """The fork has its own connection: its parent may die, the paper is still finished."""
    render_pdf(papers.paper(), images={})
    process = pdf._server.process
    threading.Timer(0.05, process.kill).start()

    assert "점검개요" in text_of_pdf(render_pdf(papers.paper(body=WHOLE), images=papers.images(2)))


def test_an_error_line_of_the_renderer_is_a_failure():
    page_without_alt = render_print(papers.paper(body=papers.photo_nodes(1))).replace("alt=", "data-alt=")
    with pytest.raises(RenderError, match="PDF를 만들지 못했습니다"):
        convert(page_without_alt, "2026-11", papers.images(1))


def test_html_that_is_not_ours_is_refused():
    with pytest.raises(RenderError):
        convert("<p>닫히지 않음", "2026-11", {})


def test_a_picture_that_is_not_there_is_told_before_the_child_is_asked():
    with pytest.raises(RenderError, match="사진을 다시 올려"):
        render_pdf(papers.paper(body=papers.photo_nodes(1)), images={})


def test_the_child_holds_no_secret():
    render_pdf(papers.paper(), images={})
    environment = Path(f"/proc/{pdf._server.process.pid}/environ").read_text()
    assert "SECRET" not in environment
    assert "DATABASE" not in environment


def test_the_child_leaves_nothing_behind():
    render_pdf(papers.paper(), images={})
    process, folders = pdf._server.process, pdf._server.folders
    assert any(Path(folder).exists() for folder in folders)

    pdf._server.stop()

    assert process.returncode == 0
    assert not any(Path(folder).exists() for folder in folders)


def test_the_child_ends_with_its_parent():
    """Killed without a word, the parent leaves no process and no folder."""
    render_pdf(papers.paper(), images={})
    process, folder = pdf._server.process, pdf._server.folders[-1]

    pdf._server.control.close()  # what the kernel does for a dead parent

    assert process.wait(10) == 0
    assert not Path(folder).exists()


def test_the_frozen_html_does_not_need_the_child():
    assert "점검개요" in render_html(papers.paper(), images={})


def test_the_attachments_are_carried_inside_as_pdfs_of_their_own():
    sheet = render_pdf(papers.checklist(), images={})

    made = render_pdf(papers.paper(), images={}, files=[("붙임 1. 지도점검표", sheet)])

    with opened(made) as document:
        assert list(document.attachments) == ["붙임 1. 지도점검표.pdf"]
        inside = document.attachments["붙임 1. 지도점검표.pdf"]
        assert inside.get_file().read_bytes() == sheet
        assert inside.get_file().mime_type == "application/pdf"
        assert inside.get_file().creation_date.date() == papers.HEADER.approved_on
    assert made == render_pdf(papers.paper(), images={}, files=[("붙임 1. 지도점검표", sheet)])


@pytest.mark.parametrize("lines", range(12, 18))
def test_a_caption_is_never_left_behind_by_its_table(lines):
    above = tuple(Node(f"above{number}", "line", 3, (Run(f"줄 {number}"),)) for number in range(lines))
    made = render_pdf(papers.paper(cover=False, body=(*above, papers.table_node(3))), images={})

    text = "\n".join(lines_of_pdf(made))
    caption = text.index("분야별 점검결과")
    assert "- 1 -" not in text[caption : text.index("0번 항목을")]
