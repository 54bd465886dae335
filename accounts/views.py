from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST


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
