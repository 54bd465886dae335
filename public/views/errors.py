"""What went wrong. The request is left out where it may be one that nothing can be asked about."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request, exception):
    return HttpResponse(render_to_string("public/400.html"), status=400)


def not_found(request, exception):
    return render(request, "public/404.html", status=404)


def server_error(request):
    page = render_to_string("public/500.html", {"request_id": getattr(request, "id", "")})
    return HttpResponse(page, status=500)
