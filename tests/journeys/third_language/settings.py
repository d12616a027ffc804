"""The development settings with a language more: that is all that one takes."""

import os

from config.settings.development import *  # noqa: F403
from config.settings.development import LANGUAGES, LOCALE_PATHS, WAGTAILADMIN_PERMITTED_LANGUAGES

LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [*LANGUAGES, ("de", "⟦Deutsch⟧")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [*WAGTAILADMIN_PERMITTED_LANGUAGES, ("de", "Deutsch")]
LOCALE_PATHS = [os.environ["THIRD_LOCALE"], *LOCALE_PATHS]
