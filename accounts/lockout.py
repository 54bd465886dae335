"""Who typed too many wrong passwords waits ten minutes: five for one name, twenty from one address."""

from math import ceil

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.addresses import client_address
from accounts.requests import is_by_script


class LockoutHandler(AxesDatabaseHandler):
    def get_failures(self, request, credentials=None):
        """The failures of this name from this address, or as many as those of the address are worth."""
        of_name, of_address = (
            attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(
            of_name, of_address * settings.AXES_FAILURE_LIMIT // settings.SIGN_IN_FAILURES_OF_AN_ADDRESS
        )

    def reset_user_attempts(self, request, credentials=None):
        """Signing in forgives the name only: else one good account would buy twenty tries at others."""
        of_name, _of_address = self.filter_user_attempts(request, credentials)
        return of_name.delete()[0]


def name_tried(request, credentials=None):
    """Django calls the field username, the form calls it login; upper or lower case makes no new name."""
    given = credentials or request.POST
    return (given.get("username") or given.get("login") or "").lower()


def locked_out(request, original_response=None, credentials=None):
    message = (
        f"비밀번호를 여러 번 틀려 잠시 잠갔습니다. {_minutes_left(request)}분 뒤에 다시 로그인해 주세요."
    )
    if is_by_script(request):
        return JsonResponse({"message": message}, status=429)
    return render(request, "429.html", {"message": message, "is_lockout": True}, status=429)


def _minutes_left(request):
    attempts = AccessAttempt.objects.filter(ip_address=client_address(request)).order_by("-attempt_time")
    last = attempts.values_list("attempt_time", flat=True).first() or timezone.now()
    left = last + settings.AXES_COOLOFF_TIME - timezone.now()
    return max(1, ceil(left.total_seconds() / 60))
