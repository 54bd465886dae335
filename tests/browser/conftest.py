import pytest

from accounts.tests.factories import UserFactory
from tests.browser.wire import Wire


@pytest.fixture
def inspector(inspection):
    """Of the office of the module's inspection."""
    return UserFactory(department=inspection.department)


@pytest.fixture
def wire(live_server):
    """Between the browser and the test server; windows have to be opened with `base_url=wire.url`."""
    wire = Wire(live_server.url)
    yield wire
    wire.close()
