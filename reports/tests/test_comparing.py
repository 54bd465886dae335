import pytest

from reports import lines, workflow
from reports.comparing import differences
from reports.models import Document
from reports.tests.factories import AttachmentFactory, BlockFactory, Office, draft, sent, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    office = Office()
    document = draft(office)
    AttachmentFactory(document=document)
    sent(office, document=document)
    workflow.return_(step_of(document, office.lead), by=office.lead, reason="다시")
    document.office = office
    return document


def changes(document):
    workflow.request(document, document.office.line, by=document.office.drafter)
    first, second = document.rounds.order_by("number")
    return [(each.kind, each.before, each.after) for each in differences(first.content, second.content)]


def test_nothing_changed(document):
    assert changes(document) == []


def test_reworded_added_and_removed_lines_are_told(document):
    heading, line = document.blocks.all()
    lines.save_line(heading, by=document.office.drafter, version=1, text="개요")
    lines.delete_line(line, by=document.office.drafter, version=1)
    BlockFactory(document=document, depth=1, level=4, runs=[["새 줄", ""]])

    assert changes(document) == [
        ("changed", "□ 점검개요", "□ 개요"),
        ("added", "", "- 새 줄"),
        ("removed", "1) 점검일시: ’20. 12. 30.(수)", ""),
    ]


def test_facts_and_attachments_are_told(document):
    Document.objects.filter(pk=document.pk).update(clauses=["5", "7"], retention="5", lead="보고 드림")
    document.attachments.all().delete()

    assert changes(document) == [
        ("added", "", "5, 7"),
        ("changed", "10", "5"),
        ("added", "", "보고 드림"),
        ("removed", "2020년 민간위탁 지도점검표", ""),
    ]


def test_one_row_of_a_table_is_one_change(document):
    rows = [["구분", "건수"], ["적정", "3"]]
    table = BlockFactory(document=document, kind="table", runs=[], payload={"rows": rows})
    workflow.request(document, document.office.line, by=document.office.drafter)
    workflow.withdraw(document, by=document.office.drafter)
    first = document.rounds.latest("number")
    changed = {"rows": [["구분", "건수"], ["적정", "4"]]}
    lines.save_line(table, by=document.office.drafter, version=1, payload=changed)
    second = workflow.request(document, document.office.line, by=document.office.drafter)

    assert [(each.before, each.after) for each in differences(first.content, second.content)] == [
        ("적정 | 3", "적정 | 4")
    ]
