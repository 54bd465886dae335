from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "계정"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import sessions  # noqa: PLC0415 - reads models, which are not there before

        user_logged_in.connect(sessions.start_at_sign_in, dispatch_uid="accounts.sessions.start")
