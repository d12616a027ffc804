"""What search does when the offering changes, inside the transaction of the change."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from properties.signals import offering_changed
from search.services import index


@receiver(offering_changed, dispatch_uid="search.database_index")
def keep_index(*, ids: Iterable[int], **kwargs: Any) -> None:
    """What is searched of a property is right as soon as its change is committed."""
    index(ids=ids)
