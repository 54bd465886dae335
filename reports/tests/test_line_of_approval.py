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
    comparing,
    issuing,
    line_templates,
    lines,
    rerouting,
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
    draft,
    quick_rendering,
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


def decide(document, step, by):
    with quick_rendering():
        issuing.approve(step, by=by)
    document.refresh_from_db()
    return document


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


def test_a_signer_who_can_sign_is_not_replaced(office):
    document = sent(office)

    with pytest.raises(TransitionError, match="아직 결재할 수 있습니다"):
        rerouting.replace(step_of(document, office.lead), office.colleague, by=office.drafter, reason="급함")
    with pytest.raises(PermissionDenied):
        rerouting.replace(step_of(document, office.lead), office.colleague, by=office.head, reason="급함")


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
