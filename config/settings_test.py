"""The settings of the test run: production settings, a database in memory, a cheap password hasher."""

import os
import tempfile

os.environ["READ_DOTENV"] = "False"
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
os.environ["ALLOWED_HOSTS"] = "localhost,127.0.0.1"
os.environ["HTTPS"] = "False"
os.environ["DEBUG"] = "False"
os.environ["DEMO"] = "False"
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from config.settings import *  # noqa: F403
from config.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_IN_BACKGROUND = False

_files = tempfile.TemporaryDirectory(prefix="salpim-test-files-")  # removed with the process
MEDIA_ROOT = _files.name

# No manifest: tests run without collectstatic.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
