import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from audit.models import Event
from inspections.workflow import TransitionError
from reports import assembling, issuing
from reports.models import ApprovalStep, Document, Edition, NumberCounter
from reports.tests.factories import (
    AttachmentFactory,
    Office,
    approved,
    draft,
    quick_rendering,
    sent,
    signed,
    step_of,
)
from reports.tests.reading import lines_of_hwpx

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(prefix="공정경제담당관")


@time_machine.travel(dt.datetime(2021, 1, 14, 9, tzinfo=dt.UTC), tick=False)
def test_last_signature_issues_the_paper_with_the_next_number(office):
    NumberCounter.objects.create(department=office.department, year=2021, last=792)
    document = draft(office)
    AttachmentFactory(document=document)
    signed(office, document=document)

    issuing.approve(step_of(document, office.head), by=office.head, opinion="이대로 시행")

    document = Document.objects.get(pk=document.pk)
    assert document.status == "approved"
    assert document.number_text == "공정경제담당관-793"
    assert document.approved_on == dt.date(2021, 1, 14)
    edition = document.edition
    assert bytes(edition.pdf).startswith(b"%PDF")
    assert "문서번호 | 공정경제담당관-793" in lines_of_hwpx(bytes(edition.hwpx))
    assert lines_of_hwpx(bytes(edition.files.get().hwpx))[0] == "2020년 민간위탁 지도점검표"
    assert "공정경제담당관-793" in edition.html
    assert "01/14" in edition.html
    assert edition.files.count() == 1
    assert issuing.problems(edition) == []
    assert step_of(document, office.head).content_sha256 == edition.content_sha256
    assert Event.objects.filter(chain=f"document:{document.pk}", action="approve").count() == 1


def test_approving_twice_gives_the_same_paper(office):
    document = approved(office)
    edition = document.edition

    again = issuing.approve(step_of(document, office.head), by=office.head)

    assert again == document
    assert Edition.objects.get() == edition
    assert NumberCounter.objects.get().last == 1


def test_numbers_of_an_office_follow_each_other(office):
    assert [approved(office).number for _ in range(3)] == [1, 2, 3]


def test_numbers_begin_anew_each_year(office):
    with time_machine.travel(dt.datetime(2021, 12, 30, 3, tzinfo=dt.UTC)):
        approved(office)
    with time_machine.travel(dt.datetime(2022, 1, 4, 3, tzinfo=dt.UTC)):
        document = approved(office)

    assert (document.number, document.number_year) == (1, 2022)


def test_number_taken_by_another_paper_meanwhile_is_rendered_again(office, monkeypatch):
    document = signed(office)
    prepare, numbers = issuing.prepare, []

    def prepare_while_another_takes_the_number(*args):
        prepared = prepare(*args)
        if not numbers:
            NumberCounter.objects.create(
                department=office.department, year=prepared.day.year, last=prepared.number
            )
        numbers.append(prepared.number)
        return prepared

    monkeypatch.setattr(issuing, "prepare", prepare_while_another_takes_the_number)
    with quick_rendering():
        issuing.approve(step_of(document, office.head), by=office.head)

    document.refresh_from_db()
    assert numbers == [1, 2]
    assert document.number == 2


def test_numbers_that_move_for_ever_are_told_and_nothing_is_stored(office, monkeypatch):
    document = signed(office)

    def moved(*args):
        raise issuing.Moved

    monkeypatch.setattr(issuing, "_take_number", moved)
    with quick_rendering(), pytest.raises(TransitionError, match="번호를 받지 못했습니다"):
        issuing.approve(step_of(document, office.head), by=office.head)

    document.refresh_from_db()
    assert document.status == "in_approval"


def test_day_that_changes_between_rendering_and_signing_is_rendered_again(office, monkeypatch):
    document = signed(office)
    prepare, days = issuing.prepare, []
    midnight = dt.datetime(2021, 1, 14, 14, 59, 59, tzinfo=dt.UTC)

    with time_machine.travel(midnight, tick=False) as traveller, quick_rendering():

        def prepare_over_midnight(*args):
            prepared = prepare(*args)
            days.append(prepared.day)
            traveller.move_to(midnight + dt.timedelta(seconds=2))
            return prepared

        monkeypatch.setattr(issuing, "prepare", prepare_over_midnight)
        issuing.approve(step_of(document, office.head), by=office.head)

    document.refresh_from_db()
    assert days == [dt.date(2021, 1, 14), dt.date(2021, 1, 15)]
    assert document.approved_on == dt.date(2021, 1, 15)


def test_content_changed_past_our_services_is_not_signed(office, monkeypatch):
    document = signed(office)
    content = assembling.content(document)
    content["paper"]["title"] = "다른 제목"
    monkeypatch.setattr(assembling, "content", lambda document: content)

    with quick_rendering(), pytest.raises(TransitionError, match="문서 내용이 달라졌습니다"):
        issuing.approve(step_of(document, office.head), by=office.head)

    assert Document.objects.get(pk=document.pk).status == "in_approval"


def test_rendering_that_fails_leaves_the_paper_in_approval(office, monkeypatch):
    document = signed(office)

    def broken(paper, images, files):
        raise MemoryError

    monkeypatch.setattr(issuing, "render_both", broken)
    with pytest.raises(MemoryError):
        issuing.approve(step_of(document, office.head), by=office.head)

    assert _state(document) == ("in_approval", None, 0, "waiting", 0)


def test_crash_at_any_statement_leaves_the_paper_wholly_before_or_wholly_after(office):
    """Kill the transaction at its 1st, 2nd, 3rd … statement until one run needs no more of them."""
    document = signed(office)
    before, after, crashes = ("in_approval", None, 0, "waiting", 0), ("approved", 1, 1, "signed", 1), 0

    with quick_rendering():
        while True:
            try:
                with connection.execute_wrapper(_Crash(at=crashes + 1)):
                    issuing.approve(step_of(document, office.head), by=office.head)
            except _Crashed:
                crashes += 1
                assert _state(document) == before
            else:
                break

    assert crashes > 15
    assert _state(document) == after


class _Crashed(Exception):
    pass


class _Crash:
    def __init__(self, at):
        self.left = at

    def __call__(self, execute, sql, params, many, context):
        if "SAVEPOINT" not in sql:
            self.left -= 1
            if self.left == 0:
                raise _Crashed
        return execute(sql, params, many, context)


def _state(document):
    document = Document.objects.get(pk=document.pk)
    last = document.rounds.latest("number").steps.get(act=ApprovalStep.Act.APPROVE)
    numbers = sum(NumberCounter.objects.values_list("last", flat=True))
    return document.status, document.number, Edition.objects.count(), last.status, numbers


@pytest.mark.django_db(transaction=True)
def test_last_signature_is_never_given_inside_another_transaction():
    office = Office()
    document = signed(office)

    with quick_rendering(), transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        issuing.approve(step_of(document, office.head), by=office.head)


CHANGES = {
    "document": "UPDATE reports_document SET title = 'x' WHERE id = {document}",
    "document status": "UPDATE reports_document SET status = 'draft' WHERE id = {document}",
    "document gone": "DELETE FROM reports_document WHERE id = {document}",
    "line": "UPDATE reports_block SET level = 2 WHERE document_id = {document}",
    "line gone": "DELETE FROM reports_block WHERE document_id = {document}",
    "attachment": "UPDATE reports_attachment SET title = 'x' WHERE document_id = {document}",
    "attachment gone": "DELETE FROM reports_attachment WHERE document_id = {document}",
    "inspection": "DELETE FROM reports_document_inspections WHERE document_id = {document}",
    "edition": "UPDATE reports_edition SET html = 'x' WHERE document_id = {document}",
    "edition gone": "DELETE FROM reports_edition WHERE document_id = {document}",
    "file": "UPDATE reports_editionfile SET title = 'x'",
    "file gone": "DELETE FROM reports_editionfile",
    "round": "UPDATE reports_approvalround SET status = 'open' WHERE document_id = {document}",
    "round gone": "DELETE FROM reports_approvalround WHERE document_id = {document}",
    "signature": "UPDATE reports_approvalstep SET name = 'x'",
    "signature gone": "DELETE FROM reports_approvalstep",
    "counter": "UPDATE reports_numbercounter SET last = 0",
    "counter gone": "DELETE FROM reports_numbercounter",
}


@pytest.mark.parametrize("change", CHANGES)
def test_database_refuses_every_change_of_an_issued_paper(office, change):
    document = draft(office)
    AttachmentFactory(document=document)
    approved(office, document=document)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CHANGES[change].format(document=document.pk))


def test_database_refuses_a_line_added_to_a_paper_in_approval(office):
    document = sent(office)

    with pytest.raises(DatabaseError, match="block_insert_needs_a_draft"):
        document.blocks.create(position=1, runs=[["끼워 넣은 줄", ""]])


def test_edition_that_was_tampered_with_is_noticed(office):
    edition = approved(office).edition
    edition.html += "."
    edition.tree = edition.tree | {"title": "다른 제목"}

    assert issuing.problems(edition) == [
        "확정본의 본문이 서명한 내용과 다릅니다.",
        "확정본 파일의 해시가 다릅니다.",
    ]
