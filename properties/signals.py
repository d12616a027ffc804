"""Signal of a change in the offering, decoupled from its receivers."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.dispatch import Signal

# Sent inside the transaction of the change; `ids`: primary keys of the properties added, changed or deleted.
offering_changed = Signal()

_gathered: ContextVar[set[int] | None] = ContextVar("gathered", default=None)


def tell(ids: Iterable[int]) -> None:
    """Send `offering_changed` for these properties now, or at the end of the surrounding `told_once`."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(ids)
    elif ids := sorted(set(ids)):
        offering_changed.send(sender=None, ids=ids)


@contextmanager
def told_once() -> Iterator[None]:
    """Coalesce the changes inside the block into one signal at its end, with stations and lots complete.

    Goes inside the transaction, so receivers write in the same transaction. Sends nothing if the block fails.
    """
    if _gathered.get() is not None:
        yield
        return
    gathered: set[int] = set()
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    tell(gathered)
