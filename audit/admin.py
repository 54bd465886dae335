from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from audit import labels
from audit.models import Event
from audit.recording import broken_links


class ActionFilter(admin.SimpleListFilter):
    title = "행위"
    parameter_name = "action"

    def lookups(self, request, model_admin):
        used = Event.objects.order_by("action").values_list("action", flat=True).distinct()
        return sorted(((action, labels.action_text(action)) for action in used), key=lambda one: one[1])

    def queryset(self, request, queryset):
        return queryset.filter(action=self.value()) if self.value() else queryset


class ObjectFilter(admin.SimpleListFilter):
    title = "대상 종류"
    parameter_name = "object_type"

    def lookups(self, request, model_admin):
        used = Event.objects.order_by("object_type").values_list("object_type", flat=True).distinct()
        return sorted(((kind, labels.type_text(kind)) for kind in used), key=lambda one: one[1])

    def queryset(self, request, queryset):
        return queryset.filter(object_type=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    """Read-only: the history is evidence, and the database would refuse a change anyway."""

    actions = None
    list_display = ["at", "who", "what", "kind", "label", "ip"]
    list_filter = [ActionFilter, ObjectFilter, "at"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["actor_name", "label"]
    search_help_text = "사람이나 대상의 이름으로 찾습니다."
    fields = ["at", "who", "ip", "what", "kind", "label", "details", "seq", "hash"]
    readonly_fields = fields
    change_list_template = "admin/audit/event/change_list.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.verify_view)
        return [path("verify/", view, name="audit_event_verify"), *super().get_urls()]

    def verify_view(self, request):
        """Read all chains and say whether one was changed, cut or put in another order."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return require_safe(self._verified)(request)

    def _verified(self, request):
        context = {
            "title": "이력 검증",
            "opts": self.opts,
            "count": Event.objects.count(),
            "problems": broken_links(),
        } | self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/audit/event/verify.html", context)

    @admin.display(description="한 사람", ordering="actor_name")
    def who(self, event):
        return event.actor_name or "–"

    @admin.display(description="행위", ordering="action")
    def what(self, event):
        return labels.action_text(event.action)

    @admin.display(description="대상 종류", ordering="object_type")
    def kind(self, event):
        return labels.type_text(event.object_type)

    @admin.display(description="내용")
    def details(self, event):
        rows = labels.detail_rows(event)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", rows)) if rows else "–"
