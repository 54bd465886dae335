from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "수탁기관 누리집"
