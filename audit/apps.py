from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "이력"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import chronicle  # noqa: PLC0415 - recording reads models, which are not there before
        from audit.recording import record  # noqa: PLC0415

        chronicle.write_with(record)
