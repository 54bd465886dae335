"""How long a session lives: so long without a request, so long in all."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone

STARTED, SEEN = "started_at", "seen_at"
WRITE_EVERY = 30  # seconds: not every request costs a write


def start(request):
    """Note the time of the sign-in."""
    request.session[STARTED] = request.session[SEEN] = _now()


def start_at_sign_in(sender, request, user, **kwargs):
    """Listens to Django, so that a session has its times whoever signs in and however."""
    start(request)


def is_over(session):
    now = _now()
    idle = now - session.get(SEEN, 0)
    age = now - session.get(STARTED, 0)
    return idle > settings.SESSION_IDLE_MINUTES * 60 or age > settings.SESSION_ABSOLUTE_HOURS * 3600


def touch(session):
    """Note that the user is still there."""
    now = _now()
    if now - session[SEEN] >= WRITE_EVERY:
        session[SEEN] = now
        UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())


def end_all(user, *, but=None):
    """Sign the user out everywhere, but for the session with the key `but`. Says how many were ended."""
    mine = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    for session in mine:
        session.end()
    return len(mine)


def _now():
    return int(timezone.now().timestamp())
