from django.apps import AppConfig


class ContractorsConfig(AppConfig):
    name = "contractors"
    verbose_name = "수탁기관"
    default_auto_field = "django.db.models.BigAutoField"
