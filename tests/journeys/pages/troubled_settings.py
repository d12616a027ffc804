"""The demonstration in trouble: errors as visitors see them, and a search engine that does not answer."""

import os

os.environ["ELASTICSEARCH_URL"] = "http://127.0.0.1:1"

from config.settings.development import *  # noqa: F403

DEBUG = False
ROOT_URLCONF = "tests.journeys.pages.troubled_urls"
# Without DEBUG nobody else serves the static files from their source.
WHITENOISE_USE_FINDERS = True
