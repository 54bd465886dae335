"""All settings, from the environment. Nothing set means production: key, hosts and database are required.

`make demo` writes a `.env` for a demonstration on this machine alone; docs/deploy.md lists the variables.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
MEBIBYTE = 1024 * 1024

# FileAwareEnv: SECRET_KEY may also come as SECRET_KEY_FILE, a file that only the service may read.
env = environ.FileAwareEnv()
if env.bool("READ_DOTENV", default=True):
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)  # lets the demo loader set the clock; only on a loopback address
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
HTTPS = env.bool("HTTPS", default=True)
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

if not SECRET_KEY or not ALLOWED_HOSTS:
    raise ImproperlyConfigured("SECRET_KEY and ALLOWED_HOSTS must not be empty.")
if (DEBUG or DEMO or not HTTPS) and not LOOPBACK.issuperset(ALLOWED_HOSTS):
    raise ImproperlyConfigured("DEBUG, DEMO and HTTPS=False are for loopback hosts only.")

INSTALLED_APPS = [
    "config",
    "accounts",
    "audit",
    "publications",
    "contractors",
    "inspections",
    "follow_up",
    "reports",
    "portal",
    "demo",
    "accounts.siteconfig.AdminSiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "simple_history",
]

MIDDLEWARE = [
    "config.middleware.request_id",
    "audit.middleware.client_ip",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.private_pages",
    "config.middleware.told_method",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.session_limits",
    "accounts.middleware.SignInRequired",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.storage_full.StorageFull",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "accounts.middleware.duties_first",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # templates are cached in every mode
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.navigation.navigation",
            ],
        },
    },
]

CRISPY_TEMPLATE_PACK = "krds"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["krds"]
CRISPY_FAIL_SILENTLY = False


# Database -------------------------------------------------------------------------------------------------

SQLITE = {
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        # Without these eight writers at once get "database is locked"; with them nobody does.
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-20000;"
            "PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
        ),
    },
}
POSTGRESQL = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}

DATABASES = {"default": env.db_url("DATABASE_URL")}
_engine = DATABASES["default"].get("ENGINE")
if _engine == "django.db.backends.sqlite3":
    DATABASES["default"] |= SQLITE
elif _engine == "django.db.backends.postgresql":
    DATABASES["default"] |= POSTGRESQL
else:
    raise ImproperlyConfigured("DATABASE_URL must be postgres://… or sqlite:///….")

# Where several machines serve the site: CACHE_URL=dbcache://cache, and `manage.py createcachetable` once.
CACHES = {
    "default": {"OPTIONS": {"MAX_ENTRIES": 10_000}} | env.cache_url("CACHE_URL", default="locmemcache://")
}


# People ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it answers only to refuse
    "accounts.backends.RoleBackend",
]
# "default": length counts. "public-sector": what Korean guidelines for public bodies ask.
PASSWORD_PROFILE = env.str("PASSWORD_PROFILE", default="default")
PASSWORD_RULES = {
    "default": {"NAME": "accounts.validators.LengthValidator", "OPTIONS": {"min_length": 10}},
    "public-sector": {
        "NAME": "accounts.validators.ClassesValidator",
        "OPTIONS": {"min_length": 9, "classes": 3},
    },
}
if PASSWORD_PROFILE not in PASSWORD_RULES:
    raise ImproperlyConfigured(f"PASSWORD_PROFILE must be one of {', '.join(PASSWORD_RULES)}.")
AUTH_PASSWORD_VALIDATORS = [
    PASSWORD_RULES[PASSWORD_PROFILE],
    {"NAME": "accounts.validators.SimilarityValidator"},
    {"NAME": "accounts.validators.CommonValidator"},
    {"NAME": "accounts.validators.KoreanWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 60 * 60

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[살핌] "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Wrong passwords are counted by axes. A whole city hall may stand behind one address at nine in the morning.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": "120/m/ip"}
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "살핌"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are entered by 총괄, not by their owners
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.SecondFactorForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
}
# Roles that must have a second factor, e.g. MFA_REQUIRED_ROLES=superintendent (docs/deploy.md advises it).
MFA_REQUIRED_ROLES = env.list("MFA_REQUIRED_ROLES", default=[])
USERSESSIONS_TRACK_ACTIVITY = False  # accounts.sessions does, with one write in half a minute

PROXY_COUNT = env.int("PROXY_COUNT", default=0)  # proxies of our own in front, that add to X-Forwarded-For
AXES_FAILURE_LIMIT = 5  # wrong passwords for one name from one address
SIGN_IN_FAILURES_OF_AN_ADDRESS = 20
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_HANDLER = "accounts.lockout.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "accounts.lockout.name_tried"
AXES_DISABLE_ACCESS_LOG = True  # the history has it
AXES_VERBOSE = False

SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=30)
SESSION_ABSOLUTE_HOURS = 12
if not 10 <= SESSION_IDLE_MINUTES <= 60:
    raise ImproperlyConfigured("SESSION_IDLE_MINUTES must be between 10 and 60.")
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True


# Headers and cookies --------------------------------------------------------------------------------------

# A `__Host-` name binds a cookie to this host and to HTTPS, so the http demo cannot use it.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
# A short message travels in a signed cookie: in the session it would cost two writes.
MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine itself, over http
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_PROXY", default=False):  # only if the proxy sets the header itself: see docs/deploy.md
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
    },
}


# Language and time ----------------------------------------------------------------------------------------

LANGUAGE_CODE = "ko-kr"
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True


# Files ----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Uploads have no URL: a view hands each one out to those who may see it.
MEDIA_ROOT = VAR_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.StaticStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# The fonts of the PDF never leave the server, and would take a minute to compress.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["ttf", "woff", "woff2", "png", "jpg", "gz", "br"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
UPLOAD_MAX_BYTES = 20 * MEBIBYTE  # of one file
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * MEBIBYTE  # of a request without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

SIMPLE_HISTORY_REVERT_DISABLED = True


# Papers ---------------------------------------------------------------------------------------------------

# A column that some cities print empty beside the approval line (Seoul: 시민); empty means none.
PAPER_BLANK_COLUMN = env.str("PAPER_BLANK_COLUMN", default="")
# What stands above a letter (행정기관명) and in whose name it goes out (발신명의).
ORGANISATION_NAME = env.str("ORGANISATION_NAME", default="")
ORGANISATION_SENDER = env.str("ORGANISATION_SENDER", default="")


# Mail and logs --------------------------------------------------------------------------------------------

vars().update(
    env.email_url("EMAIL_URL", default=f"filemail:///{VAR_DIR}/mail" if DEMO else "smtp://localhost:25")
)
MAIL_IN_BACKGROUND = True  # mail about accounts leaves in a thread, so that no answer waits for it
EMAIL_TIMEOUT = 10  # seconds: whoever signs waits for the mail server no longer
# Where the links in mails lead; behind a port or a path it has to be said.
SITE_URL = env.str(
    "SITE_URL", default=f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0].lstrip('.')}"
).rstrip("/")
# Where citizens read the published papers (config.public_settings serves them); empty where they do not yet.
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8001" if DEMO else "").rstrip("/")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("FROM_EMAIL", default=f"salpim@{ALLOWED_HOSTS[0].lstrip('.')}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would print each record a second time, and mail it.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "axes": {"level": "WARNING"},  # the history has who signed in
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
