"""What search does when the offering changes, inside the transaction of the change."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from properties.signals import offering_changed
from search.services import index_texts


@receiver(offering_changed, dispatch_uid="search.text_index")
def keep_text_index(*, ids: Iterable[int], **kwargs: Any) -> None:
    """The words of a property are right as soon as its change is committed."""
    index_texts(ids=ids)
