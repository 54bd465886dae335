"""전결, 대결, 직무대리, side by side, back to an earlier signer, another signer, hold; and its print."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role
from accounts.tests.factories import DepartmentFactory, UserFactory
from audit import clock
from audit.models import Event
from inspections.workflow import TransitionError
from reports import (
    absences,
    approval_line,
    assembling,
    box,
    issuing,
    line_templates,
    steps,
    workflow,
)
from reports.models import Absence, DecisionRule, Document, LineTemplate
from reports.rendering.header import approval_cells
from reports.tests.factories import (
    AbsenceFactory,
    Act,
    Office,
    approved,
    decide,
    draft,
    sent,
    signed,
    step_of,
)

pytestmark = pytest.mark.django_db
Level, Mode = DecisionRule.Level, Absence.Mode


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def bureau_head(office):
    return UserFactory(approver=True, department=office.department.parent, position="노동민생정책관")


def away(user, substitute, mode=Mode.DEPUTY, days=0):
    today = clock.today()
    return AbsenceFactory(
        user=user, substitute=substitute, mode=mode, starts_on=today, ends_on=today + dt.timedelta(days=days)
    )


def printed(document):
    """[(position, what stands above the name without its day, name)]"""
    cells = approval_cells(assembling.header(document, _line(document)).approvals)
    return [(cell["position"], cell["above"].split(" ")[0], cell["name"]) for cell in cells]


def _line(document):
    return list(
        document.rounds.latest("number").steps.select_related("assignee", "acted_by").order_by("order")
    )


# 전결 -----------------------------------------------------------------------------------------------------


def test_without_a_rule_nobody_decides_by_delegation(office):
    assert not step_of(sent(office), office.head).is_delegated


def test_who_stands_at_the_level_of_the_rule_decides_by_delegation(office):
    DecisionRule.objects.create(kind="result", level=Level.OFFICE)

    document = approved(office)

    assert [above for _, above, _ in printed(document)] == ["", "", "전결"]
    assert document.edition.tree["header"]["approvals"][-1]["mode"] == "전결"


def test_the_rule_of_an_office_goes_before_that_of_the_city(office, bureau_head):
    DecisionRule.objects.create(kind="result", level=Level.BUREAU)
    DecisionRule.objects.create(kind="result", level=Level.OFFICE, department=office.department)

    assert approval_line.level_of(draft(office)) == Level.OFFICE
    assert approval_line.level_of(draft(Office())) == Level.BUREAU


def test_somebody_below_the_level_does_not_decide(office):
    DecisionRule.objects.create(kind="result", level=Level.BUREAU)

    with pytest.raises(TransitionError, match="결과보고는 국장 이상이 결재합니다"):
        workflow.request(draft(office), office.line, by=office.drafter)


def test_somebody_above_the_level_decides_in_his_own_right(office, bureau_head):
    DecisionRule.objects.create(kind="result", level=Level.OFFICE)
    line = [(Act.REVIEW, office.head), (Act.APPROVE, bureau_head)]

    assert not step_of(sent(office, line=line), bureau_head).is_delegated


def test_the_proposal_goes_up_to_the_level_of_the_rule(office, bureau_head):
    document = draft(office)
    assert approval_line.proposed(document) == office.line

    DecisionRule.objects.create(kind="result", level=Level.BUREAU)

    assert approval_line.proposed(document) == [
        (Act.REVIEW, office.lead), (Act.REVIEW, office.head), (Act.APPROVE, bureau_head),
    ]  # fmt: skip


def test_only_a_decision_is_delegated_in_the_database_too(office):
    step = step_of(sent(office), office.lead)

    with pytest.raises(IntegrityError), transaction.atomic():
        type(step).objects.filter(pk=step.pk).update(is_delegated=True)


# 대결 and 직무대리 -------------------------------------------------------------------------------------


def test_a_deputy_signs_in_the_cell_of_the_absent_one(office):
    document = sent(office)
    away(office.lead, office.colleague)

    workflow.sign(step_of(document, office.lead), by=office.colleague)

    assert printed(document)[1] == ("소비자보호팀장", printed(document)[1][1], f"代 {office.colleague.name}")
    event = Event.objects.filter(chain=f"document:{document.pk}", action="sign").get()
    assert event.actor == office.colleague


def test_a_deputy_in_a_matter_of_delegation_has_a_cell_of_his_own(office):
    DecisionRule.objects.create(kind="result", level=Level.OFFICE)
    document = signed(office)
    away(office.head, office.lead)

    decide(document, step_of(document, office.head), office.lead)

    assert printed(document)[-2:] == [
        ("공정경제담당관", "전결", ""),
        ("소비자보호팀장", "대결", f"代 {office.lead.name}"),
    ]
    assert document.edition.tree["header"]["approvals"][-1]["mode"] == "대결"


def test_who_acts_for_a_vacant_post_signs_with_its_title(office):
    document = signed(office)
    away(office.head, office.lead, Mode.ACTING)

    decide(document, step_of(document, office.head), office.lead)

    assert printed(document)[-1][0] == "공정경제담당관 직무대리"
    assert printed(document)[-1][2] == office.lead.name


@pytest.mark.parametrize("days", [(-9, -1), (1, 9)])
def test_outside_of_those_days_nobody_stands_in(office, days):
    document = sent(office)
    today = clock.today()
    first, last = (today + dt.timedelta(days=day) for day in days)
    AbsenceFactory(user=office.lead, substitute=office.colleague, starts_on=first, ends_on=last)

    with pytest.raises(PermissionDenied):
        workflow.sign(step_of(document, office.lead), by=office.colleague)


def test_an_absence_that_was_taken_back_gives_no_right(office):
    document = sent(office)
    absences.end(away(office.lead, office.colleague), by=office.lead)

    with pytest.raises(PermissionDenied):
        workflow.sign(step_of(document, office.lead), by=office.colleague)


def test_the_drafter_never_signs_even_in_the_stead_of_another(office):
    document = sent(office)
    away(office.lead, office.drafter)

    with pytest.raises(PermissionDenied):
        workflow.sign(step_of(document, office.lead), by=office.drafter)
    assert list(box.turns(office.drafter)) == []


def test_an_inspector_does_not_decide_in_the_stead_of_the_head(office):
    document = signed(office)
    away(office.head, office.colleague)

    with pytest.raises(PermissionDenied):
        issuing.approve(step_of(document, office.head), by=office.colleague)


def test_the_deputy_finds_and_sees_the_paper_while_it_waits_and_afterwards(office):
    deputy = UserFactory(approver=True, department=DepartmentFactory(), position="총무팀장")
    document = sent(office)
    assert not Document.objects.visible_to(deputy).exists()
    absence = away(office.lead, deputy)

    assert [step.round.document for step in box.turns(deputy)] == [document]
    assert document in Document.objects.visible_to(deputy)

    workflow.sign(step_of(document, office.lead), by=deputy)
    absences.end(absence, by=office.lead)
    assert document in Document.objects.visible_to(deputy)


def test_a_deputy_sees_only_what_waits_for_the_absent_one(office):
    deputy = UserFactory(approver=True, department=DepartmentFactory())
    done, waiting = signed(office), sent(office)
    away(office.lead, deputy)

    assert set(Document.objects.visible_to(deputy)) == {waiting}
    assert done in Document.objects.visible_to(office.lead)


def test_deputy_and_absent_one_are_told_alike(office, django_capture_on_commit_callbacks):
    away(office.lead, office.colleague)
    for user in (office.lead, office.colleague):
        user.email = f"{user.username}@city.example"
        user.save()

    with django_capture_on_commit_callbacks(execute=True):
        sent(office)

    assert {message.to[0] for message in mail.outbox} == {office.lead.email, office.colleague.email}


def test_absences_are_refused_in_words(office):
    today = clock.today()
    about = {"mode": Mode.DEPUTY, "reason": "연가", "by": office.lead, "starts_on": today, "ends_on": today}

    def refused(match, **changes):
        with pytest.raises(TransitionError, match=match):
            absences.register(office.lead, **({"substitute": office.colleague} | about | changes))

    refused("앞섭니다", ends_on=today - dt.timedelta(days=1))
    refused("이미 지난", starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 2))
    refused("다른 사람", substitute=office.lead)
    refused("다른 사람", substitute=UserFactory(role=Role.VIEWER))
    absences.register(office.lead, substitute=office.colleague, **about)
    refused("겹치는 기간")


# Side by side ---------------------------------------------------------------------------------------------


def concurring(office, together):
    other = UserFactory(department=DepartmentFactory(), position="재무과장")
    line = [(Act.CONCUR, office.neighbour), (Act.CONCUR, other), (Act.APPROVE, office.head)]
    document = draft(office)
    workflow.request(document, line, by=office.drafter, together=together)
    document.refresh_from_db()
    return document, other


def test_those_who_concur_one_after_the_other_have_turns(office):
    document, other = concurring(office, together=False)

    with pytest.raises(TransitionError, match="아직 차례가"):
        workflow.sign(step_of(document, other), by=other)
    assert not box.turns(other).exists()


def test_those_who_concur_together_sign_in_any_order(office):
    document, other = concurring(office, together=True)
    assert box.turns(other).exists()
    assert box.turns(office.neighbour).exists()

    workflow.sign(step_of(document, other), by=other)
    assert not box.turns(office.head).exists()
    workflow.sign(step_of(document, office.neighbour), by=office.neighbour)

    assert [step.assignee for step in steps.current(document.rounds.get())] == [office.head]


# Marks, limits, templates -----------------------------------------------------------------------------------


def test_initiator_and_reporter_are_marked_before_their_posts(office):
    document = draft(office)
    workflow.request(
        document, office.line, by=office.drafter, marks={office.drafter.pk: "★", office.lead.pk: "◉"}
    )

    assert [position for position, _, _ in printed(document)] == [
        "★주무관", "◉소비자보호팀장", "공정경제담당관",
    ]  # fmt: skip


def test_six_sign_and_eight_concur_at_most(office):
    document = draft(office)
    own = [UserFactory(department=office.team) for _ in range(5)]
    others = [UserFactory() for _ in range(9)]
    decision = [(Act.APPROVE, office.head)]

    with pytest.raises(TransitionError, match="6명"):
        workflow.request(document, [(Act.REVIEW, user) for user in own] + decision, by=office.drafter)
    with pytest.raises(TransitionError, match="8명"):
        workflow.request(document, [(Act.CONCUR, user) for user in others] + decision, by=office.drafter)
    longest = [(Act.REVIEW, user) for user in own[:4]] + [(Act.CONCUR, user) for user in others[:8]]
    assert workflow.request(document, longest + decision, by=office.drafter).steps.count() == 14


def test_a_line_is_kept_and_proposed_the_next_time(office):
    document = draft(office)
    line_templates.keep(document, "협조까지", office.long_line, by=office.drafter)
    line_templates.keep(document, "협조까지", office.long_line, by=office.drafter)

    [template] = line_templates.usable(draft(office))

    assert line_templates.line_of(template) == office.long_line
    assert LineTemplate.objects.count() == 1
    assert not line_templates.usable(draft(Office())).exists()


def test_whoever_left_is_left_out_of_a_kept_line(office):
    template = line_templates.keep(draft(office), "늘 쓰는 것", office.long_line, by=office.drafter)
    office.neighbour.is_active = False
    office.neighbour.save()

    assert line_templates.line_of(template) == office.line
