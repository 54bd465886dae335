"""How a request is told that its user must sign in (again)."""

from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

SESSION_OVER = "로그인이 끝났습니다. 다시 로그인해 주세요. 적던 내용은 이 화면에 그대로 있습니다."


def is_by_script(request):
    """Sent by fetch or htmx: a redirect to the sign-in page would arrive as if it were the answer."""
    return (
        request.headers.get("X-Requested-With") in ("fetch", "XMLHttpRequest")
        or request.headers.get("HX-Request") == "true"
        or request.headers.get("Accept", "").startswith("application/json")
    )


def ask_to_sign_in(request, login_url):
    if is_by_script(request):
        return JsonResponse({"message": SESSION_OVER, "login_url": resolve_url(login_url)}, status=401)
    return redirect_to_login(_page_to_return_to(request), resolve_url(login_url))


def _page_to_return_to(request):
    """The page asked for; of a form that was sent, the page it stood on, since an action cannot be opened."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return resolve_url("/")
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
