import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role
from accounts.tests.factories import DepartmentFactory, UserFactory
from audit.models import Event
from inspections import workflow as inspection_workflow
from inspections.models import Inspection
from inspections.tests.factories import TeamMemberFactory
from inspections.workflow import TransitionError
from reports import issuing, steps, workflow
from reports.models import ApprovalRound, ApprovalStep, Document
from reports.tests.factories import (
    Act,
    BlockFactory,
    Office,
    approved,
    draft,
    quick_rendering,
    sent,
    signed,
    step_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


# Every action in every state by every kind of person ------------------------------------------------------

STATES = ["draft", "at the lead", "at the head", "approved", "returned", "withdrawn"]
ACTIONS = ["request", "withdraw", "sign", "approve", "return"]
PEOPLE = ["drafter", "lead", "head", "colleague", "neighbour", "superintendent", "viewer", "contractor"]
ALLOWED = {
    ("request", "draft", "drafter"): "in_approval",
    ("request", "returned", "drafter"): "in_approval",
    ("request", "withdrawn", "drafter"): "in_approval",
    ("withdraw", "at the lead", "drafter"): "draft",
    ("sign", "at the lead", "lead"): "in_approval",
    ("return", "at the lead", "lead"): "draft",
    ("approve", "at the head", "head"): "approved",
    ("return", "at the head", "head"): "draft",
    # Asked again by the same person: nothing happens, and nothing is refused.
    ("sign", "at the head", "lead"): "in_approval",
    ("sign", "approved", "lead"): "approved",
    ("approve", "approved", "head"): "approved",
}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", STATES)
def test_every_action_in_every_state_by_everybody(office, state, action, person):
    document = in_state(office, state)
    before, events = document.status, transitions(document)

    try:
        with quick_rendering():
            act(action, document, office, by=the(person, office))
    except (TransitionError, PermissionDenied, ApprovalStep.DoesNotExist):
        moved_to = None
    else:
        moved_to = Document.objects.get(pk=document.pk).status

    assert moved_to == ALLOWED.get((action, state, person))
    repeated = moved_to == before and action in ("sign", "approve") and state != "at the lead"
    assert transitions(document) - events == (1 if moved_to and not repeated else 0)
    if moved_to is None:
        assert Document.objects.get(pk=document.pk).status == before


def in_state(office, state):
    document = {
        "draft": draft, "at the lead": sent, "at the head": signed, "approved": approved, "returned": sent,
        "withdrawn": sent,
    }[state](office)  # fmt: skip
    if state == "returned":
        workflow.return_(step_of(document, office.lead), by=office.lead, reason="날짜를 고쳐 주세요")
    if state == "withdrawn":
        workflow.withdraw(document, by=office.drafter)
    document.refresh_from_db()
    return document


def act(action, document, office, *, by):
    if action == "request":
        return workflow.request(document, office.line, by=by)
    if action == "withdraw":
        return workflow.withdraw(document, by=by)
    last = {"sign": office.lead, "approve": office.head}.get(action)
    round_ = document.rounds.order_by("-number").first()
    if round_ is None:
        raise TransitionError("no round yet")
    step = step_of(document, last) if last else next(iter(steps.current(round_)), None) or round_.steps.last()
    if action == "sign":
        return workflow.sign(step, by=by)
    if action == "approve":
        return issuing.approve(step, by=by)
    return workflow.return_(step, by=by, reason="다시 적어 주세요")


def the(person, office):
    if hasattr(office, person):
        return getattr(office, person)
    if person == "viewer":
        return UserFactory(viewer=True, department=office.team)
    return UserFactory(**{person: True})


def transitions(document):
    actions = ["request", "withdraw", "sign", "return", "approve"]
    return Event.objects.filter(chain=f"document:{document.pk}", action__in=actions).count()


# Lines ----------------------------------------------------------------------------------------------------


def refused(document, line, match):
    with pytest.raises(TransitionError, match=match):
        workflow.request(document, line, by=document.drafter)
    assert not document.rounds.exists()


def test_line_needs_one_approver_at_its_end(office):
    document = draft(office)

    refused(document, [(Act.REVIEW, office.lead)], "결재자를 마지막에 한 사람")
    refused(document, [(Act.APPROVE, office.head), (Act.REVIEW, office.lead)], "결재자를 마지막에 한 사람")
    refused(document, [(Act.APPROVE, office.lead), (Act.APPROVE, office.head)], "결재자를 마지막에 한 사람")


def test_drafter_never_signs_a_later_step(office):
    refused(draft(office), [(Act.REVIEW, office.drafter), (Act.APPROVE, office.head)], "기안자는")


def test_nobody_stands_twice_in_a_line(office):
    refused(draft(office), [(Act.REVIEW, office.head), (Act.APPROVE, office.head)], "두 번")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CONTRACTOR])
def test_viewers_and_contractors_stand_in_no_line(office, role):
    department = None if role == Role.CONTRACTOR else office.team
    outsider = UserFactory(role=role, department=department)

    refused(draft(office), [(Act.REVIEW, outsider), (Act.APPROVE, office.head)], "결재선에 둘 수 없는")


def test_people_who_left_stand_in_no_line(office):
    office.lead.is_active = False
    office.lead.save()

    refused(draft(office), office.line, "결재선에 둘 수 없는")


def test_a_paper_whose_next_signer_has_left_may_be_taken_back(office):
    document = signed(office)
    with pytest.raises(TransitionError, match="이미 서명한 사람"):
        workflow.withdraw(document, by=office.drafter)
    office.head.is_active = False
    office.head.save()

    assert workflow.withdraw(document, by=office.drafter).status == "draft"


def test_other_departments_concur_but_do_not_review_or_approve(office):
    document = draft(office)

    refused(document, [(Act.REVIEW, office.neighbour), (Act.APPROVE, office.head)], "협조로 넣어")
    refused(document, [(Act.APPROVE, office.neighbour)], "협조로 넣어")
    assert workflow.request(document, office.long_line, by=office.drafter).steps.count() == 4


def test_head_of_the_bureau_may_approve(office):
    bureau_head = UserFactory(approver=True, department=office.department.parent, position="노동민생정책관")

    assert workflow.request(draft(office), [(Act.APPROVE, bureau_head)], by=office.drafter)


def test_an_inspector_does_not_approve(office):
    refused(draft(office), [(Act.APPROVE, office.colleague)], "결재자 역할")


def test_paper_without_body_is_not_sent(office):
    refused(draft(office, body=False), office.line, "본문이 비어")


def test_paper_of_a_reopened_inspection_is_not_sent(office):
    document = draft(office)
    inspection_workflow.reopen(document.inspections.get(), by=office.drafter, reason="보완")

    refused(document, office.line, "다시 연 점검")


def test_inspection_stays_closed_while_its_paper_is_in_approval(office):
    inspection = sent(office).inspections.get()

    with pytest.raises(TransitionError, match="결재 중이거나"):
        inspection_workflow.reopen(inspection, by=office.drafter, reason="보완")

    assert Inspection.objects.get(pk=inspection.pk).status == "done"


# Steps ----------------------------------------------------------------------------------------------------


def test_request_signs_for_the_drafter_and_binds_the_content(office):
    document = sent(office)

    round_ = document.rounds.get()
    first = round_.steps.first()
    assert (first.act, first.status, first.name) == ("draft", "signed", office.drafter.name)
    assert first.content_sha256 == round_.content_sha256
    assert round_.content["paper"]["title"] == document.title


def test_steps_are_signed_in_their_order(office):
    document = sent(office, line=office.long_line)

    with pytest.raises(TransitionError, match="차례가 아니거나"):
        workflow.sign(step_of(document, office.neighbour), by=office.neighbour)
    workflow.sign(step_of(document, office.lead), by=office.lead)
    workflow.sign(step_of(document, office.neighbour), by=office.neighbour)

    assert [step.assignee for step in steps.current(document.rounds.get())] == [office.head]


def test_position_and_name_are_those_at_signing(office):
    document = sent(office)
    office.lead.position, office.lead.name = "상생협력팀장", "이다라마"
    office.lead.save()

    workflow.sign(step_of(document, office.lead), by=office.lead)
    office.lead.position = "다른팀장"
    office.lead.save()

    step = step_of(document, office.lead)
    assert (step.position, step.name) == ("상생협력팀장", "이다라마")


def test_signing_by_somebody_else_is_forbidden_even_for_a_superuser(office):
    document = sent(office)
    chief = UserFactory(superintendent=True, is_superuser=True)

    with pytest.raises(PermissionDenied):
        workflow.sign(step_of(document, office.lead), by=chief)


def test_final_step_is_not_signed_as_a_review(office):
    document = signed(office)

    with pytest.raises(TransitionError, match="결재로 처리"):
        workflow.sign(step_of(document, office.head), by=office.head)


def test_review_is_not_signed_as_the_final_step(office):
    document = sent(office)

    with pytest.raises(TransitionError, match="마지막 결재 단계가 아닙니다"):
        issuing.approve(step_of(document, office.lead), by=office.lead)


def test_return_needs_a_reason_and_keeps_the_round(office):
    document = sent(office)

    with pytest.raises(TransitionError, match="사유"):
        workflow.return_(step_of(document, office.lead), by=office.lead, reason="  ")
    workflow.return_(step_of(document, office.lead), by=office.lead, reason="금액을 확인해 주세요")

    round_ = document.rounds.get()
    assert (round_.status, round_.closed_at is not None) == ("returned", True)
    assert round_.steps.get(status="returned").opinion == "금액을 확인해 주세요"
    assert Document.objects.get(pk=document.pk).status == "draft"


def test_second_round_leaves_the_first_as_it_was(office):
    document = sent(office)
    first = document.rounds.get()
    workflow.return_(step_of(document, office.lead), by=office.lead, reason="다시")
    BlockFactory(document=document)

    second = workflow.request(document, office.line, by=office.drafter)

    assert second.number == 2
    assert second.content_sha256 != first.content_sha256
    assert ApprovalRound.objects.get(pk=first.pk).content == first.content


def test_step_of_an_earlier_round_can_no_longer_be_signed(office):
    """Its page may still be open in a tab: what it shows is not what would be signed."""
    document = sent(office)
    old = step_of(document, office.lead)
    workflow.withdraw(document, by=office.drafter)
    workflow.request(document, office.line, by=office.drafter)

    with pytest.raises(TransitionError, match="이미 끝났거나 취소"):
        workflow.sign(old, by=office.lead)


def test_withdrawing_after_somebody_signed_is_refused(office):
    document = signed(office)

    with pytest.raises(TransitionError, match="이미 서명한 사람"):
        workflow.withdraw(document, by=office.drafter)


# Whoever went along ---------------------------------------------------------------------------------------


@pytest.fixture
def inspected_by_head(office):
    document = draft(office)
    TeamMemberFactory(inspection=document.inspections.get(), user=office.head)
    return document


def test_member_of_the_team_is_not_put_down_as_approver(office, inspected_by_head):
    refused(inspected_by_head, office.line, "점검에 참여한 사람")


def test_member_of_the_team_may_review(office):
    document = draft(office)
    TeamMemberFactory(inspection=document.inspections.get(), user=office.lead)
    sent(office, document=document)

    assert workflow.sign(step_of(document, office.lead), by=office.lead).status == "signed"


def test_member_approves_with_a_reason_where_his_office_allows_it(office, inspected_by_head):
    office.department.members_may_approve = True
    office.department.save()
    document = signed(office, document=inspected_by_head)
    step = step_of(document, office.head)

    with quick_rendering():
        with pytest.raises(TransitionError, match="사유를 적어야"):
            issuing.approve(step, by=office.head)
        issuing.approve(step, by=office.head, exception_reason="결재자가 한 사람뿐임")

    assert step_of(document, office.head).exception_reason == "결재자가 한 사람뿐임"


def test_member_does_not_approve_once_his_office_no_longer_allows_it(office, inspected_by_head):
    office.department.members_may_approve = True
    office.department.save()
    document = signed(office, document=inspected_by_head)
    office.department.members_may_approve = False
    office.department.save()

    with quick_rendering(), pytest.raises(PermissionDenied):
        issuing.approve(step_of(document, office.head), by=office.head, exception_reason="급함")


# Constraints ----------------------------------------------------------------------------------------------


def provoked(name):
    return pytest.raises(IntegrityError, match=name)


def test_database_keeps_one_open_round_per_paper(office):
    document = sent(office)

    with provoked("one_open_round_of_a_document|reports_approvalround.document_id"), transaction.atomic():
        ApprovalRound.objects.create(
            document=document, number=2, content={}, content_sha256="x", requested_at=document.created_at
        )


def test_database_wants_a_reason_for_a_return(office):
    step = step_of(sent(office), office.lead)

    with provoked("a_return_has_a_reason"), transaction.atomic():
        ApprovalStep.objects.filter(pk=step.pk).update(
            status="returned", acted_by=office.lead, acted_at=step.round.requested_at, content_sha256="x"
        )


def test_database_binds_a_signature_to_content(office):
    step = step_of(sent(office), office.lead)

    with provoked("a_signature_is_bound_to_what_it_signed"), transaction.atomic():
        ApprovalStep.objects.filter(pk=step.pk).update(status="signed", acted_by=office.lead)


def test_database_keeps_a_person_once_in_a_line(office):
    document = sent(office)

    with provoked("a_person_stands_once_in_a_line|reports_approvalstep.round_id"), transaction.atomic():
        ApprovalStep.objects.create(
            round=document.rounds.get(),
            order=9,
            turn=9,
            act="review",
            assignee=office.lead,
            position="-",
            name="-",
        )


def test_database_closes_a_round_with_its_moment(office):
    document = sent(office)

    with provoked("a_closed_round_says_when"), transaction.atomic():
        document.rounds.update(status="withdrawn")


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("an_approved_document_has_number_and_date", {"status": "approved"}),
        ("an_open_document_names_no_clause", {"disclosure": "open", "clauses": ["5"]}),
        ("a_document_has_a_title", {"title": ""}),
    ],
)
def test_database_refuses_a_document_that_contradicts_itself(office, name, changes):
    document = draft(office)

    with provoked(name), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**changes)


def test_database_gives_a_number_once(office):
    one, other = approved(office), draft(office)

    with provoked("one_document_of_a_number|reports_document.department_id"), transaction.atomic():
        Document.objects.filter(pk=other.pk).update(
            status="approved", number=one.number, number_year=one.number_year, approved_on=one.approved_on
        )


@pytest.mark.parametrize("changes", [{"depth": 8}, {"level": 6}, {"level": 0}])
def test_database_refuses_a_line_outside_the_tree(office, changes):
    block = draft(office).blocks.first()

    with provoked("a_line_hangs_within_the_tree"), transaction.atomic():
        type(block).objects.filter(pk=block.pk).update(**changes)


def test_none_is_no_department(office):
    """Two people without a department are not of one office."""
    chief = UserFactory(superintendent=True)

    refused(draft(office), [(Act.REVIEW, chief), (Act.APPROVE, office.head)], "협조로 넣어")
    assert DepartmentFactory().bureau is None
