"""Production settings: the strict base. `development` and `test` relax them, each line with its reason.

Every value specific to a machine comes from the environment (table in README.md).
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from xstatic.pkg import leaflet_markercluster

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"

SECRET_KEY = env("SECRET_KEY")
SHORTEST_SECRET_KEY = 50
if len(SECRET_KEY) < SHORTEST_SECRET_KEY:
    raise ImproperlyConfigured(
        f"SECRET_KEY has {len(SECRET_KEY)} characters; it needs {SHORTEST_SECRET_KEY} or more. One to use: run "
        'python -c "import secrets; print(secrets.token_urlsafe(50))" and keep what it prints.'
    )
# Former keys: links signed with them work while listed.
SECRET_KEY_FALLBACKS = [key.strip() for key in env.list("SECRET_KEY_FALLBACKS", default=[]) if key.strip()]
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env("SITE_URL").rstrip("/")
# Number of trusted proxies in front of the site; 0 trusts none.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
# Listening address, for a system check: a loopback address implies a proxy.
BIND = env("BIND", default="127.0.0.1:8000")

INSTALLED_APPS = [
    "config",
    "pages",
    "implantation",
    "search",
    "properties",
    "territory",
    "foundation",
    "axes",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "phonenumber_field",
    "django_countries",
    "js_lib_leaflet",
    "lucide",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "foundation.lookalikes.WatchVisitors",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.FewParameters",
    "config.middleware.NoNullCharacter",
    "implantation.officers.middleware.SiteReports",
    "foundation.accounts.exports.RecordExports",
    # After authentication: its response replaces the sign-in page's.
    "axes.middleware.AxesMiddleware",
    # Last: an unanswered URL may be a page's former one.
    "pages.serving.redirects.PageRedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.serving.context_processors.chrome",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "territory.templatetags.atlas",
                "wagtail.templatetags.wagtailcore_tags",
            ],
        },
    }
]

# Data. SQLite is the embedded default; DATABASE_URL chooses PostgreSQL.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'territory.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Take the write lock at the start: a writer waits instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # 32 MB page cache instead of 2: an import and a rebuild of the text index revisit the same pages. mmap of 1 GB:
        # a full scan of a large table takes a fifth less.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
        " PRAGMA mmap_size=1073741824;",
    }

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}

# Elasticsearch nodes, comma-separated; empty means searches in the database. The prefix names the site's indices and
# synonym set.
ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_PREFIX = env("ELASTICSEARCH_PREFIX", default="premises")

# API rate limit per network and minute (a file counts ten times); 0 lifts the limit.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=120)

# Freshness of listings, in days: age of the last check at which the partner is asked (overridable per source), then
# days without an answer before a mark, and before withdrawal from the site.
FRESHNESS_DAYS = env.int("FRESHNESS_DAYS", default=60)
FRESHNESS_DAYS_BY_SOURCE = env("FRESHNESS_DAYS_BY_SOURCE", cast={"key": str, "value": int}, default={})
FRESHNESS_MARKED_AFTER = 10
FRESHNESS_GONE_AFTER = 30

# Mail
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 20  # seconds: a hanging mail server must not block the worker
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="Grand-Orly Seine Bièvre <ne-pas-repondre@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Languages: every public page exists in both.
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
WAGTAIL_I18N_ENABLED = True
# Translations start as drafts: by default they go live in the source language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
LOCALE_PATHS = [SITE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
# Third-party assets come from packages; derived ones (the font subset) are built into var/build.
STATICFILES_DIRS = [
    SITE_DIR / "static",
    BASE_DIR / "var" / "build",
    ("leaflet_markercluster", leaflet_markercluster.BASE_DIR),
]
MEDIA_URL = "/media/"
MEDIA_ROOT = env("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
# Documents stay outside the web server's folders: a collection may be private.
PRIVATE_ROOT = env("PRIVATE_ROOT", default=str(BASE_DIR / "var" / "private"))
STORAGES = {
    "default": {"BACKEND": "foundation.uploads.storage.UploadStorage"},
    "staticfiles": {"BACKEND": "config.staticfiles.ManifestStorage"},
}

# Accounts
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_HANDLER = "foundation.accounts.lockout.GrowingWaits"
AXES_CLIENT_IP_CALLABLE = "foundation.accounts.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "foundation.accounts.lockout.locked_response"
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "foundation.accounts.forms.ResetForm"
# Retention in days of sign-ins, exports and openings of enquiries (CNIL: six months to a year).
ACCESS_LOG_DAYS = 365
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# Transport
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editors' preview is a frame of the same site

# No third party, no inline script.
CONTENT_SECURITY_POLICY = {
    # The Wagtail admin runs inline scripts of its own; it is not reachable without an account.
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

# Wagtail
WAGTAIL_SITE_NAME = "Grand-Orly Seine Bièvre"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_PERMITTED_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# Documents are served by a view with a permission check on their collection; content must match the extension.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pages.uploads.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx", "odt", "ods"]
# Pictures are identified by content and stored as WebP, in every size. No SVG: an SVG may carry a script.
WAGTAILIMAGES_IMAGE_FORM_BASE = "pages.uploads.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"webp": "webp"}
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAIL_EMBED_FINDERS: list[dict[str, str]] = []
PHONENUMBER_DEFAULT_REGION = "FR"

# Personal data of an enquiry is anonymised this many years after the last contact (TERRITORY.md, CNIL practice).
ENQUIRY_RETENTION_YEARS = 3
# A request submitted faster was not typed by a person: quarantined until read by somebody.
ENQUIRY_FASTEST_SECONDS = 3

SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HTTPS on the domain's other hosts is their owner's decision
    "security.W021",  # HSTS preloading covers the whole domain for months: the same owner's decision
    "security.W019",  # the editors' preview is a frame of the same site
]
# No logger writes the token of a private link.
LOGGING_CONFIG = "config.masking.configure"
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # INFO would log every search.
    "loggers": {"elastic_transport": {"level": "WARNING"}},
}
