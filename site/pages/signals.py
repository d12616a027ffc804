"""Keeps the source of a translation up to date when its page is published."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.models import TranslationSource


def refresh_translation_source(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A changed paragraph makes the translation incomplete at once; its live page is not touched."""
    source = TranslationSource.objects.get_for_instance_or_none(instance)
    if source is not None:
        source.update_from_db()


def connect() -> None:
    page_published.connect(refresh_translation_source, dispatch_uid="pages.refresh_translation_source")
