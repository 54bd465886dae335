from django.urls import path, register_converter

from public import keys
from public.views import about, browse, data, document, documents, feeds, files, home, sitemaps

register_converter(keys.Key, "key")
register_converter(keys.Order, "order")

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", about.about, name="about"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<key:pk>/", document.document, name="document"),
    path("documents/<key:pk>/document.pdf", files.pdf, name="document_pdf"),
    path("documents/<key:pk>/document.txt", files.text, name="document_text"),
    path("documents/<key:pk>/document.json", files.json, name="document_json"),
    path("documents/<key:pk>/attachments/<order:order>/", document.attachment, name="attachment"),
    path("documents/<key:pk>/attachments/<order:order>.pdf", files.attachment, name="attachment_pdf"),
    path("documents/<key:pk>/pictures/<slug:sha256>.jpg", files.picture, name="picture"),
    path("browse/contractors/", browse.contractors, name="contractors"),
    path("feed.atom", feeds.atom, name="atom"),
    path("feed.rss", feeds.rss, name="rss"),
    path("api/documents.json", data.documents, name="api"),
    path("schema/document.json", data.document_schema, name="document_schema"),
    path("schema/documents.json", data.documents_schema, name="documents_schema"),
    path("catalog.jsonld", data.catalog, name="catalog"),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap"),
    path("robots.txt", about.robots, name="robots"),
]
