from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe


@require_safe
def session_ready(request):
    """Is the server there, who is signed in, and a token that is good for the next save."""
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})


@require_POST
def keep_session(request):
    """The user says that he is still there; the middleware has noted it."""
    return HttpResponse(status=204)


@require_POST
def end_session(request, pk):
    """Sign out another browser of one's own."""
    session = get_object_or_404(UserSession, user=request.user, pk=pk)
    if session.session_key == request.session.session_key:
        messages.error(request, "지금 쓰는 접속은 로그아웃 단추로 끝냅니다.")
    else:
        session.end()
        messages.success(request, "그 접속을 끝냈습니다.")
    return redirect("usersessions_list")
