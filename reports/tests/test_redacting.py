"""What is hidden is gone from every byte, its length too; what is not hidden is all there."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports import hiding, redacting, tree
from reports.tests import papers
from reports.tests.secrets import SECRET, WORD, hiding_papers, with_other_secrets
from reports.tree import Attachment, Cell, Node, Photo, Run, Table

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


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(hiding_papers())
def test_what_is_not_hidden_stays_in_order(paper):
    kept = [run.text for run in _all_runs(paper) if not run.clause]
    shown = [run.text for run in _all_runs(redacting.public(paper)) if not run.text.startswith("[비공개")]
    assert shown == [text for text in kept if not text.startswith("[비공개")]


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(hiding_papers())
def test_other_hidden_words_make_the_same_public_paper(paper):
    assert redacting.public(paper) == redacting.public(with_other_secrets(paper))


def test_words_of_the_whole_paper_go_from_title_caption_names_and_letterhead():
    table = Node("t", "table", table=Table(f"{WORD} 표", rows=papers.table_node(2).table.rows))
    paper = papers.letter(to=(f"{WORD}장",), title=f"{WORD} 통지", body=(line(Run(f"({WORD})")), table))
    shown = redacting.public(hiding.hidden_everywhere(paper, [hiding.Mark(WORD, "6")]))
    assert shown.title == f"{LABEL} 통지"
    assert shown.letter.receivers == (f"{LABEL}장",)
    assert shown.body[0].text == f"({LABEL})"
    assert shown.body[1].table.caption == f"{LABEL} 표"
    assert WORD not in shown.to_json()


def test_the_longer_word_is_hidden_first():
    paper = papers.paper(title="김가나 팀장과 김가나", body=(line(Run("김가나 팀장과 김가나")),))
    marks = [hiding.Mark("김가나", "6"), hiding.Mark("김가나 팀장", "7")]
    shown = redacting.public(hiding.hidden_everywhere(paper, marks))
    assert shown.title == shown.body[0].text == f"{redacting.label('7')}과 {LABEL}"


def test_a_whole_table_hides_its_caption_and_unit():
    table = Node("t", "table", table=Table("명단", "(단위: 명)", rows=papers.table_node(2).table.rows))
    shown = redacting.public(papers.paper(body=(hiding.hidden(table, [hiding.Mark("", "6")]),)))
    assert (shown.body[0].table.caption, shown.body[0].table.unit) == (LABEL, "")
    assert {cell.text for row in shown.body[0].table.rows for cell in row} == {LABEL}


def test_nodes_are_numbered_in_reading_order():
    child, first = Node("y", "line", 1, (Run("나"),)), Node("x", "heading", 1, (Run("가"),))
    paper = redacting.anchored(papers.paper(body=(replace(first, children=(child,)),)))
    assert [node.id for _, node in tree.walk(paper.body)] == ["n1", "n2"]


def _all_runs(paper):
    yield from paper.lead
    for _, node in tree.walk(paper.body):
        yield from node.runs
        if node.table:
            for row in (*node.table.head, *node.table.rows):
                for cell in row:
                    yield from cell.runs


# Opened again ---------------------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(hiding_papers(), st.sampled_from(["6", "7", "8"]))
def test_what_is_marked_and_opened_reads_as_before(paper, clause):
    mark = hiding.Mark("점검", clause)
    opened = hiding.opened(hiding.hidden_everywhere(paper, [mark]), mark)
    assert redacting.public(opened).to_json() == redacting.public(_joined(paper)).to_json()


def _joined(paper):
    """Open neighbours as one run: what an opened paper is made of."""
    return hiding.opened(paper, hiding.Mark("없는 말", "1"))


def test_only_the_mark_of_one_line_is_opened():
    both = tuple(Node(name, "line", 1, (Run("김가나"),)) for name in "ab")
    paper = papers.paper(body=tuple(hiding.hidden(node, [hiding.Mark("김가나", "6")]) for node in both))
    opened = hiding.opened(paper, hiding.Mark("김가나", "6"), "a")
    assert [node.text for node in redacting.public(opened).body] == ["김가나", LABEL]


def test_marks_in_force_are_laid_on_again():
    paper = papers.paper(body=(Node("a", "line", 1, (Run("김가나 팀장"),)),))
    signed = hiding.hidden_everywhere(paper, [hiding.Mark("김가나 팀장", "5")])
    opened = hiding.opened(signed, hiding.Mark("김가나 팀장", "5"))
    laid = hiding.laid(opened, {None: [hiding.Mark("김가나", "6")]})
    assert redacting.public(laid).body[0].text == f"{LABEL} 팀장"
    assert hiding.laid(laid, {None: [hiding.Mark("김가나", "6")]}) == laid
    assert hiding.clauses(laid) == {"6"}
