"""The main navigation: which entries a user sees, and which of them is the present page."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_urlconf, reverse

OFFICE = {"inspector", "approver", "superintendent", "viewer"}


@dataclass(frozen=True)
class Entry:
    label: str
    icon: str
    url_name: str
    roles: frozenset


@dataclass(frozen=True)
class Shown:
    label: str
    icon: str
    url: str
    is_current: bool


ENTRIES = [
    Entry("내 업무", "home", "home", frozenset(OFFICE)),
    Entry("지금 할 일", "home", "portal:home", frozenset({"contractor"})),
    Entry("받은 문서", "document", "portal:letter_list", frozenset({"contractor"})),
    Entry("조치", "check", "portal:action_list", frozenset({"contractor"})),
    Entry("점검 회차", "calendar", "inspections:period_list", frozenset(OFFICE)),
    Entry("점검", "clipboard", "inspections:list", frozenset(OFFICE)),
    Entry("조치", "check", "follow_up:list", frozenset(OFFICE)),
    Entry("문서", "document", "reports:document_list", frozenset(OFFICE)),
    Entry("결재함", "stamp", "reports:approval_list", frozenset(OFFICE - {"viewer"})),
    Entry("공개", "people", "reports:disclosure_list", frozenset(OFFICE)),
    Entry("관리", "gear", "admin:index", frozenset({"superintendent"})),
]


def navigation(request):
    """Context processor: the entries of the signed-in user, and when the session will end."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "navigation": _drawn(*entries_for(user, request.path)),
        "idle_seconds": settings.SESSION_IDLE_MINUTES * 60,
        "keep_session_url": _url("keep_session", get_urlconf()),
    }


def entries_for(user, path):
    urlconf = get_urlconf()
    mine = [(entry, _url(entry.url_name, urlconf)) for entry in ENTRIES if _may_see(user, entry)]
    shown = [(entry, url) for entry, url in mine if url]
    current = max((url for _, url in shown if _is_below(path, url)), key=len, default=None)
    return [Shown(entry.label, entry.icon, url, url == current) for entry, url in shown]


def _may_see(user, entry):
    return user.role in entry.roles or (user.is_superuser and "superintendent" in entry.roles)


def _is_below(path, url):
    return path == url or (url != "/" and path.startswith(url))


@lru_cache(maxsize=256)
def _drawn(*entries):
    """There are few roles and few entries, so the same few navigations stand on every page."""
    return render_to_string("includes/site_nav.html", {"entries": entries})


@lru_cache(maxsize=64)
def _url(name, urlconf):
    """None for a page that this site does not have, so that its entry is left out."""
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return None
