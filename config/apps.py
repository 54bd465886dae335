from django.apps import AppConfig
from django.core import checks

from config.checks import check_database, check_fonts


class SiteConfig(AppConfig):
    name = "config"
    verbose_name = "설정"

    def ready(self):
        checks.register(check_fonts)
        checks.register(check_database, checks.Tags.database)
