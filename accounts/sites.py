from functools import update_wrapper

from allauth.account.internal.flows.logout import logout
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.requests import ask_to_sign_in

OUR_APPS = ["accounts", "contractors", "inspections", "reports", "audit"]  # in the order of the index


class SalpimAdminSite(AdminSite):
    """The stock admin, for 총괄 only; one signs in by the site's own pages, second factor included."""

    site_header = site_title = "살핌 관리"
    index_title = "관리 업무"
    site_url = "/"
    enable_nav_sidebar = True
    empty_value_display = "–"

    def has_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def admin_view(self, view, cacheable=False):
        """Whoever is signed in as somebody else learns that he may not, instead of being asked to sign in."""
        inner = super().admin_view(view, cacheable)

        def guarded(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def register(self, model_or_iterable, admin_class=None, **options):
        """Tables of libraries stay out: their pages would offer what our own pages do with an event."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        ours = [model for model in models if model._meta.app_label in OUR_APPS]
        super().register(ours, admin_class, **options)

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        if request.user.is_authenticated:
            return redirect("admin:index")
        return ask_to_sign_in(request, "account_login")

    def logout(self, request, extra_context=None):
        if request.method != "POST":
            return redirect("account_logout")
        logout(request)
        return redirect(resolve_url("account_login"))

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def password_change_done(self, request, extra_context=None):
        return redirect("admin:index")

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: OUR_APPS.index(app["app_label"]))
