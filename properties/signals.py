"""What the offering tells whoever listens, without knowing who does."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.dispatch import Signal

# Sent inside the transaction of the change, with `ids`: the primary keys of the properties added, changed or deleted.
offering_changed = Signal()

_gathered: ContextVar[set[int] | None] = ContextVar("gathered", default=None)


def tell(ids: Iterable[int]) -> None:
    """These properties changed: told now, or once with everything else at the end of `told_once`."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(ids)
    elif ids := sorted(set(ids)):
        offering_changed.send(sender=None, ids=ids)


@contextmanager
def told_once() -> Iterator[None]:
    """What changes inside is told in one message at its end, when a property is whole: its stations and its lots too.

    Stands inside the transaction, so that who listens writes in it. Nothing is told of what fails.
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
