from ipaddress import ip_address

from django.conf import settings


def client_address(request):
    """The address a request came from, or None.

    Behind PROXY_COUNT proxies of ours it is that entry of X-Forwarded-For counted from the right: what
    stands further left was written by whoever sent the request.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.PROXY_COUNT <= len(forwarded):
        address = forwarded[-settings.PROXY_COUNT].strip()
    else:
        address = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(address))
    except ValueError:
        return None
