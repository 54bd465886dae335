import datetime as dt

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from audit.models import Event
from inspections import presence
from inspections.models import Presence
from inspections.tests.factories import InspectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection():
    return InspectionFactory(in_progress=True)


def user_of(inspection):
    return UserFactory(department=inspection.department)


def test_two_hear_of_each_other_and_where_they_are(client, inspection):
    one, other = user_of(inspection), user_of(inspection)
    presence.here(inspection, by=one, line="12s7")
    client.force_login(other)

    response = client.post(reverse("inspections:here", args=[inspection.pk]), {"line": "13"})

    assert response.json() == {"others": [{"name": one.name, "position": one.position, "line": "12s7"}]}
    assert Presence.objects.count() == 2
    assert not Event.objects.exists()


def test_one_moves_on_and_fades(inspection, time_machine):
    one, other = user_of(inspection), user_of(inspection)
    time_machine.move_to(dt.datetime(2020, 12, 30, 5, tzinfo=dt.UTC), tick=False)
    presence.here(inspection, by=one, line="1")
    presence.here(inspection, by=one, line="2")
    assert [row.line for row in presence.here(inspection, by=other, line="")] == ["2"]

    time_machine.shift(61)

    assert presence.here(inspection, by=other, line="") == []


@pytest.mark.parametrize("line", ["x", "1s", "<script>", "1" * 30])
def test_an_odd_line_is_refused(client, inspection, line):
    client.force_login(user_of(inspection))

    assert client.post(reverse("inspections:here", args=[inspection.pk]), {"line": line}).status_code == 400


def test_it_takes_two_questions(inspection, django_assert_num_queries):
    user = user_of(inspection)
    for _ in range(3):
        presence.here(inspection, by=user_of(inspection), line="1")

    with django_assert_num_queries(2):
        assert len(presence.here(inspection, by=user, line="")) == 3
