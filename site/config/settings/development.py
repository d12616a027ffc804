"""Settings of a developer's or newcomer's machine, on the loopback interface only."""

import os

# Required by the strict base; a local trial must start without an environment.
os.environ.setdefault("SECRET_KEY", "development-only-not-a-secret-development-only-not-a-secret")
os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")

from .base import *  # noqa: F403
from .base import BASE_DIR, INSTALLED_APPS, LOGGING, MIDDLEWARE, STORAGES, env

# Show tracebacks in the browser.
DEBUG = env.bool("DEBUG", default=True)
# Except 404s: the demonstration answers them as the real site does.
MIDDLEWARE = [*MIDDLEWARE, "config.middleware.SameNotFound"]
# All requests come from one loopback address, which the middleware would report as a proxy.
MIDDLEWARE.remove("foundation.lookalikes.WatchVisitors")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
# No certificate on the loopback interface.
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
# Files are served from their source, without collectstatic.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Mails are written to files: the whole story works without a mail server.
if "EMAIL_URL" not in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
# Two lines per task would bury the URLs and logins printed by `make run`.
LOGGING = LOGGING | {
    "handlers": LOGGING["handlers"] | {"trouble": {**LOGGING["handlers"]["console"], "level": "WARNING"}},
    "loggers": LOGGING["loggers"]
    | {
        name: {"handlers": ["trouble"], "propagate": False}
        for name in ("django_tasks", "django_tasks_db", "django.utils.autoreload")
    },
}
# Only here: the demonstration creates accounts with a known password.
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
