"""How often one address may ask for what costs much: searching, downloads, machine-readable lists.

Counted in Django's cache, which here is the memory of each process: with two processes an address gets up to
twice as much. That is enough against a script gone wild; a flood is for the proxy in front.
Pages of documents and static files are not counted.
"""

import time
from ipaddress import ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.template.loader import render_to_string

from accounts.addresses import client_address

NETWORK = 64  # bits of an IPv6 address that one customer of a provider has to himself


def limited(group):
    """Count the requests of this view in a group of PUBLIC_LIMITS."""

    def mark(view):
        view.limit = group
        return view

    return mark


class Limits:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        group = getattr(view, "limit", None)
        if group is None:
            return None
        wait = _wait(group, _sender(request), time.time())
        return _refusal(wait) if wait else None


def _wait(group, sender, now):
    """Count this request; the seconds until the next may come, 0 if this one may.

    The shorter time comes first: what it refuses is not counted for the day.
    """
    for most, seconds in settings.PUBLIC_LIMITS[group]:
        window = int(now // seconds)
        if _count(f"{group}:{seconds}:{window}:{sender}", seconds) > most:
            return int((window + 1) * seconds - now) + 1
    return 0


def _count(key, seconds):
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:  # pushed out of the cache in between
        return 1


def _sender(request):
    address = client_address(request)
    if address and ":" in address:
        return str(ip_network((address, NETWORK), strict=False))
    return address


def _refusal(wait):
    page = render_to_string("public/429.html", {"minutes": -(-wait // 60)})
    return HttpResponse(page, status=429, headers={"Retry-After": str(wait)})
