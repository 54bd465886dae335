"""What a test with transaction=True leaves behind. The two run in either order, on either database."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction

from accounts.tests.factories import UserFactory
from audit.models import Event
from audit.recording import record
from contractors.models import SubjectKind

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.smoke]


@pytest.mark.parametrize("turn", [1, 2])
def test_codes_are_back_and_triggers_watch_again(turn):
    assert SubjectKind.objects.exists()
    assert ContentType.objects.exists()
    user = UserFactory()

    event = record("test", user, by=user)

    with pytest.raises(DatabaseError, match="event_is_never_deleted"), transaction.atomic():
        Event.objects.filter(pk=event.pk)._raw_delete(connection.alias)
