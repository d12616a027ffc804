"""A developer's or a newcomer's machine, on the loopback interface only."""

import os

# The strict base wants these from the environment; a local trial must start without any.
os.environ.setdefault("SECRET_KEY", "development-only-not-a-secret-development-only-not-a-secret")
os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")

from .base import *  # noqa: F403
from .base import BASE_DIR, INSTALLED_APPS, LOGGING, MIDDLEWARE, STORAGES, env

# Errors are shown where they happen.
DEBUG = env.bool("DEBUG", default=True)
# Except a wrong address: the demonstration answers it as the real site does.
MIDDLEWARE = [*MIDDLEWARE, "config.middleware.SameNotFound"]
# Every visitor of a developer's machine is one.
MIDDLEWARE.remove("foundation.lookalikes.WatchVisitors")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
# No certificate on the loopback interface.
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
# Files are served from their source, without collectstatic.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Mails are files one can open: no mail server is needed to live the whole story.
if "EMAIL_URL" not in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
# Two lines for each task would bury the addresses and logins that `make run` ends with.
LOGGING = LOGGING | {
    "handlers": LOGGING["handlers"] | {"trouble": {**LOGGING["handlers"]["console"], "level": "WARNING"}},
    "loggers": LOGGING["loggers"]
    | {
        name: {"handlers": ["trouble"], "propagate": False}
        for name in ("django_tasks", "django_tasks_db", "django.utils.autoreload")
    },
}
# The demonstration creates accounts with a known password: no other site has its command.
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
