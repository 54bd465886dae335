"""Two people at once, on PostgreSQL: whatever the order, one of the two orders of doing it alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit import clock, recording
from inspections import workflow as inspection_workflow
from inspections.workflow import StaleError, TransitionError
from reports import absences, circulating, creating, issuing, lines, outside, rerouting, workflow
from reports.models import Absence, ApprovalStep, Document, Edition, NumberCounter
from reports.tests.factories import (
    AbsenceFactory,
    Act,
    Office,
    approved,
    draft,
    quick_rendering,
    sent,
    signed,
    step_of,
)

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


@pytest.mark.parametrize("turn", range(3))
def test_those_who_concur_together_at_once_both_sign(office, turn):
    other = UserFactory(department=DepartmentFactory(), position="재무과장")
    document = draft(office)
    line = [(Act.CONCUR, office.neighbour), (Act.CONCUR, other), (Act.APPROVE, office.head)]
    workflow.request(document, line, by=office.drafter, together=True)
    steps = [(step_of(document, user), user) for user in (office.neighbour, other)]

    results = together(*[lambda step=step, user=user: workflow.sign(step, by=user) for step, user in steps])

    assert refusals(results) == []
    assert ApprovalStep.objects.filter(round__document=document, status="signed").count() == 3
    assert recording.broken_links() == []


@pytest.mark.parametrize("turn", range(3))
def test_deputy_and_absent_one_at_once_give_one_signature(office, turn):
    document = sent(office)
    AbsenceFactory(
        user=office.lead, substitute=office.colleague, starts_on=clock.today(), ends_on=clock.today()
    )
    step = step_of(document, office.lead)

    people = (office.lead, office.colleague)
    results = together(*[lambda user=user: workflow.sign(step, by=user) for user in people])

    assert len(refusals(results)) == 1
    assert ApprovalStep.objects.filter(round__document=document, status="signed").count() == 2


@pytest.mark.parametrize("turn", range(3))
def test_deciding_and_sending_back_at_once_do_one_of_the_two(office, turn):
    document = signed(office)
    step, lead = step_of(document, office.head), step_of(document, office.lead)

    with quick_rendering():
        results = together(
            lambda: issuing.approve(step, by=office.head),
            lambda: rerouting.send_back(step, lead, by=office.head, reason="다시"),
        )

    document.refresh_from_db()
    assert len(refusals(results)) == 1
    assert (document.status == "approved") == (document.rounds.count() == 1)
    assert recording.broken_links() == []


@pytest.mark.parametrize("turn", range(3))
def test_replacing_and_signing_at_once_never_gives_the_place_to_both(office, turn):
    document = sent(office)
    step = step_of(document, office.lead)
    away = DepartmentFactory()
    new = UserFactory(approver=True, department=office.team)
    type(office.lead).objects.filter(pk=office.lead.pk).update(department=away)

    results = together(
        lambda: workflow.sign(step, by=office.lead),
        lambda: rerouting.replace(step, new, by=office.drafter, reason="전출"),
    )

    step.refresh_from_db()
    assert len(refusals(results)) == 1
    assert (step.status == "signed") == (step.assignee_id == office.lead.pk)


@pytest.mark.parametrize("turn", range(3))
def test_correcting_and_signing_at_once_do_one_of_the_two(office, turn):
    document = sent(office)
    step = step_of(document, office.lead)

    results = together(
        lambda: workflow.sign(step, by=office.lead), lambda: rerouting.correct(step, by=office.lead)
    )

    document.refresh_from_db()
    assert len(refusals(results)) == 1
    assert (document.corrector is None) == (step_of(document, office.lead).status == "signed")


@pytest.mark.parametrize("turn", range(3))
def test_going_on_after_a_correction_twice_at_once_opens_one_round(office, turn):
    document = sent(office)
    document = rerouting.correct(step_of(document, office.lead), by=office.lead)

    results = together(*[lambda: rerouting.resume(document, by=office.lead)] * 2)

    assert len(refusals(results)) == 1
    assert list(document.rounds.order_by("number").values_list("status", flat=True)) == ["corrected", "open"]


@pytest.mark.parametrize("turn", range(3))
def test_holding_and_signing_at_once_leave_a_signature_or_a_waiting_step(office, turn):
    document = sent(office)
    step = step_of(document, office.lead)

    results = together(
        lambda: workflow.sign(step, by=office.lead),
        lambda: rerouting.hold(step, by=office.lead, reason="협의 중"),
    )

    # The hold may come first and the signature after it; a signed step is never put on hold.
    step.refresh_from_db()
    assert step.status == "signed"
    assert len(refusals(results)) == (0 if step.held_reason else 1)


@pytest.mark.parametrize("turn", range(3))
def test_circulating_twice_at_once_asks_each_once(office, turn):
    document = approved(office)

    results = together(*[lambda: circulating.circulate(document, [office.colleague], by=office.drafter)] * 2)

    assert sorted(results) == [0, 1]
    assert document.circulations.filter(user=office.colleague).count() == 1
    assert office.colleague.notices.filter(document=document).count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_two_absences_at_once_do_not_overlap(office, turn):
    days = {"starts_on": clock.today(), "ends_on": clock.today(), "mode": "대결", "reason": "연가"}

    results = together(
        *[lambda: absences.register(office.lead, substitute=office.head, by=office.lead, **days)] * 3
    )

    assert len(refusals(results)) == 2
    assert Absence.objects.count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_one_number_of_another_system_is_recorded_once(office, turn):
    signers = (outside.Signer("review", "공정경제담당관", "박마바"),)
    facts = outside.Outside(812, clock.today(), signers, b"%PDF-1.7")
    documents = [draft(office), draft(office)]

    with quick_rendering():
        results = together(
            *[
                lambda document=document: outside.record_outside(document, facts, by=office.drafter)
                for document in documents
            ]
        )

    assert len(refusals(results)) == 1
    assert Document.objects.filter(number=812).count() == Edition.objects.count() == 1
    assert recording.broken_links() == []
