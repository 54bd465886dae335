"""Random walks of an action against a model so small that it can be read; every act × state × person."""

import datetime as dt
import uuid
from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit import recording
from contractors.tests.factories import ContractorUserFactory
from follow_up import acting
from follow_up.tests.factories import demand, report_fields
from inspections.models import Action
from inspections.workflow import StaleError, TransitionError

pytestmark = pytest.mark.django_db
PEOPLE = ["official", "contractor", "stranger"]
WAITING = ("demanded", "rework", "accepted")
# verb → (states, where it leads, who)
MODEL = {
    "report": (WAITING, "reported", "contractor"),
    "register": (WAITING, "reported", "official"),
    "verify": (("reported",), "verified", "official"),
    "send_back": (("reported",), "rework", "official"),
    "object": (("demanded", "rework"), "objected", "contractor"),
    "uphold": (("objected",), "withdrawn", "official"),
    "dismiss": (("objected",), "demanded", "official"),
    "accept": (WAITING, "accepted", "official"),
    "withdraw": ((*WAITING, "reported"), "withdrawn", "official"),
    "reopen": (("verified",), "demanded", "official"),
}
UNTIL = dt.date(2099, 1, 1)


@dataclass
class World:
    action: Action
    official: object
    contractor: object
    stranger: object


def world():
    action = demand()
    return World(
        action,
        UserFactory(department=action.inspection.department),
        ContractorUserFactory(contractor=action.contractor).user,
        UserFactory(department=DepartmentFactory(team=True)),
    )


def do(action, verb, by):
    decided = {"by": by, "version": action.version}
    match verb:
        case "report":
            acting.report(action, by=by, **report_fields(source="portal"))
        case "register":
            acting.report(action, by=by, **report_fields(source="letter"))
        case "verify":
            acting.verify(action, how="paper", note="봄", **decided)
        case "send_back":
            acting.send_back(action, note="모자람", **decided)
        case "object":
            acting.object_to(action, by=by, id=uuid.uuid4(), text="아님", source="portal")
        case "uphold" | "dismiss":
            acting.decide_objection(
                action, decision={"uphold": "upheld"}.get(verb, "dismissed"), reason="봄", **decided
            )
        case "accept":
            acting.accept_until(action, until=UNTIL, reason="예산", **decided)
        case "withdraw" | "reopen":
            getattr(acting, verb)(action, reason="까닭", **decided)


def attempt(action, verb, by):
    try:
        do(action, verb, by)
    except (TransitionError, PermissionDenied, StaleError):
        return False
    return True


@settings(max_examples=40, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.tuples(st.sampled_from([*MODEL]), st.sampled_from(PEOPLE)), max_size=14))
def test_every_walk_follows_the_model(walk):
    here = world()
    status = "demanded"
    for verb, person in walk:
        sources, target, who = MODEL[verb]
        allowed = status in sources and person == who
        here.action.refresh_from_db()
        assert attempt(here.action, verb, getattr(here, person)) is allowed, (verb, person, status)
        status = target if allowed else status
        here.action.refresh_from_db()
        assert here.action.status == status
        assert here.action.reports.filter(verdict="").count() == (status == "reported")
        assert here.action.objections.filter(decision="").count() == (status == "objected")
        assert (here.action.accepted_until is None) == (status != "accepted")
    assert recording.broken_links() == []


PATHS = {
    "demanded": [],
    "reported": [("report", "contractor")],
    "rework": [("report", "contractor"), ("send_back", "official")],
    "objected": [("object", "contractor")],
    "accepted": [("accept", "official")],
    "verified": [("report", "contractor"), ("verify", "official")],
    "withdrawn": [("withdraw", "official")],
}


@pytest.mark.parametrize("status", PATHS)
def test_every_act_in_every_state_by_every_person(status):
    here = world()
    for verb, person in PATHS[status]:
        do(here.action, verb, getattr(here, person))
        here.action.refresh_from_db()
    assert here.action.status == status

    for verb, (sources, _, who) in MODEL.items():
        for person in PEOPLE:
            if status in sources and person == who:
                continue
            assert not attempt(here.action, verb, getattr(here, person)), (verb, person)
            here.action.refresh_from_db()
            assert here.action.status == status
