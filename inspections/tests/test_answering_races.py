"""Two people save at the same moment. Only PostgreSQL can tell: SQLite lets one writer in at a time."""

import threading

import pytest
from django.db import connection

from accounts.tests.factories import UserFactory
from inspections import answering, checklists, moving, workflow
from inspections.answer_rules import Given
from inspections.models import Answer, ChecklistItem, Inspection
from inspections.tests.factories import InspectionFactory

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True)


@pytest.fixture
def two_inspectors(inspection):
    return [UserFactory(department=inspection.department) for _ in range(2)]


@pytest.fixture
def items(inspection):
    return list(ChecklistItem.objects.filter(indicator__checklist=inspection.checklist).order_by("order"))


def at_once(*acts):
    """Run the acts in threads that start together; what each returned or raised."""
    barrier = threading.Barrier(len(acts))
    outcomes = [None] * len(acts)

    def run(number, act):
        barrier.wait(timeout=10)
        try:
            outcomes[number] = act()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def saving(inspection, item, by, **fields):
    return lambda: answering.save_answers(inspection, [Given(item, **fields)], by=by)


@pytest.mark.parametrize("round_", range(5))
def test_one_item_saved_twice_at_once_is_saved_once_and_compared_once(
    inspection, two_inspectors, items, round_
):
    first, second = two_inspectors

    outcomes = at_once(
        saving(inspection, items[0], first, choice="적정"),
        saving(inspection, items[0], second, choice="부적정", opinion="없음"),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["StaleError", "int"]
    assert Answer.objects.get().version == 1


@pytest.mark.parametrize("round_", range(5))
def test_two_items_saved_at_once_are_both_saved(inspection, two_inspectors, items, round_):
    outcomes = at_once(
        *(saving(inspection, item, by, choice="적정") for item, by in zip(items, two_inspectors, strict=True))
    )

    assert outcomes == [1, 1]
    assert Answer.objects.filter(verdict="pass").count() == 2


def test_a_save_and_the_completion_at_once_never_both_slip_through(inspection, two_inspectors, items):
    first, second = two_inspectors
    Inspection.objects.filter(pk=inspection.pk).update(checklist=None)  # nothing to answer before completion
    inspection.team.create(user=first, order=1)
    inspection.visits.create(starts_on="2020-12-30", ends_on="2020-12-30")
    answer = saving(inspection, items[0], first, choice="적정")

    saved, completed = at_once(answer, lambda: workflow.complete(inspection, by=second))

    assert not isinstance(completed, Exception)
    assert isinstance(saved, workflow.TransitionError)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("round_", range(3))
def test_an_answer_saved_while_the_sheet_moves_goes_along_or_is_refused(
    inspection, two_inspectors, items, round_
):
    keeper = UserFactory(role="superintendent")
    newer = checklists.publish(checklists.copy(inspection.checklist, by=keeper), by=keeper)
    shown = {"version": inspection.version, "fingerprint": moving.outlook(inspection, newer).fingerprint}

    saved, moved = at_once(
        saving(inspection, items[0], two_inspectors[0], opinion="글"),
        lambda: moving.move(inspection, newer, by=two_inspectors[1], **shown),
    )

    assert moved.checklist == newer
    held = [(row.item.indicator.checklist_id, row.opinion) for row in Answer.objects.all()]
    if isinstance(saved, Exception):
        assert (held, "점검표에 없는 항목" in str(saved)) == ([], True)
    else:
        assert held == [(newer.pk, "글")]
