"""All addresses for search engines, in sections small enough to be made in a moment."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from publications.models import PublicEdition

SECTION = 5000


class Pages(Sitemap):
    def items(self):
        return ["home", "documents", "contractors", "about"]

    def location(self, name):
        return reverse(f"public:{name}")


class Documents(Sitemap):
    limit = SECTION

    def items(self):
        return PublicEdition.objects.shown().order_by("pk").values_list("pk", "changed_at")

    def location(self, item):
        return reverse("public:document", args=[item[0]])

    def lastmod(self, item):
        return item[1]

    def get_latest_lastmod(self):
        newest = PublicEdition.objects.order_by("-changed_at", "-pk").values_list("changed_at", flat=True)
        return newest.first()


SECTIONS = {"pages": Pages, "documents": Documents}
