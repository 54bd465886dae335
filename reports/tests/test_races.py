"""Two people at once, on PostgreSQL: whatever the order, one of the two orders of doing it alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from audit import recording
from inspections import workflow as inspection_workflow
from inspections.workflow import StaleError, TransitionError
from reports import creating, issuing, lines, workflow
from reports.models import ApprovalStep, Document, Edition, NumberCounter
from reports.tests.factories import Office, draft, quick_rendering, sent, signed, step_of

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office():
    return Office()


def together(*calls):
    """Run the calls in threads that start at one moment; each answers with its result or its refusal."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait(timeout=10)
            return call()
        except (TransitionError, StaleError, PermissionDenied) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def refusals(results):
    return [result for result in results if isinstance(result, Exception)]


@pytest.mark.parametrize("turn", range(5))
def test_signing_twice_at_once_is_one_signature(office, turn):
    document = sent(office)
    step = step_of(document, office.lead)

    results = together(*[lambda: workflow.sign(step, by=office.lead)] * 4)

    assert ApprovalStep.objects.filter(round__document=document, status="signed").count() == 2
    assert refusals(results) == []
    assert recording.broken_links() == []


@pytest.mark.parametrize("turn", range(5))
def test_signing_and_withdrawing_at_once_do_one_of_the_two(office, turn):
    document = sent(office)
    step = step_of(document, office.lead)

    results = together(
        lambda: workflow.sign(step, by=office.lead), lambda: workflow.withdraw(document, by=office.drafter)
    )

    document.refresh_from_db()
    signed_by_lead = ApprovalStep.objects.get(pk=step.pk).status == "signed"
    assert len(refusals(results)) == 1
    assert signed_by_lead == (document.status == "in_approval")


@pytest.mark.parametrize("turn", range(5))
def test_returning_and_signing_at_once_do_one_of_the_two(office, turn):
    document = sent(office)
    step = step_of(document, office.lead)

    results = together(
        lambda: workflow.sign(step, by=office.lead),
        lambda: workflow.return_(step, by=office.lead, reason="다시"),
    )

    assert len(refusals(results)) == 1
    assert recording.broken_links() == []


def test_asking_twice_at_once_opens_one_round(office):
    document = draft(office)

    results = together(*[lambda: workflow.request(document, office.line, by=office.drafter)] * 3)

    assert len(refusals(results)) == 2
    assert document.rounds.count() == 1


@pytest.mark.parametrize("papers", [2, 4])
def test_papers_of_one_office_approved_at_once_get_numbers_in_a_row(office, papers):
    steps = [step_of(signed(office), office.head) for _ in range(papers)]

    with quick_rendering():
        results = together(*[lambda step=step: issuing.approve(step, by=office.head) for step in steps])

    assert refusals(results) == []
    assert sorted(Document.objects.values_list("number", flat=True)) == list(range(1, papers + 1))
    assert NumberCounter.objects.get().last == papers
    assert Edition.objects.count() == papers


def test_last_signature_given_twice_at_once_issues_one_paper(office):
    document = signed(office)
    step = step_of(document, office.head)

    with quick_rendering():
        results = together(*[lambda: issuing.approve(step, by=office.head)] * 3)

    assert [result.pk for result in results] == [document.pk] * 3
    assert Edition.objects.count() == 1
    assert NumberCounter.objects.get().last == 1


@pytest.mark.parametrize("turn", range(3))
def test_asking_while_the_inspection_is_reopened_does_one_of_the_two(office, turn):
    document = draft(office)
    inspection = document.inspections.get()

    results = together(
        lambda: workflow.request(document, office.line, by=office.drafter),
        lambda: inspection_workflow.reopen(inspection, by=office.colleague, reason="보완"),
    )

    document.refresh_from_db()
    inspection.refresh_from_db()
    assert len(refusals(results)) == 1
    assert (document.status, inspection.status) in {("in_approval", "done"), ("draft", "in_progress")}


@pytest.mark.parametrize("turn", range(3))
def test_line_saved_while_the_paper_is_sent_is_in_it_or_refused(office, turn):
    document = draft(office)
    block = document.blocks.last()

    together(
        lambda: lines.save_line(block, by=office.drafter, version=1, text="새 글"),
        lambda: workflow.request(document, office.line, by=office.drafter),
    )

    block.refresh_from_db()
    assert block.text in str(document.rounds.get().content["paper"]["body"])


def test_line_saved_twice_at_once_is_saved_once(office):
    block = draft(office).blocks.last()

    results = together(
        *[
            lambda text=text: lines.save_line(block, by=office.drafter, version=1, text=text)
            for text in "가나다"
        ]
    )

    assert len(refusals(results)) == 2
    block.refresh_from_db()
    assert block.version == 2


def test_drafts_of_one_inspection_made_at_once_are_one(office):
    inspection = draft(office).inspections.get()
    Document.objects.all().delete()

    results = together(*[lambda: creating.create([inspection], by=office.drafter)] * 3)

    assert len(refusals(results)) == 2
    assert inspection.documents.count() == 1
