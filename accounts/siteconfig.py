from django.contrib.admin.apps import AdminConfig


class AdminSiteConfig(AdminConfig):
    """The stock admin with our site in it: in INSTALLED_APPS instead of django.contrib.admin."""

    default_site = "accounts.sites.SalpimAdminSite"
    verbose_name = "관리"
