"""The addresses of the public site. They are cited in papers and articles: none of them may ever change."""

from django.urls import include, path

urlpatterns = [path("", include("public.urls"))]

handler400 = "public.views.errors.bad_request"
handler404 = "public.views.errors.not_found"
handler500 = "public.views.errors.server_error"
