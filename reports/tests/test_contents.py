"""목차: the headings of a report, in the PDF with their pages."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from reports import numbering
from reports.rendering.html import render_html
from reports.rendering.hwpx import render_hwpx
from reports.rendering.pdf import render_pdf
from reports.rendering.spoken import render_spoken
from reports.rendering.text import render_text
from reports.tests import papers
from reports.tests.factories import Office, draft
from reports.tests.reading import lines_of_hwpx, opened, text_of_pdf
from reports.tree import Node, Paper, Run

OUTLINE = (
    Node("a", "heading", 1, (Run("점검개요"),), (Node("a1", "line", 2, (Run("점검일시"),)),)),
    Node("b", "heading", 1, (Run("점검결과"),), (Node("b1", "heading", 2, (Run("회계"),)),)),
    Node("c", "heading", 3, (Run("세부"),)),
)
LINES = ["□ 점검개요", "□ 점검결과", "1) 회계"]


@pytest.fixture
def paper():
    return papers.paper(body=OUTLINE, contents=True, attachments=())


def test_the_headings_of_two_levels_with_their_marks(paper):
    assert [(line.level, line.text) for line in numbering.contents(paper)] == [
        (1, LINES[0]), (1, LINES[1]), (2, LINES[2]),
    ]  # fmt: skip
    assert numbering.contents(replace(paper, contents=False)) == []


def test_every_rendering_has_it_before_the_lead(paper):
    text = [line.strip() for line in render_text(paper).split("\n")]
    place = text.index("목차")
    assert text[place + 1 : place + 4] == LINES
    hwpx = [line.strip() for line in lines_of_hwpx(render_hwpx(paper, images={}))]
    place = hwpx.index("목차")
    assert hwpx[place + 1 : place + 4] == LINES
    assert "목차: 3개 항목\n□ 점검개요\n" in render_spoken(paper)
    html = render_html(paper, images={})
    assert '<a href="#at-b1">1) 회계</a>' in html
    assert 'id="at-b1"' in html


def test_the_pdf_says_the_pages_and_leads_there(paper):
    far = Node("x", "heading", 1, (Run("긴 표"),))
    pdf = render_pdf(replace(paper, body=(*OUTLINE[:2], papers.table_node(60), far)), images={})

    pages = re.findall(r"(□ 점검개요|□ 점검결과|1\) 회계|□ 긴 표) (\d+)(?= )", text_of_pdf(pdf))
    assert pages[:4] == [("□ 점검개요", "3"), ("□ 점검결과", "3"), ("1) 회계", "3"), ("□ 긴 표", "5")]
    with opened(pdf) as document:
        links = [each for page in document.pages for each in page.get("/Annots", [])]
        told = {str(link["/Contents"]) for link in links}
        places = {str(link["/Dest"]) for link in links}
    assert places == {"at-a", "at-b", "at-b1", "at-x"}
    # PDF/UA-1 7.18.5: a link says where it leads.
    assert told == {"이 제목이 있는 쪽으로 가기"}


def test_a_paper_without_it_is_the_same_as_ever():
    assert "contents" not in papers.paper().to_json()
    assert "#at-" not in render_html(Paper(title="보고", body=OUTLINE), images={})


@pytest.mark.django_db
def test_it_is_chosen_with_the_heading_facts(client):
    office = Office()
    document = draft(office)
    client.force_login(office.drafter)
    facts = {
        "title": document.title, "mark_style": "report", "disclosure": "open", "retention": "10",
        "version": document.version, "has_contents": "on",
    }  # fmt: skip
    client.post(reverse("reports:document_facts", args=[document.pk]), facts)
    document.refresh_from_db()
    assert document.has_contents
    shown = client.get(reverse("reports:document", args=[document.pk])).content.decode()
    assert "contents-title" in shown
