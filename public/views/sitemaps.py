from django.contrib.sitemaps import views
from django.views.decorators.http import require_safe

from public.limits import limited
from public.sitemaps import SECTIONS


@limited("data")
@require_safe
def index(request):
    return views.index(request, SECTIONS, "public/sitemap_index.xml", sitemap_url_name="public:sitemap")


@limited("data")
@require_safe
def section(request, section):
    return views.sitemap(request, SECTIONS, section, "public/sitemap.xml")
