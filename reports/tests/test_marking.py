"""비공개 표시: put on a draft, part of what is signed, carried into a correction; only suggested."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from inspections.tests.factories import MOMENT, TeamMemberFactory
from inspections.workflow import TransitionError
from reports import assembling, hiding, lines, marking, redacting, suggesting, superseding, workflow
from reports.hiding import Mark
from reports.models import Block, DisclosureMark
from reports.rendering.text import render_text
from reports.tests import papers
from reports.tests.factories import AttachmentFactory, Office, approved, draft
from reports.tree import Cell, Node, Photo, Run, Table

pytestmark = pytest.mark.django_db
LABEL = redacting.label("6")
REVIEW = dt.date(2027, 1, 4)
QUERIES_OF_THE_PAGE = 54


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def document(office):
    return draft(office)


def put(document, text, kind="line", **payload):
    last = document.blocks.order_by("-position").first()
    runs = [[text, ""]] if text else []
    fields = {"kind": kind, "level": 4, "runs": runs, "payload": payload}
    return Block.objects.create(document=document, position=last.position + 1000, **fields)


def mark(document, block, office, quote="", clauses=("6",), **fields):
    fields = {"reason": "개인정보"} | fields
    return marking.add(document, by=office.drafter, block=block, quote=quote, clauses=list(clauses), **fields)


def public(document):
    return render_text(redacting.public(assembling.paper(document)))


# On a tree ------------------------------------------------------------------------------------------------


def test_a_quote_hides_each_of_its_occurrences():
    node = hiding.hidden(Node("n", "line", 1, (Run("김가나와 김가나"),)), [Mark("김가나", "6")])
    assert node.runs == (Run("김가나", "6"), Run("와 "), Run("김가나", "6"))


def test_without_a_quote_all_is_hidden_but_keeps_a_clause_it_had():
    node = hiding.hidden(Node("n", "line", 1, (Run("가"), Run("나", "7"))), [Mark("", "6")])
    assert node.runs == (Run("가", "6"), Run("나", "7"))


def test_cells_and_photographs():
    table = Table("표", rows=((Cell((Run("김가나"),)), Cell((Run("팀장"),))),))
    node = hiding.hidden(Node("n", "table", table=table), [Mark("김가나", "6")])
    assert [cell.runs[0].clause for cell in node.table.rows[0]] == ["6", ""]
    photo = Node("p", "photo", photo=Photo("a" * 64, "김가나의 책상"))
    assert hiding.hidden(photo, [Mark("김가나", "6")]).photo.clause == "6"
    assert hiding.hidden(photo, [Mark("팀장", "6")]).photo.clause == ""


@given(
    st.text(alphabet="가나다 ", min_size=1, max_size=20), st.text(alphabet="가나다 ", min_size=1, max_size=3)
)
def test_hiding_changes_no_letter(text, quote):
    node = Node("n", "line", 1, (Run(text),))
    laid = hiding.hidden(node, [Mark(quote, "6")])
    assert laid.text == node.text
    assert (quote in text) == hiding.occurs(node, quote)
    assert all(quote not in run.text for run in laid.runs if not run.clause)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("담당 010-1234-5678", [("010-1234-5678", "6")]),
        ("900101-1234567", [("900101-1234567", "6")]),
        ("문의 a.b@c.example", [("a.b@c.example", "6")]),
        ("사업자 123-45-67890", [("123-45-67890", "7")]),
        ("계좌 301-0012-345678", [("301-0012-345678", "7")]),
        ("2020. 12. 30. 1,234원 3-2항", []),
        ("전문위원 정하허", [("정하허", "6")]),
    ],
)
def test_what_is_suggested(text, found):
    made = suggesting.suggestions([papers.paper(body=(Node("n", "line", 1, (Run(text),)),))], ["정하허"])
    assert [(each.quote, each.clause) for each in made] == found
    hidden = hiding.hidden(Node("n", "line", 1, (Run(text),)), [Mark("", "6")])
    assert suggesting.suggestions([papers.paper(body=(hidden,))], ["정하허"]) == []


def test_golden_papers_suggest_nothing():
    assert suggesting.suggestions([papers.paper()]) == []


# On a draft -----------------------------------------------------------------------------------------------


def test_what_is_marked_is_hidden_and_the_rest_is_read(document, office):
    block = put(document, "담당자 김가나와 면담함")
    mark(document, block, office, "김가나")
    assert f"담당자 {LABEL}와 면담함" in public(document)
    assert "담당자 김가나와 면담함" in render_text(assembling.paper(document))  # the paper itself says it


def test_a_mark_is_part_of_what_is_signed(document, office):
    block = put(document, "김가나")
    before = assembling.digest(assembling.content(document))
    mark(document, block, office)
    assert assembling.digest(assembling.content(type(document).objects.get(pk=document.pk))) != before


def test_a_chart_hides_what_its_table_hides(document, office):
    rows = [["구분", "금액"], ["가", "1,000"], ["나", "2,000"]]
    table = put(document, "", "table", rows=rows, caption="금액", unit="원")
    put(document, "", "chart", of=str(table.pk), columns=[1], caption="도표")
    mark(document, table, office, "2,000", ("7",))
    assert "2,000" not in public(document)
    assert "1,000" in public(document)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"quote": "없는 말"}, "줄에 없는 말"),
        ({"clauses": ()}, "조항을 고르세요"),
        ({"clauses": ("9",)}, "조항을 고르세요"),
        ({"clauses": ("5",)}, "다시 볼 날"),
        ({"reason": " "}, "까닭을"),
        ({"block": None, "quote": ""}, "문서 전체에서 가릴 말"),
        ({"block": None, "quote": "없는 말"}, "문서에 없는 말"),
    ],
)
def test_what_is_not_taken(document, office, wrong, told):
    given = {"block": put(document, "김가나")} | wrong
    with pytest.raises(TransitionError, match=told):
        mark(document, given.pop("block"), office, **given)


def test_once_and_by_those_who_write(document, office):
    block = put(document, "김가나")
    made = mark(document, block, office, "김가나", ("5",), review_on=REVIEW)
    with pytest.raises(TransitionError, match="이미 표시"):
        mark(document, block, office, "김가나")
    with pytest.raises(PermissionDenied):
        marking.remove(made, by=office.colleague)
    marking.remove(made, by=office.drafter)
    assert not document.marks.exists()


def test_a_mark_whose_words_are_gone_holds_the_request_up(document, office):
    block = put(document, "김가나")
    mark(document, block, office, "김가나")
    lines.save_line(block, by=office.drafter, version=block.version, text="이다라")
    assert [each.quote for each in marking.stale(document)] == ["김가나"]
    with pytest.raises(TransitionError, match="비공개로 표시한 말이"):
        workflow.request(type(document).objects.get(pk=document.pk), office.line, by=office.drafter)


def test_names_of_people_from_outside_are_suggested(document, office):
    TeamMemberFactory(
        inspection=document.inspections.first(), user=None, name="정하허", organisation="시범회계법인"
    )
    put(document, "전문위원 정하허가 회계를 봄")
    assert ("정하허", "이름") in [(each.quote, each.why) for each in marking.suggestions(document)]


def test_a_correction_hides_the_same(office, document):
    block = put(document, "김가나")
    mark(document, block, office, "김가나")
    issued = approved(office, document=document)
    copied = superseding.supersede(issued, reason="날짜를 바로잡음", by=office.drafter)
    assert copied.marks.get().quote == "김가나"
    assert LABEL in public(copied)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("a_mark_has_a_clause_and_a_reason", {"reason": ""}),
        ("a_mark_of_clause_5_is_looked_at_again", {"clause": "5"}),
        ("a_mark_of_the_whole_paper_names_words", {"quote": "", "block": None}),
        ("a_lifted_mark_says_who_and_why", {"lifted_at": MOMENT}),
        ("mark_insert_in_its_time", {"is_later": True}),
    ],
)
def test_the_database_refuses_a_wrong_mark(document, office, constraint, wrong):
    facts = {
        "quote": "김가나",
        "clause": "6",
        "reason": "이름",
        "marked_by": office.drafter,
        "marked_at": MOMENT,
    }
    facts |= {"document": document, "block": put(document, "김가나")}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DisclosureMark.objects.create(**facts | wrong)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_more_attachments(
    client, document, office, count, django_assert_num_queries
):
    for order in range(1, count + 1):
        AttachmentFactory(document=document, order=order)
        mark(document, None, office, document.title[-2 - order :])
    client.force_login(office.drafter)
    page = reverse("reports:marks", args=[document.pk])
    client.get(page)

    # the visit, the paper with its lines, marks and facts, what its sheets are composed from
    with django_assert_num_queries(QUERIES_OF_THE_PAGE):
        client.get(page)


def test_the_page(client, document, office):
    client.force_login(office.drafter)
    block = put(document, "담당 010-1234-5678")
    page, add = (reverse(f"reports:{name}", args=[document.pk]) for name in ("marks", "mark_add"))
    assert "가려야 할 것으로 보이는 것" in client.get(page).content.decode()
    assert client.post(add, {"block": block.pk, "quote": "010", "reason": "x"}).status_code == 422

    client.post(add, {"block": block.pk, "quote": "010-1234-5678", "clauses": "6", "reason": "휴대전화 번호"})

    text = client.get(page).content.decode()
    assert f"담당 {LABEL}" in text
    assert "가려야 할 것으로 보이는 것" not in text
    made = document.marks.get()
    client.post(reverse("reports:mark_remove", args=[document.pk, made.pk]))
    assert not document.marks.exists()
