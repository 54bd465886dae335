import io
import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

# Not setdefault: in an environment that names the office's settings it would serve the office to everybody.
os.environ["DJANGO_SETTINGS_MODULE"] = "config.public_settings"

application = get_wsgi_application()
call_command("check", stdout=io.StringIO())  # better not to start than to answer each page with an error
