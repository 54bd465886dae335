import io
import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.public_settings")

application = get_wsgi_application()
call_command("check", stdout=io.StringIO())  # better not to start than to answer each page with an error
