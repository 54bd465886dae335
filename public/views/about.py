from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def about(request):
    return render(request, "public/about.html", {"limits": settings.PUBLIC_LIMITS})


@require_safe
def robots(request):
    """Documents may be found by search engines; our own searches are endless and hold nothing else."""
    sitemap = request.build_absolute_uri(reverse("public:sitemap_index"))
    lines = ["User-agent: *", "Disallow: /documents/?", "Disallow: /api/", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
