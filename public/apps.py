from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "public"
    verbose_name = "공개 누리집"
