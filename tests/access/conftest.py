import logging

import pytest
from django.test import Client

from tests.access import objects
from tests.access.world import signed_in, undone


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for all tests of a module; each question to it is taken back."""
    refusals = logging.getLogger("django.request")
    with django_db_blocker.unblock(), undone():
        world = objects.build()
        world.cookies = {role: signed_in(user) for role, user in world.users.items()}
        world.handler = Client(raise_request_exception=False).handler
        refusals.disabled = True  # hundreds of lines about what the tests ask for
        yield world
        refusals.disabled = False


@pytest.fixture
def taken_back(world):
    """For a test that writes: undone at its end."""
    with undone():
        yield world
