"""Back to an earlier signer, another signer, hold, correcting in hand."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit.models import Event
from inspections.workflow import TransitionError
from reports import comparing, issuing, lines, rerouting, workflow
from reports.models import Document
from reports.tests.factories import Act, Office, decide, sent, signed, step_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


# Back to an earlier signer ----------------------------------------------------------------------------------


def test_sent_back_to_an_earlier_signer_the_paper_stays_in_approval(office):
    document = signed(office, line=office.long_line)
    step = step_of(document, office.head)

    rerouting.send_back(step, step_of(document, office.neighbour), by=office.head, reason="예산을 다시 확인")

    document.refresh_from_db()
    first, second = document.rounds.order_by("number")
    assert (document.status, first.status, second.status) == ("in_approval", "returned", "open")
    assert first.content == second.content
    states = [(each.assignee, each.status) for each in second.steps.order_by("order")]
    assert states == [
        (office.drafter, "signed"), (office.lead, "signed"), (office.neighbour, "waiting"),
        (office.head, "waiting"),
    ]  # fmt: skip
    assert first.steps.get(assignee=office.neighbour).status == "signed"
    assert first.steps.get(assignee=office.head).opinion == "예산을 다시 확인"


def test_after_it_came_back_it_can_be_decided(office):
    document = signed(office)
    rerouting.send_back(
        step_of(document, office.head), step_of(document, office.lead), by=office.head, reason="다시"
    )

    workflow.sign(step_of(document, office.lead), by=office.lead)
    decide(document, step_of(document, office.head), office.head)

    assert document.status == "approved"
    assert issuing.problems(document.edition) == []


def test_it_is_sent_back_only_to_who_has_signed_and_with_a_reason(office):
    document = signed(office)
    step, lead = step_of(document, office.head), step_of(document, office.lead)

    with pytest.raises(TransitionError, match="사유"):
        rerouting.send_back(step, lead, by=office.head, reason=" ")
    with pytest.raises(TransitionError, match="앞에서 서명한"):
        rerouting.send_back(step, step_of(document, office.drafter), by=office.head, reason="다시")
    with pytest.raises(PermissionDenied):
        rerouting.send_back(step, lead, by=office.lead, reason="다시")


# Another signer, hold ---------------------------------------------------------------------------------------


def test_a_signer_who_was_transferred_is_replaced_with_a_trace(office):
    document = signed(office)
    office.head.department = DepartmentFactory()
    office.head.save()
    new = UserFactory(approver=True, department=office.department, position="공정경제담당관")

    rerouting.replace(step_of(document, office.head), new, by=office.drafter, reason="전출")

    decide(document, step_of(document, new), new)
    event = Event.objects.get(chain=f"document:{document.pk}", action="replace_signer")
    assert event.detail["before"].endswith(office.head.name)
    assert event.detail["after"].endswith(new.name)


def test_where_the_drafter_has_left_too_his_office_replaces(office):
    document = sent(office)
    for user in (office.drafter, office.lead):
        user.is_active = False
        user.save()
    new = UserFactory(approver=True, department=office.team, position="소비자보호팀장")

    rerouting.replace(step_of(document, office.lead), new, by=office.colleague, reason="둘 다 전출")

    event = Event.objects.get(chain=f"document:{document.pk}", action="replace_signer")
    assert event.actor == office.colleague
    assert step_of(document, new).status == "waiting"


def test_a_signer_who_can_sign_is_not_replaced(office):
    document = sent(office)

    with pytest.raises(TransitionError, match="아직 결재할 수 있습니다"):
        rerouting.replace(step_of(document, office.lead), office.colleague, by=office.drafter, reason="급함")
    with pytest.raises(PermissionDenied):
        rerouting.replace(
            step_of(document, office.lead), office.colleague, by=office.neighbour, reason="급함"
        )


def test_the_new_signer_has_to_fit_the_line(office):
    document = signed(office)
    office.head.is_active = False
    office.head.save()

    with pytest.raises(TransitionError, match="결재자 역할"):
        rerouting.replace(step_of(document, office.head), office.colleague, by=office.drafter, reason="퇴직")


def test_a_signature_that_was_given_is_not_replaced(office):
    document = signed(office)
    office.lead.is_active = False
    office.lead.save()

    with pytest.raises(TransitionError, match="이미 처리했거나"):
        rerouting.replace(step_of(document, office.lead), office.colleague, by=office.drafter, reason="퇴직")


def test_a_paper_on_hold_stays_where_it_is_and_says_why(office):
    document = sent(office)
    step = step_of(document, office.lead)

    rerouting.hold(step, by=office.lead, reason="예산과와 협의 중")

    assert step_of(document, office.lead).held_reason == "예산과와 협의 중"
    workflow.sign(step_of(document, office.lead), by=office.lead)
    with pytest.raises(TransitionError):
        rerouting.hold(step_of(document, office.lead), by=office.lead, reason="다시")


# Correcting in hand -----------------------------------------------------------------------------------------


def corrected(document, office, text="고친 글"):
    """The head takes it in hand and changes its second line."""
    step = step_of(document, office.head)
    document = rerouting.correct(step, by=office.head)
    line = document.blocks.order_by("position")[1]
    lines.save_line(line, by=office.head, version=line.version, text=text)
    return document


def test_a_signer_corrects_and_the_paper_goes_on_from_him(office):
    document = corrected(signed(office), office)
    assert (document.status, document.corrector) == ("draft", office.head)

    after = rerouting.resume(document, by=office.head)

    document.refresh_from_db()
    assert (document.status, document.corrector, after.number) == ("in_approval", None, 2)
    states = [(step.assignee, step.status) for step in after.steps.order_by("order")]
    assert states == [(office.drafter, "signed"), (office.lead, "signed"), (office.head, "waiting")]
    decide(document, step_of(document, office.head), office.head)
    assert "고친 글" in str(document.edition.tree)
    assert issuing.problems(document.edition) == []


def test_each_signature_stays_bound_to_what_it_signed(office):
    document = signed(office)
    before = document.rounds.get().content_sha256
    after = rerouting.resume(corrected(document, office), by=office.head)

    assert after.content_sha256 != before
    assert after.steps.get(assignee=office.lead).content_sha256 == before
    decide(document, step_of(document, office.head), office.head)
    assert step_of(document, office.head).content_sha256 == after.content_sha256


def test_what_was_corrected_is_shown_line_by_line_and_told_to_the_drafter(office):
    document = corrected(signed(office), office)
    after = rerouting.resume(document, by=office.head)
    before = document.rounds.get(number=1)

    told = str(comparing.differences(before.content, after.content))
    assert "고친 글" in told
    assert office.drafter.notices.filter(text__contains="결재 중에 문서를 고쳤습니다").exists()


def test_while_it_is_corrected_nobody_else_writes_sends_or_signs(office):
    document = corrected(signed(office), office)
    line = document.blocks.first()

    with pytest.raises(PermissionDenied):
        lines.save_line(line, by=office.drafter, version=line.version, text="기안자의 글")
    with pytest.raises(TransitionError, match="결재자가 고치고 있는"):
        workflow.request(document, office.line, by=office.drafter)
    with pytest.raises(TransitionError):
        rerouting.hold(step_of(document, office.head), by=office.head, reason="보류")
    with pytest.raises(PermissionDenied):
        rerouting.resume(document, by=office.drafter)


def test_without_a_change_it_goes_on_as_it_was(office):
    document = signed(office)
    rerouting.correct(step_of(document, office.head), by=office.head)

    after = rerouting.resume(document, by=office.head)

    assert after.content_sha256 == document.rounds.get(number=1).content_sha256
    assert not office.drafter.notices.filter(text__contains="고쳤습니다").exists()


def test_an_office_may_switch_it_off(office):
    document = signed(office)
    type(office.department).objects.filter(pk=office.department.pk).update(signers_may_correct=False)

    with pytest.raises(TransitionError, match="고치지 않습니다"):
        rerouting.correct(step_of(document, office.head), by=office.head)


def test_who_concurs_does_not_correct(office):
    document = sent(office, line=[(Act.CONCUR, office.neighbour), (Act.APPROVE, office.head)])

    with pytest.raises(TransitionError, match="검토하거나 결재하는"):
        rerouting.correct(step_of(document, office.neighbour), by=office.neighbour)


def test_the_database_keeps_a_corrector_to_drafts(office):
    document = signed(office)

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(corrector=office.head)


def test_a_corrector_who_left_holds_nothing_back(office):
    document = corrected(signed(office), office)
    office.head.is_active = False
    office.head.save()
    new = UserFactory(approver=True, department=office.department, position="공정경제담당관")
    line = document.blocks.first()

    lines.save_line(line, by=office.drafter, version=line.version, text="기안자의 글")
    workflow.request(document, [(Act.REVIEW, office.lead), (Act.APPROVE, new)], by=office.drafter)

    document.refresh_from_db()
    assert (document.status, document.corrector) == ("in_approval", None)
