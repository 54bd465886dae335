"""Everything the history says is said in Korean."""

import re
from pathlib import Path

import pytest

from accounts.tests.factories import DepartmentFactory, UserFactory
from audit import labels
from audit.models import Event
from audit.recording import record

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ["accounts", "audit", "contractors", "inspections", "reports", "portal", "public"]
WRITTEN = re.compile(r'\b(?:record|tell)\(\s*"([a-z_]+)"|\b_move\([^"\n]*"([a-z_]+)", by')


def recorded_actions():
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if "tests" not in path.parts:
                yield from ("".join(names) for names in WRITTEN.findall(path.read_text()))


def test_every_recorded_action_has_a_korean_word():
    assert sorted(set(recorded_actions()) - set(labels.ACTIONS)) == []


def test_the_search_for_actions_finds_them():
    assert {"sign_in", "postpone", "start"} <= set(recorded_actions())


@pytest.mark.django_db
def test_details_are_written_for_people():
    user, department = UserFactory(), DepartmentFactory()
    record(
        "change", department, by=user, changes={"부서명": ["감사과", ""]}, number=3, reason=None, done=True
    )

    # In any order: PostgreSQL keeps the keys of JSON in one of its own.
    assert set(labels.detail_rows(Event.objects.get())) == {
        ("달라진 것 · 부서명", "감사과 → (비움)"),
        ("번호", "3"),
        ("사유", "(비움)"),
        ("done", "예"),
    }
