"""Random walks through due process: days pass, opinions come, and somebody decides too early."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.tests.factories import UserFactory
from audit import recording
from follow_up import disposing, hearing
from follow_up.models import DeadlineRule, Disposition, Opinion
from follow_up.tests.factories import DispositionFactory, disposition_type, done_inspection
from inspections.workflow import TransitionError

pytestmark = pytest.mark.django_db
START = dt.date(2026, 11, 2)
DUE = dt.date(2026, 11, 12)  # ten days after the notice of the first day
ACTS = ["wait", "notify", "opinion", "answer", "decide", "decide_with_reason", "cancel"]


@dataclass
class Model:
    """What is so: day, state, whether it was announced, and how many opinions wait for an answer."""

    day: dt.date = START
    status: str = "planned"
    noticed_on: dt.date | None = None
    waiting: int = 0
    answered: list = field(default_factory=list)

    def allows(self, act):
        is_open = self.status in ("planned", "notified")
        ready = (
            self.status == "notified"
            and self.day > self.noticed_on + dt.timedelta(days=11)
            and not self.waiting
        )
        return {
            "wait": True,
            "notify": self.status == "planned",
            "opinion": self.status == "notified",
            "answer": self.waiting > 0,
            "decide": ready,
            "decide_with_reason": is_open,
            "cancel": self.status in ("planned", "notified", "decided"),
        }[act]

    def apply(self, act):
        match act:
            case "wait":
                self.day += dt.timedelta(days=7)
            case "notify":
                self.status, self.noticed_on = "notified", self.day
            case "opinion":
                self.waiting += 1
            case "answer":
                self.waiting -= 1
            case "decide" | "decide_with_reason":
                self.status = "decided"
            case "cancel":
                self.status = "cancelled"


def do(act, made, by, day):
    made.refresh_from_db()
    match act:
        case "notify":
            rule = DeadlineRule.objects.get(name="의견제출 기한")
            hearing.notify(made, by=by, version=made.version, rule=rule, noticed_on=day)
        case "opinion":
            told = {"text": "아님", "source": "letter", "received_on": day}
            hearing.add_opinion(made, by=by, id=uuid.uuid4(), **told)
        case "answer":
            opinion = Opinion.objects.filter(disposition=made, answer="").first()
            if opinion is None:
                raise TransitionError
            hearing.answer_opinion(opinion, by=by, answer="rejected", answer_text="증빙이 없음")
        case "decide":
            disposing.decide(made, by=by, version=made.version)
        case "decide_with_reason":
            disposing.decide(made, by=by, version=made.version, early_reason="급함")
        case "cancel":
            disposing.cancel(made, by=by, version=made.version, reason="잘못")


@settings(max_examples=40, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.sampled_from(ACTS), max_size=14))
def test_every_walk_follows_the_model(walk):
    inspection = done_inspection()
    by = UserFactory(department=inspection.department)
    made = DispositionFactory(
        inspection=inspection,
        disposition_type=disposition_type("시정명령"),
        basis="법",
        due_on=dt.date(2027, 5, 3),
    )
    model = Model()
    for act in walk:
        allowed = model.allows(act)
        with time_machine.travel(f"{model.day}T10:00:00+09:00", tick=False):
            try:
                do(act, made, by, model.day)
                done = True
            except TransitionError:
                done = False
        assert done is allowed, (act, model)
        if allowed:
            model.apply(act)
        made.refresh_from_db()
        assert made.status == model.status
        assert Opinion.objects.filter(disposition=made, answer="").count() == model.waiting
    standing = Disposition.objects.standing().filter(pk=made.pk).exists()
    assert standing == (model.status != "cancelled")
    assert recording.broken_links() == []
