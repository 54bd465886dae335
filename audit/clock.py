"""The one clock of all services.

Only the demo loader may set it, and only in a demo: an official act carries the moment it happened.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

_set_to = ContextVar("clock_set_to", default=None)


def now():
    """The present moment, aware."""
    return _set_to.get() or timezone.now()


def today():
    """The present date in Seoul."""
    return timezone.localdate(now())


@contextmanager
def set_to(moment):
    """Let the services of this block believe it is `moment`. Refused outside a demo."""
    if not settings.DEMO:
        raise ImproperlyConfigured("시계는 시연 환경에서만 바꿀 수 있습니다. (DEMO=True)")
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
