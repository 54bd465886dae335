"""The project's settings for a benchmark: production's, on loopback, without the demo's `.env`."""

import os
from pathlib import Path

os.environ["READ_DOTENV"] = "False"
os.environ.setdefault("SECRET_KEY", "only-for-a-benchmark-" + "x" * 50)
os.environ["ALLOWED_HOSTS"] = "127.0.0.1"
os.environ["HTTPS"] = "False"
os.environ["VAR_DIR"] = str(Path(__file__).resolve().parent.parent / "var" / "bench")

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password here
