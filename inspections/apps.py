from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = "지도점검"
    default_auto_field = "django.db.models.BigAutoField"
