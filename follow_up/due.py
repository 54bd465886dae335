"""What time itself brings about; `manage.py run_due` does it, as often as one likes."""

import logging

from audit import clock
from follow_up import acting, reminding
from inspections.models import Action

logger = logging.getLogger(__name__)


def wake_accepted():
    """Demands that were put off until a day that is over; returns how many."""
    today = clock.today()
    over = Action.objects.filter(status=Action.Status.ACCEPTED, accepted_until__lt=today)
    return sum(acting.wake(action, today=today) for action in over.order_by("inspection", "pk"))


# In this order: what wakes up may be due at once.
STEPS = [
    ("미룬 조치 다시 요구", wake_accepted),
    ("기한 알림", reminding.remind),
    ("알림 메일", reminding.send_digests),
]


def run():
    """(name, count or None if it failed) of each step: one that fails does not hold up the others."""
    return [(name, _tried(name, step)) for name, step in STEPS]


def _tried(name, step):
    try:
        return step()
    except Exception:
        logger.exception("run_due: %s", name)
        return None
