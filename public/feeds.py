"""The newest changes as Atom and RSS, of all or of one department."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from public import licence
from public.asking import text_of
from publications.models import PublicEdition

NEWEST = 30


class Changes(Feed):
    feed_copyright = f"{licence.NAME} {licence.URL}"
    language = "ko"

    def __init__(self, feed_type, name):
        self.feed_type, self.name = feed_type, name

    def get_object(self, request):
        return text_of(request.GET, "department")

    def title(self, department):
        return " ".join(filter(None, [settings.ORGANISATION_NAME, department, "지도·점검 결과 공개"]))

    subtitle = description = "새로 공개하거나 바뀐 지도·점검 결과"

    def link(self, department):
        return reverse("public:documents")

    def feed_url(self, department):
        return reverse(self.name)

    def items(self, department):
        shown = PublicEdition.objects.shown().order_by("-changed_at", "-pk")
        return (shown.filter(department=department) if department else shown)[:NEWEST]

    def item_title(self, edition):
        return edition.title

    def item_description(self, edition):
        return f"{edition.organisation} {edition.department} {edition.number} {edition.disclosure}".strip()

    def item_link(self, edition):
        return reverse("public:document", args=[edition.pk])

    def item_updateddate(self, edition):
        return edition.changed_at

    def item_categories(self, edition):
        return [edition.classification] if edition.classification else []


ATOM = Changes(Atom1Feed, "public:atom")
RSS = Changes(Rss201rev2Feed, "public:rss")
