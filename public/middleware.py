"""What every answer of the public site gets: how long it may be kept, and a page where Django gives none."""

from django.utils.cache import patch_cache_control

from config.middleware import telling_method

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


told_method = telling_method("public/405.html")
