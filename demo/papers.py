"""Drafting and approving the papers of the demo city."""

import datetime as dt

from accounts.models import User
from audit import clock
from demo.scenario import at
from reports import creating, drafting, issuing, workflow
from reports.models import ApprovalStep, Document

Act = ApprovalStep.Act


def carry(
    scenario,
    inspection,
    *,
    line,
    drafted_on,
    days=(0, 1, 2),
    facts=None,
    kind=Document.Kind.RESULT,
    hide=None,
):
    """Draft, request and sign as far as the scenario goes. `line`: [(act, username)]; `days`: when each acts.

    `hide(document)`: what is marked in the draft as not for the public.
    """
    if not scenario.reaches("drafted"):
        return None
    drafter = User.objects.get(username=scenario.inspector)
    # The oldest: whoever tried the demo out may have gone on from it.
    document = inspection.documents.filter(kind=kind).order_by("pk").first()
    if document is None:
        document = _draft(inspection, drafter, kind, drafted_on, facts or {})
        if hide:
            hide(document)
    if scenario.reaches("in_approval") and not document.rounds.exists():
        with clock.set_to(at(drafted_on, 17)):
            signers = [(act, User.objects.get(username=username)) for act, username in line]
            workflow.request(document, signers, by=drafter)
    _sign(scenario, document, [drafted_on + dt.timedelta(days=each) for each in days])
    document.refresh_from_db()
    return document


def _draft(inspection, drafter, kind, day, facts):
    with clock.set_to(at(day, 10)):
        document = creating.create([inspection], by=drafter, kind=kind)
        return drafting.edit_facts(document, facts, version=document.version, by=drafter)


def _sign(scenario, document, days):
    """In approval: the first has signed. Returned: he sends it back. Approved: all sign."""
    if document.status == Document.Status.APPROVED or not document.rounds.filter(status="open").exists():
        return
    round_ = document.rounds.get(status="open")
    steps = list(round_.steps.exclude(act=Act.DRAFT).order_by("order"))
    if scenario.until == "returned":
        with clock.set_to(at(days[1], 11)):
            workflow.return_(
                steps[0], by=steps[0].assignee, reason="회의비 지출 날짜와 건수를 표로 정리해 주세요."
            )
        return
    for step, day in zip(steps, days[1:], strict=True):
        if scenario.until == "in_approval" and step.act == Act.APPROVE:
            return
        if step.status == ApprovalStep.Status.WAITING:
            with clock.set_to(at(day, 11)):
                sign = issuing.approve if step.act == Act.APPROVE else workflow.sign
                sign(step, by=step.assignee)
