"""Settings of the public site: a process of its own, with few apps, no cookies and a database it only reads.

They are the office's but for what stands here. Where PUBLIC_DATABASE_URL is set, the process does not keep
how the office reaches its database.
"""

import os
from pathlib import Path

import environ

env = environ.FileAwareEnv()
if env.bool("READ_DOTENV", default=True):
    env.read_env(Path(__file__).resolve().parent.parent / ".env")
if _url := env.str("PUBLIC_DATABASE_URL", default=""):
    os.environ.pop("DATABASE_URL_FILE", None)
    os.environ["DATABASE_URL"] = _url

from config import settings as office  # noqa: E402
from config.settings import *  # noqa: E402, F403

INSTALLED_APPS = [
    "config",
    "publications",
    "public",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
]

MIDDLEWARE = [
    "config.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.headers",
    "public.middleware.bodiless_head",
    "public.middleware.cacheable",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "public.middleware.told_method",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "public.limits.Limits",
]

ROOT_URLCONF = "config.public_urls"
WSGI_APPLICATION = "config.public_wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [office.BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "public.context.site"],
            "libraries": {
                "frame": "accounts.templatetags.frame",
                "korean": "accounts.templatetags.korean",
            },
        },
    },
]

# What may be read is decided by the role of the database (manage.py grant_public_role); this is a second net.
_database = office.DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _options = {"timeout": 20, "init_command": "PRAGMA query_only=ON;PRAGMA mmap_size=134217728;"}
else:
    _session = "-c default_transaction_read_only=on -c statement_timeout=15s"
    _options = {**_database.get("OPTIONS", {}), "options": _session}
DATABASES = {"default": {**_database, "OPTIONS": _options}}

# Not CACHE_URL: a cache in the database would have to be written. Each process counts for itself.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "public",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# How often one address may ask, as (requests, seconds): public.limits.
PUBLIC_LIMITS = {
    "search": [(env.int("PUBLIC_SEARCHES_A_MINUTE", default=60), 60)],
    "download": [
        (env.int("PUBLIC_DOWNLOADS_A_MINUTE", default=60), 60),
        (env.int("PUBLIC_DOWNLOADS_A_DAY", default=2000), 24 * 3600),
    ],
    "data": [(env.int("PUBLIC_DATA_A_MINUTE", default=60), 60)],
}

# What citizens and robots ask wrongly is in the proxy's log; here stands only what went wrong with us.
LOGGING = {
    **office.LOGGING,
    "loggers": {
        **office.LOGGING["loggers"],
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

# No accounts, no mail, no sessions: what the office's settings name for them is not there.
AUTHENTICATION_BACKENDS = []
SECURE_REDIRECT_EXEMPT = []
SILENCED_SYSTEM_CHECKS = ["security.W003"]  # no CSRF protection: there is nothing to send
