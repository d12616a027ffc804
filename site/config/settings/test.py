"""Settings of the test suite; DATABASE_URL chooses the database, as everywhere."""

import os

os.environ["SECRET_KEY"] = "test-only-not-a-secret-test-only-not-a-secret-test-only"
os.environ["SITE_URL"] = "https://territory.example"

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, STORAGES

ALLOWED_HOSTS = ["*"]
# The test client speaks plain HTTP.
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# A manifest would need collectstatic before every run.
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Fast hashing: password strength is not under test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests read mails from memory.
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Off by default; Elasticsearch tests set TEST_ELASTICSEARCH_URL (tests/search/elastic/conftest.py).
ELASTICSEARCH_URL = ""
# The demonstration is tested.
INSTALLED_APPS = ["demo", *INSTALLED_APPS]
