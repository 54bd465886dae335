"""The project's pages, and the list of contractors in a bare ModelAdmin to compare ours with."""

from django.contrib import admin
from django.db.models import Count
from django.urls import path

from config.urls import *  # noqa: F403
from config.urls import urlpatterns as project
from contractors.models import Contractor


class BareAdmin(admin.ModelAdmin):
    """The same columns and filter, nothing of ours."""

    list_display = ["name", "legal_form", "business_number", "phone", "running_count", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name"]
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(running_count=Count("agreements"))

    def running_count(self, obj):
        return obj.running_count


bare = admin.AdminSite(name="bare")
bare.register(Contractor, BareAdmin)

urlpatterns = [path("bare/", bare.urls), *project]
