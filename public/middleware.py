"""What every answer of the public site gets: how long it may be kept, and a page where Django gives none."""

from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

SECONDS = 300
KEPT = {200, 301, 304, 410}


def cacheable(get_response):
    """Nothing here depends on who asks, so caches may keep it for a while. Troubles are told anew."""

    def middleware(request):
        response = get_response(request)
        if response.status_code not in KEPT:
            response.headers["Cache-Control"] = "no-store"
        elif "Cache-Control" not in response.headers:
            patch_cache_control(response, public=True, max_age=SECONDS, must_revalidate=True)
        return response

    return middleware


def bodiless_head(get_response):
    """HEAD tells how long the answer would be and brings none; gunicorn would complain of each."""

    def middleware(request):
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return middleware


def told_method(get_response):
    """Of an empty answer to POST a browser would make an English error page."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render_to_string("public/405.html")
        return response

    return middleware
