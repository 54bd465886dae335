"""Random walks through the whole of an approval, against a model so small that it can be read."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import recording
from inspections.workflow import StaleError, TransitionError
from reports import issuing, lines, rerouting, steps, workflow
from reports.models import Document
from reports.tests.factories import Office, draft, quick_rendering

pytestmark = pytest.mark.django_db
PEOPLE = ["drafter", "lead", "neighbour", "head", "colleague"]
LINE = [("drafter", "draft"), ("lead", "review"), ("neighbour", "concur"), ("head", "approve")]
VERBS = ["request", "withdraw", "sign", "approve", "return", "send_back", "hold", "correct", "resume", "edit"]
PAIRS = [(verb, person) for verb in VERBS for person in PEOPLE]


@dataclass
class Model:
    """How far a paper came: `turn` is the place in LINE that acts next."""

    status: str = "draft"
    turn: int = 0
    corrector: str = ""
    rounds: int = 0

    def allows(self, verb, person):
        is_his = self.status == "in_approval" and LINE[self.turn][0] == person
        act = LINE[self.turn][1]
        return {
            "request": self.status == "draft" and not self.corrector and person == "drafter",
            "withdraw": self.status == "in_approval" and self.turn == 1 and person == "drafter",
            "sign": is_his and act != "approve",
            # Asked again by the same person it answers with the same paper.
            "approve": (is_his and act == "approve") or (self.status == "approved" and person == "head"),
            "return": is_his,
            "send_back": is_his and self.turn > 1,
            "hold": is_his,
            "correct": is_his and act in ("review", "approve"),
            "resume": self.corrector == person,
            "edit": self.status == "draft" and person == (self.corrector or "drafter"),
        }[verb]

    def apply(self, verb, person):
        match verb:
            case "request":
                self.status, self.turn, self.rounds = "in_approval", 1, self.rounds + 1
            case "withdraw" | "return":
                self.status, self.turn = "draft", 0
            case "sign":
                self.turn += 1
            case "approve":
                self.status = "approved"
            case "send_back":
                self.turn, self.rounds = 1, self.rounds + 1
            case "correct":
                self.status, self.corrector = "draft", person
            case "resume":
                self.status, self.corrector, self.rounds = "in_approval", "", self.rounds + 1


def act(verb, document, by, office):
    """What is asked of the paper itself needs no round; the rest is asked of the step whose turn it is."""
    match verb:
        case "request":
            return workflow.request(document, office.long_line, by=by)
        case "withdraw":
            return workflow.withdraw(document, by=by)
        case "resume":
            return rerouting.resume(document, by=by)
        case "edit":
            line = document.blocks.order_by("position")[1]
            return lines.save_line(line, by=by, version=line.version, text=f"{line.version}번째 글")
    step = _current(document)
    match verb:
        case "sign":
            return workflow.sign(step, by=by)
        case "approve":
            return issuing.approve(step, by=by)
        case "return":
            return workflow.return_(step, by=by, reason="다시")
        case "send_back":
            return rerouting.send_back(step, rerouting.earlier(step).first(), by=by, reason="다시")
        case "hold":
            return rerouting.hold(step, by=by, reason="협의 중")
    return rerouting.correct(step, by=by)


def _current(document):
    round_ = document.rounds.order_by("-number").first()
    if round_ is None:
        raise TransitionError("no round yet")
    return next(iter(steps.current(round_)), None) or round_.steps.order_by("order").last()


def tried(verb, document, by, office):
    """Whether it was done."""
    try:
        with quick_rendering():
            act(verb, document, by, office)
    except (TransitionError, PermissionDenied, StaleError):
        return False
    return True


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_paper_goes_where_the_model_goes(data):
    office, model = Office(), Model()
    document = draft(office)
    for _ in range(data.draw(st.integers(4, 18))):
        for verb, person in _refused(data, model):
            assert not tried(verb, document, getattr(office, person), office), (verb, person, model)
        allowed = [pair for pair in PAIRS if model.allows(*pair)]
        if not allowed:
            break
        verb, person = data.draw(st.sampled_from(allowed))
        assert tried(verb, document, getattr(office, person), office), (verb, person, model)
        model.apply(verb, person)
        document = Document.objects.get(pk=document.pk)
        _agree(document, model, office)
    assert recording.broken_links() == []


def _refused(data, model):
    """Some of what the model refuses here: mostly to those who have the paper before them."""
    refused = [pair for pair in PAIRS if not model.allows(*pair)]
    concerned = {"drafter", model.corrector, LINE[model.turn][0]}
    near = [(verb, person) for verb, person in refused if person in concerned]
    return [*data.draw(st.lists(st.sampled_from(near), max_size=4)), data.draw(st.sampled_from(refused))]


def _agree(document, model, office):
    assert document.status == model.status
    assert document.rounds.count() == model.rounds
    assert (document.corrector and document.corrector.pk) == (
        getattr(office, model.corrector).pk if model.corrector else None
    )
    assert bool(document.number) == (model.status == "approved")
    if model.status == "in_approval":
        assert _current(document).assignee == getattr(office, LINE[model.turn][0])
    if model.status == "approved":
        assert issuing.problems(document.edition) == []
