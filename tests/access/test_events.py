"""Each thing that has to leave a trace, how it is done, and the event that tells of it."""

import re
import uuid
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts import enrolling
from accounts.models import User
from accounts.tests.factories import PASSWORD
from audit import labels
from audit.models import Event
from follow_up import acting
from inspections import following_up, workflow
from inspections.models import Evidence
from inspections.tests.factories import EvidenceFactory, InspectionFactory, StatusReasonFactory
from reports import creating, drafting
from reports import workflow as papers
from reports.tests.factories import quick_rendering
from tests.access import objects
from tests.access.world import asker, undone

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent


def get(role, name, *args):
    return lambda world: asker(world, role).get(reverse(name, args=[arg(world) for arg in args]))


def post(role, name, *args, **data):
    return lambda world: asker(world, role).post(reverse(name, args=[arg(world) for arg in args]), data)


def sign_in(password):
    def act(world):
        browser = Client()
        browser.post(reverse("account_login"), {"login": world.users["own"].username, "password": password})

    return act


def change_password(world):
    new = "강물-위의-다리-2026"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    asker(world, "own").post(reverse("account_change_password"), data)


def change_user(**changes):
    def act(world):
        before = User.objects.get(pk=world.users["colleague"].pk)
        after = User.objects.get(pk=before.pk)
        for field, value in changes.items():
            setattr(after, field, value)
        fields = objects_form(world, after)
        asker(world, "superintendent").post(reverse("admin:accounts_user_change", args=[after.pk]), fields)

    return act


def objects_form(world, user):
    names = ["username", "name", "role", "position", "rank", "email"]
    active = {"is_active": "on"} if user.is_active else {}
    return {name: getattr(user, name) for name in names} | {"department": user.department_id} | active


def look_at_a_paper_of_evidence(world):
    paper = EvidenceFactory(inspection=world.inspection, kind=Evidence.Kind.PDF, name="정산서.pdf")
    objects.store(paper)
    asker(world, "own").get(reverse("inspections:evidence_file", args=[paper.pk]))


def move(act, *, then=None, **state):
    """A transition of an inspection made for it."""

    def run(world):
        inspection = InspectionFactory(department=world.office.department, **state)
        act(inspection, by=world.office.drafter)
        if then:
            then(inspection, by=world.office.drafter)

    return run


def exclude(inspection, *, by):
    reason = StatusReasonFactory(use="excluded")
    workflow.exclude(inspection, by=by, status_reason=reason, note="합침")


def give_up(inspection, *, by):
    reason = StatusReasonFactory(use="not_done", name="폐업")
    workflow.give_up(inspection, by=by, status_reason=reason, note="문 닫음")


def reopen(inspection, *, by):
    workflow.reopen(inspection, by=by, reason="빠진 항목")


def follow_up(world):
    done = InspectionFactory(department=world.office.department, in_progress=True)
    drafter = world.office.drafter
    action = following_up.add_action(done, by=drafter, id=uuid.uuid4(), text="정산서 보완")
    type(done).objects.filter(pk=done.pk).update(
        status="done", completed_at=objects.MOMENT, completed_by=drafter
    )
    day = objects.MOMENT.date()
    acting.report(action, by=drafter, id=uuid.uuid4(), text="보완함", done_on=day, source="letter")
    action.refresh_from_db()
    acting.verify(action, by=drafter, version=action.version, how="visit", note="현장에서 봄")


def compose(world):
    done = InspectionFactory(department=world.office.department, done=True)
    document = creating.create([done], by=world.office.drafter)
    drafting.discard(document, by=world.office.drafter)


def approve(world):
    papers.sign(world.review, by=world.office.lead)
    concur = world.review.round.steps.get(assignee=world.office.neighbour)
    papers.sign(concur, by=world.office.neighbour)
    with quick_rendering():
        post("head", "reports:approve", paper, lambda world: world.decision.pk)(world)


def send(world):
    papers.request(world.draft, world.office.line, by=world.office.drafter)


def paper(world):
    return world.paper.pk


def issued(world):
    return world.issued.pk


TRACES = [
    ("sign_in", "user", sign_in(PASSWORD)),
    ("fail_sign_in", "user", sign_in("틀림")),
    ("sign_out", "user", post("own", "account_logout")),
    ("change_password", "user", change_password),
    ("issue_password", "user", lambda world: enrolling.issue_password(world.users["other"], by=None)),
    ("change_role", "user", change_user(role="viewer")),
    ("disable", "user", change_user(is_active=False)),
    ("view", "document", get("lead", "reports:document", paper)),
    ("view", "document", get("lead", "reports:approval", paper)),
    ("view", "document", get("lead", "reports:preview", paper)),
    ("download", "document", get("viewer", "reports:document_pdf", issued)),
    ("download", "document", get("viewer", "reports:document_html", issued)),
    ("download", "document", get("viewer", "reports:attachment_pdf", issued, lambda world: 1)),
    ("download", "document", get("viewer", "reports:document_hwpx", issued)),
    ("download", "document", get("viewer", "reports:attachment_hwpx", issued, lambda world: 1)),
    ("view", "evidence", get("viewer", "inspections:evidence_file", lambda world: world.evidence.pk)),
    ("download", "evidence", look_at_a_paper_of_evidence),
    ("start", "inspection", move(workflow.start)),
    ("exclude", "inspection", move(exclude)),
    ("give_up", "inspection", move(give_up)),
    ("restore", "inspection", move(exclude, then=workflow.restore)),
    ("reopen", "inspection", move(reopen, done=True)),
    ("add_action", "action", follow_up),
    ("report_action", "action", follow_up),
    ("verify_action", "action", follow_up),
    ("create", "document", compose),
    ("discard", "document", compose),
    ("request", "document", send),
    ("withdraw", "document", post("own", "reports:withdraw", paper)),
    ("sign", "document", post("lead", "reports:sign", paper, lambda world: world.review.pk)),
    (
        "return",
        "document",
        post("lead", "reports:return", paper, lambda world: world.review.pk, reason="합계가 다릅니다"),
    ),
    ("approve", "document", approve),
]  # fmt: skip


@pytest.mark.parametrize(("action", "about", "act"), TRACES, ids=lambda value: str(value)[:12])
def test_it_leaves_a_trace_with_a_korean_word(world, action, about, act):
    with undone():
        last = Event.objects.order_by("pk").last().pk
        act(world)
        told = set(Event.objects.filter(pk__gt=last).values_list("action", "object_type"))

    assert (action, about) in told
    assert action in labels.ACTIONS


def test_every_move_of_an_inspection_has_a_korean_word():
    assert set(workflow.TRANSITIONS) <= set(labels.ACTIONS)
    assert {f"{verb}_action" for verb in [*acting.SOURCES, "wake", "tell"]} <= set(labels.ACTIONS)
    written = re.findall(r'(?:record\(|move\([\w.]+, [\w.]+, )\s*"(\w+)"', _source("follow_up"))
    assert len(written) > 12
    assert set(written) <= set(labels.ACTIONS)


def _source(app):
    return "\n".join(path.read_text() for path in (ROOT / app).glob("*.py"))
