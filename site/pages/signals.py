"""Keep the source of a translation up to date when its page is published, and a moved page in its language."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import page_published, pre_page_move
from wagtail_localize.models import TranslationSource

from pages.models.base import refuse_other_language


def refresh_translation_source(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A changed paragraph makes the translation incomplete at once; its live page is not touched."""
    source = TranslationSource.objects.get_for_instance_or_none(instance)
    if source is not None:
        source.update_from_db()


def refuse_move(sender: type[Page], instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Refuse a move to another language's tree by code that asks no permission."""
    refuse_other_language(instance, parent_page_after)


def connect() -> None:
    pre_page_move.connect(refuse_move, dispatch_uid="pages.refuse_move")
    page_published.connect(refresh_translation_source, dispatch_uid="pages.refresh_translation_source")
