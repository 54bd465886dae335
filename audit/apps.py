from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "이력"
    default_auto_field = "django.db.models.BigAutoField"
