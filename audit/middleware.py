from accounts.addresses import client_address
from audit import recording


def client_ip(get_response):
    """Let the events of this request know where it came from."""

    def middleware(request):
        token = recording.client_ip.set(client_address(request))
        try:
            return get_response(request)
        finally:
            recording.client_ip.reset(token)

    return middleware
