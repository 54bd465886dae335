from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from accounts import chronicle, sessions
from accounts.duties import duty_of
from accounts.requests import ask_to_sign_in, is_by_script

WENT_TO_SLEEP = "오래 쓰지 않아 로그아웃했습니다. 다시 로그인하면 보던 화면으로 돌아갑니다."


class SignInRequired(LoginRequiredMiddleware):
    def handle_no_permission(self, request, view_func):
        return ask_to_sign_in(request, self.get_login_url(view_func))


def session_limits(get_response):
    """End a session that was idle or signed in for too long."""

    def middleware(request):
        if request.user.is_authenticated:
            if sessions.is_over(request.session):
                return _end_session(request)
            sessions.touch(request.session)
        return get_response(request)

    return middleware


def _end_session(request):
    chronicle.tell("end_session", request.user, by=request.user)
    logout(request)
    if not is_by_script(request):
        messages.warning(request, WENT_TO_SLEEP)
    return ask_to_sign_in(request, settings.LOGIN_URL)


def duties_first(get_response):
    """Whoever has a first password to change or a second factor to set up does that before all else."""

    def middleware(request):
        duty = duty_of(request) if request.user.is_authenticated else None
        if duty is None or _url_name(request) in duty.pages:
            return get_response(request)
        if is_by_script(request):
            return JsonResponse({"message": duty.message}, status=403)
        messages.warning(request, duty.message)
        return redirect(duty.pages[0])

    return middleware


def _url_name(request):
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return None
