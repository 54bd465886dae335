from django.contrib import admin
from django.urls import include, path

from config import views
from reports.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("offline/", views.offline, name="offline"),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("contractors/", include("contractors.urls")),
    path("inspections/", include("inspections.urls")),
    path("follow-up/", include("follow_up.urls")),
    path("reports/", include("reports.urls")),
    path("portal/", include("portal.urls")),
    path("audit/", include("audit.urls")),
]

handler400 = "config.views.bad_request"

handler500 = "config.views.server_error"
