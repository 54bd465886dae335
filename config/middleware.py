import uuid
from functools import cache

from django.template.loader import render_to_string

from config.logs import current_request_id

CLOSED_FEATURES = ["camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb"]


def request_id(get_response):
    """Number each request, for the log and for the error page that a user reads out on the telephone."""

    def middleware(request):
        request.id = uuid.uuid4().hex[:12]
        token = current_request_id.set(request.id)
        try:
            response = get_response(request)
        finally:
            current_request_id.reset(token)
        response.headers["X-Request-ID"] = request.id
        return response

    return middleware


def headers(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", _policy(getattr(response, "opened_features", ())))
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


@cache
def _policy(opened):
    """All features closed but those that a view has opened for its page: `response.opened_features`."""
    return ", ".join(f"{feature}={'(self)' if feature in opened else '()'}" for feature in CLOSED_FEATURES)


def private_pages(get_response):
    """What somebody signed in has seen must not stay in a cache for the next one at this desk."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def telling_method(template):
    """An action opened as an address: of an empty answer a browser makes an English error page."""

    def made(get_response):
        def middleware(request):
            response = get_response(request)
            if response.status_code == 405 and not response.content:
                response.content = render_to_string(template)
            return response

        return middleware

    return made


told_method = telling_method("405.html")
