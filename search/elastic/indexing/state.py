"""State of the index, for operators."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.elastic import client, definition
from search.elastic.indexing import indices, outbox
from search.elastic.indexing.outbox import Debt
from search.models import Owed

# Seconds of delay above which operators are alerted.
LATE = 300.0
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class IndexHealth:
    """Health of the index, with `version` the alias of the index in force.

    `late`: changes wait too long, or were set aside. `unserved`: the database answers until `search_index rebuild` (no
    index of this definition) or `sync` (missed changes).
    """

    version: str
    debt: Debt
    late: bool
    unserved: bool


def state() -> IndexHealth | None:
    """Return the state from the database alone, without a request to the engine; None without an Elasticsearch."""
    if not client.is_configured():
        return None
    stored_state, debt = outbox.current_state(), outbox.debt()
    unserved = stored_state.served != definition.alias() or stored_state.missed_since is not None
    return IndexHealth(stored_state.served, debt, debt.seconds > LATE or debt.set_aside > 0, unserved)


def first_set_aside() -> Iterator[Owed]:
    """Yield the first rows set aside, oldest first."""
    return outbox.set_aside().order_by("since")[:_SHOWN].iterator()


def lines() -> Iterator[str]:
    """Yield the full report, the engine's own answer included."""
    stored_state, debt = outbox.current_state(), outbox.debt()
    yield f"nodes: {', '.join(client.names())}"
    try:
        name = indices.in_force()
        yield f"index: {name or 'none of this definition: run search_index rebuild'}"
        if name:
            yield f"documents: {indices.count(name)}; former index: {indices.way_back() or 'none'}"
    except client.ERRORS as error:
        yield f"the engine does not answer: {type(error).__name__}"
    if stored_state.building:
        yield f"being made, or left by a rebuild that was interrupted: {stored_state.building}"
    if stored_state.missed_since:
        yield f"changes were missed since {stored_state.missed_since:%Y-%m-%d %H:%M} (UTC): run search_index sync"
    yield f"waiting: {debt.waiting} changes, for {debt.seconds:.0f} s; set aside: {debt.set_aside}"
    for row in first_set_aside():
        yield f"{row}: {row.error}"
