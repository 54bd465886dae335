"""The factories of the tests themselves: each makes a row that the database accepts."""

import inspect

import pytest

from inspections.models import Inspection
from inspections.tests import factories
from inspections.tests.factories import InspectionFactory

pytestmark = pytest.mark.django_db

ALL = [
    made
    for _, made in inspect.getmembers(factories, inspect.isclass)
    if made.__module__ == factories.__name__
]


@pytest.mark.parametrize("made", ALL)
def test_each_factory_makes_a_row(made):
    assert made().pk


@pytest.mark.parametrize("trait", ["in_progress", "done", "excluded", "not_done"])
def test_the_traits_of_an_inspection_are_its_states(trait):
    assert InspectionFactory(**{trait: True}).status == trait


def test_an_inspection_stands_in_one_office():
    inspection = InspectionFactory()

    assert Inspection.objects.get().checklist == inspection.part.checklist
    assert inspection.department == inspection.subject.department == inspection.part.period.department
