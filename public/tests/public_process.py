"""The public site as it is run: a process with config.public_settings and nothing of the tests around it."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FIXED = {
    "READ_DOTENV": "False",
    "SECRET_KEY": "Zk3vT8qLw2nRx7bYc5hJd9mPf4sGa6tUe1iOo0pQlKjHgFdSaZxCvBnM",
    "ALLOWED_HOSTS": "localhost",
    "HTTPS": "False",
}
STATIC = """
from django.conf import settings
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.WHITENOISE_AUTOREFRESH = True
"""
VISIT = f"""
import django, json, sys
django.setup()
{STATIC}
from django.test import Client
client = Client(headers={{"host": "localhost"}})
answers = {{path: client.get(path) for path in sys.argv[1:]}}
print(json.dumps({{path: [each.status_code, list(each.cookies), each.headers.get("Vary")]
                  for path, each in answers.items()}}))
"""


def run(code, *arguments, settings="config.public_settings", **environment):
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=inherited | FIXED | {"DJANGO_SETTINGS_MODULE": settings} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def answers(code, *arguments, **environment):
    """What the code printed last, as JSON."""
    done = run(code, *arguments, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
