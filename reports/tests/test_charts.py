"""Charts: drawn from a table of the paper each time, the same texts in every rendering."""

import re
import uuid

import pytest
from django.urls import reverse

from reports import assembling, charts, lines, superseding
from reports.rendering.html import render_html
from reports.rendering.hwpx import render_hwpx
from reports.rendering.pdf import render_pdf
from reports.rendering.spoken import render_spoken
from reports.rendering.text import render_text
from reports.tables import table_of
from reports.tests import papers
from reports.tests.factories import BlockFactory, Office, approved, draft
from reports.tests.reading import every_stream, lines_of_hwpx, text_of_pdf
from reports.tree import Node, walk

ROWS = [
    ["자치구", "대상", "점검"], ["동구", "30", "28"], ["서구", "1,000", "△3"], ["남구", "-", "2(0.5%)"],
    ["계", "1,030", "30"],
]  # fmt: skip
PAYLOAD = {"caption": "점검 현황", "unit": "곳", "rows": ROWS}


def drawn(columns, rows=ROWS, **shape):
    table = table_of(PAYLOAD | {"rows": rows} | shape)
    return charts.chart_of(table, columns, "점검 현황 도표")


def said(table):
    return [[(cell.text, cell.bar) for cell in row] for row in table.rows]


def test_each_figure_is_as_long_as_it_is_large_and_sums_are_left_out():
    assert said(drawn([1])) == [
        [("동구", 0), ("30", 3)], [("서구", 0), ("1,000", 100)], [("남구", 0), ("-", 0)],
    ]  # fmt: skip


def test_several_columns_stand_below_each_other():
    table = drawn([1, 2])
    assert [cell.text for cell in table.head[0]] == ["자치구", "항목", "곳"]
    assert said(table)[:2] == [[("동구", 0), ("대상", 0), ("30", 3)], [("점검", 0), ("28", 2)]]
    assert table.rows[0][0].rowspan == 2
    assert ("△3", 0) in said(table)[3]  # what is less than nothing has no bar
    assert ("2(0.5%)", 1) in said(table)[5]  # what is little can still be seen


def test_heads_of_several_rows_and_labels_that_reach_down():
    rows = [["구분", "", "점검"], ["분야", "항목", "건수"], ["회계", "장부", "3"], ["", "증빙", "6"]]
    table = table_of({"caption": "", "unit": "", "rows": rows, "heads": 2, "merge": True})
    assert charts.series_of(table) == {2: "점검 건수"}
    assert said(charts.chart_of(table, [2], "")) == [[("회계", 0), ("3", 50)], [("회계", 0), ("6", 100)]]


def test_a_column_that_is_gone_is_left_out():
    assert drawn([1, 7]) == drawn([1])
    assert drawn([7]).rows == ()


def test_a_table_of_words_has_nothing_to_draw():
    assert charts.series_of(table_of(PAYLOAD | {"rows": [["항목", "결과"], ["회계", "적정"]]})) == {}


def test_every_rendering_says_the_same_and_draws_the_bars():
    paper = papers.paper(body=(Node("c", "table", table=drawn([1, 2])),), attachments=())
    html, pdf, hwpx = (
        render_html(paper, images={}),
        render_pdf(paper, images={}),
        render_hwpx(paper, images={}),
    )

    assert html.count("<svg") == 4
    assert 'class="bar b100"' in html
    assert "동구 | 대상 | 30" in render_text(paper).split("\n")
    assert "동구 | 대상 | 30" in lines_of_hwpx(hwpx)
    assert "동구 대상 30 점검 28 서구 대상 1,000 점검 △3" in text_of_pdf(pdf)
    assert "1행: 자치구 동구, 항목 대상, 곳 30" in render_spoken(paper)
    # A bar says nothing that the figure beside it does not.
    assert b"/Figure" not in every_stream(pdf)


@pytest.fixture
def office(db):
    return Office()


@pytest.fixture
def document(office, client):
    client.force_login(office.drafter)
    return draft(office)


@pytest.fixture
def table(document):
    return BlockFactory(document=document, kind="table", depth=1, runs=[], payload=PAYLOAD)


def printed(document):
    return [node.table for _, node in walk(assembling.paper(document).body) if node.table]


def post(client, document, block, **fields):
    address = reverse("reports:chart", args=[document.pk, block.pk])
    return client.post(address, {"columns": ["1"], "caption": "점검 현황 도표"} | fields)


def test_it_is_made_behind_its_table_and_follows_it(client, office, document, table):
    page = client.get(reverse("reports:chart", args=[document.pk, table.pk])).content.decode()
    assert re.search(r'value="점검 현황 도표"', page)
    post(client, document, table)
    _, chart = printed(document)
    assert said(chart)[0] == [("동구", 0), ("30", 3)]

    rows = [ROWS[0], ["동구", "500", "1"], ROWS[2]]
    lines.save_line(table, by=office.drafter, version=1, payload=PAYLOAD | {"rows": rows})
    _, chart = printed(document)
    assert said(chart)[0] == [("동구", 0), ("500", 50)]


def test_it_is_changed_and_its_form_says_what_is_wrong(client, document, table):
    post(client, document, table)
    chart = document.blocks.get(kind="chart")
    assert post(client, document, chart, columns=[]).status_code == 422
    assert "그릴 열을 하나 이상 고르세요." in post(client, document, chart, columns=[]).content.decode()
    post(client, document, chart, columns=["1", "2"], version="1")
    assert document.blocks.get(kind="chart").payload["columns"] == [1, 2]
    late = client.get(post(client, document, chart, version="1")["Location"]).content.decode()
    assert "다른 곳에서 고친 도표" in late


def test_without_its_table_it_is_not_printed_and_the_editor_says_so(client, office, document, table):
    post(client, document, table)
    lines.delete_line(table, by=office.drafter, version=1)
    assert printed(document) == []
    assert (
        "표가 지워져 찍히지 않습니다."
        in client.get(reverse("reports:document", args=[document.pk])).content.decode()
    )
    lines.restore_line(table, by=office.drafter)
    assert len(printed(document)) == 2


def test_a_table_of_words_is_refused_in_words(client, document):
    words = BlockFactory(
        document=document, kind="table", runs=[], payload={"rows": [["항목", "결과"], ["회계", "적정"]]}
    )
    answer = client.get(reverse("reports:chart", args=[document.pk, words.pk]), follow=True)
    assert "숫자가 적힌 열이 없어" in answer.content.decode()


def test_the_correction_of_a_paper_draws_its_own_table(client, office, document, table):
    lines.chart_behind(table, by=office.drafter, id=uuid.uuid4(), payload={"columns": [1], "caption": "도표"})
    made = superseding.supersede(approved(office, document=document), reason="고침", by=office.drafter)
    assert made.blocks.get(kind="chart").payload["of"] == str(made.blocks.get(kind="table").pk)
    assert len(printed(made)) == 2
