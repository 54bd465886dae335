import shutil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template, render_to_string
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LEAST_FREE_DISK = 0.05


@login_not_required
@require_safe
@never_cache
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request):
    """The site can work: database there, migrations applied, room on the disk."""
    checks = {"database": _is_migrated(), "disk": _has_room()}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _is_migrated():
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _has_room():
    disk = shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR)
    return disk.free >= disk.total * LEAST_FREE_DISK


@login_not_required
@require_safe
def service_worker(request):
    """At the root, since a service worker sees no address above its own; it asks the network each time."""
    script = (settings.BASE_DIR / "static/js/sw.js").read_bytes()
    return HttpResponse(script, content_type="text/javascript")


@login_not_required
@require_safe
def favicon(request):
    """Browsers ask for it beside whatever is no page of ours: a PDF, a picture, an answer to a script."""
    return redirect(static("img/logo.svg"), permanent=True)


@require_safe
def offline(request):
    """What this device has kept for the way without a network; the script of the page fills it in."""
    return render(request, "offline.html")


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


def bad_request(request, exception):
    """Without the request in the page: it may be one that nothing can be asked about."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request):
    """Rendered without context processors: whatever broke the view would break them too."""
    page = get_template("500.html").render({"request_id": getattr(request, "id", "")})
    return HttpResponseServerError(page)
