"""What is hidden is gone from every byte, its length too; what is not hidden is all there."""

import json
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import redacting, tree
from reports.rendering.html import render_html
from reports.rendering.pdf import render_pdf
from reports.rendering.spoken import render_spoken
from reports.rendering.text import render_text
from reports.tests import papers
from reports.tests.reading import opened, text_of_pdf
from reports.tree import Attachment, Cell, Node, Photo, Run, Table

SECRET = "숨김비밀값"
LABEL = "[비공개: 정보공개법 제9조제1항제6호]"


def line(*runs, kind="line"):
    return Node("n1", kind, 1 if kind == "line" else 0, runs)


@pytest.mark.parametrize(
    ("clause", "label"), [("6", LABEL), ("5,7", "[비공개: 정보공개법 제9조제1항제5호, 제7호]")]
)
def test_the_label_names_the_clause(clause, label):
    assert redacting.label(clause) == label


def test_a_span_becomes_a_label_and_the_rest_stays():
    paper = papers.paper(body=(line(Run("담당자 "), Run(SECRET, "6"), Run(" 외 2명")),))
    assert redacting.public(paper).body[0].text == f"담당자 {LABEL} 외 2명"
    assert redacting.is_touched(paper)
    assert not redacting.is_touched(papers.paper())


def test_how_many_stretches_were_hidden_is_not_told():
    one = papers.paper(body=(line(Run(SECRET, "6")),))
    three = papers.paper(body=(line(Run("가", "6"), Run("나나", "6"), Run("다다다", "6")),))
    assert redacting.public(one) == redacting.public(three)
    two = redacting.public(papers.paper(body=(line(Run("가", "6"), Run("나", "7")),)))
    assert two.body[0].text.count("비공개") == 2


def test_a_table_keeps_its_shape_and_tells_no_width_and_no_bar():
    def table(hidden):
        rows = (
            (Cell((Run("가"),)), Cell((Run(hidden, "7"),), align="right", bar=90)),
            (Cell((Run("나"),)), Cell((Run("1"),), bar=10)),
        )
        return Node("t", "table", 1, table=Table("표", widths=(10, 90), rows=rows))

    short, long = (redacting.public(papers.paper(body=(table(text),))) for text in ("1", SECRET * 20))

    assert short == long
    shown = short.body[0].table
    assert [[cell.text for cell in row] for row in shown.rows] == [["가", redacting.label("7")], ["나", "1"]]
    assert shown.widths == ()
    assert {cell.bar for row in shown.rows for cell in row} == {0}


def test_a_table_without_anything_hidden_is_as_it_was():
    node = papers.table_node(3)
    assert redacting.public(papers.paper(body=(node,))).body == (node,)


def test_a_hidden_photograph_and_a_hidden_attachment():
    photo = Node("p", "photo", photo=Photo("a" * 64, SECRET, SECRET, clause="6"))
    paper = papers.paper(body=(photo,), attachments=(Attachment("점검표"), Attachment(SECRET, clause="7")))
    shown = redacting.public(paper)
    assert [(node.kind, node.text) for node in shown.body] == [("text", LABEL)]
    assert [each.title for each in shown.attachments] == ["점검표", redacting.label("7")]


# Leaks ----------------------------------------------------------------------------------------------------


def everything_of(paper):
    """All bytes that would be published, with the streams of the PDF laid open."""
    pdf = render_pdf(paper, images={})
    with opened(pdf) as document:
        streams = [
            each.read_bytes()
            for each in document.objects
            if isinstance(each, pikepdf.Stream) and "/Filter" in each
        ]
        words = text_of_pdf(pdf)
        outlines = " ".join(str(item.title) for item in document.open_outline().root)
    html = render_html(paper, images={})
    texts = [
        html,
        render_text(paper),
        render_spoken(paper),
        paper.to_json(),
        words,
        outlines,
        json.dumps(tree.to_plain(paper)),
    ]
    return b"\n".join([*(text.encode() for text in texts), pdf, *streams])


@st.composite
def hidden_trees(draw):
    """A random paper in which some stretches, cells, captions and attachments hold a secret of their own."""
    paper = draw(papers.random_papers(papers.PRINTABLE))
    count = iter(range(1, 10_000))

    def runs(found):
        return tuple(
            Run(f"{SECRET}{next(count)}끝", draw(st.sampled_from("5678"))) if draw(st.booleans()) else run
            for run in found
        )

    def node(each):
        table = each.table
        if table is not None:
            rows = tuple(tuple(replace(cell, runs=runs(cell.runs)) for cell in row) for row in table.rows)
            table = replace(table, rows=rows)
        return replace(each, runs=runs(each.runs), table=table, children=tuple(map(node, each.children)))

    attachments = tuple(
        replace(each, title=f"{SECRET}{next(count)}끝", clause="7") if draw(st.booleans()) else each
        for each in paper.attachments
    )
    return replace(paper, body=tuple(map(node, paper.body)), lead=runs(paper.lead), attachments=attachments)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(hidden_trees())
def test_no_byte_of_any_format_holds_what_is_hidden(paper):
    shown = everything_of(redacting.public(paper))
    assert SECRET.encode() not in shown
    assert SECRET.encode("utf-16-be") not in shown


def test_the_test_above_would_notice_a_leak():
    paper = papers.paper(body=(line(Run(SECRET, "6")),))
    assert SECRET.encode() in everything_of(paper)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(hidden_trees())
def test_what_is_not_hidden_stays_in_order(paper):
    kept = [run.text for run in _all_runs(paper) if not run.clause]
    shown = [run.text for run in _all_runs(redacting.public(paper)) if not run.text.startswith("[비공개")]
    assert shown == [text for text in kept if not text.startswith("[비공개")]


def _all_runs(paper):
    yield from paper.lead
    for _, node in tree.walk(paper.body):
        yield from node.runs
        if node.table:
            for row in (*node.table.head, *node.table.rows):
                for cell in row:
                    yield from cell.runs
