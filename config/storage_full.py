import errno
import logging

from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string

from accounts.requests import is_by_script

log = logging.getLogger(__name__)

FULL = "서버에 남은 공간이 없어 저장하지 못했습니다. 시스템 담당자에게 알려 주세요."
DISK_FULL = "53100"  # of PostgreSQL


class StorageFull:
    """No room on the disk or in the database: what was begun is rolled back, and the user is told why."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not _is_full(exception):
            return None
        log.critical("no space left: %s", exception)
        if is_by_script(request):
            return JsonResponse({"message": FULL}, status=507)
        return HttpResponse(render_to_string("507.html", {"request_id": request.id}), status=507)


def _is_full(exception):
    if isinstance(exception, OSError):
        return exception.errno in (errno.ENOSPC, errno.EDQUOT)
    if not isinstance(exception, OperationalError):
        return False
    return getattr(exception.__cause__, "pgcode", None) == DISK_FULL or "disk is full" in str(exception)
