"""Rebuild of the index beside the one in force: filled while changes reach both, checked, then swapped in.

After an interruption, start over: the next rebuild sweeps the remains, and searches never left the index in force.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from foundation.queue import Failure
from properties.models import Property
from search.elastic import definition
from search.elastic.indexing import indices, outbox, synonyms, worker
from search.elastic.indexing.sampling import disagreements
from search.elastic.indexing.worker import Made
from search.models import IndexState

# Properties per bulk request.
CHUNK = 1_000
# Seconds between two progress lines.
_EVERY = 2.0

Say = Callable[[str], None]


class RebuildError(Exception):
    """A failed rebuild, with the reason; the index in force is unchanged."""


def rebuild(say: Say) -> str:
    """Create, fill, check and put in force a new index; return its name. `say` receives progress lines.

    Raises `RebuildError`, and the client's errors on an outage; searches are then unaffected.
    """
    synonyms.push()
    indices.sweep()
    missed = outbox.current_state().missed_since
    name = indices.create()
    IndexState.objects.filter(pk=1).update(building=name)
    say(f"{name}: {_fill(name, say)} properties written")
    indices.show(name)
    _check(name, say)
    indices.put_in_force(name)
    IndexState.objects.filter(pk=1, building=name).update(building="", served=definition.alias())
    # Changes missed before the fill were read by the fill.
    IndexState.objects.filter(pk=1, missed_since=missed).update(missed_since=None)
    for removed in indices.sweep():
        say(f"{removed}: removed")
    return name


def go_back() -> str:
    """Put the former index of this definition in force again; return its name. Run `sync` afterwards."""
    former = indices.way_back()
    if not former.startswith(definition.alias()):
        raise RebuildError("there is no former index that this version of the site can read")
    indices.put_in_force(former)
    return former


def _fill(name: str, say: Say) -> int:
    """Write every public property; a chunk is written while the next is read."""
    progress = Progress(Property.objects.public().count(), say)
    with ThreadPoolExecutor(max_workers=1) as pool:
        writing: Future[dict[int, Failure]] | None = None
        for keys in _chunks():
            # Drawn before the properties are read: a concurrent change has a later number, and wins.
            sequence = outbox.next_sequence()
            documents = worker.documents(keys)
            if writing is not None:
                _refuse(writing.result())
            if outbox.current_state().building != name:
                raise RebuildError("another rebuild has taken over")
            writing = pool.submit(_write, documents, sequence)
            progress.add(len(keys))
        if writing is not None:
            _refuse(writing.result())
    return progress.done


def _write(found: Mapping[int, Made], sequence: int) -> dict[int, Failure]:
    """Write a chunk, retrying items on an overloaded index; return the remaining failures."""
    failures: dict[int, Failure] = {}
    for wait in (1, 3, 10):
        failures = worker.put(found, sequence, [definition.next_alias()])
        if not any(failure.outage for failure in failures.values()):
            break
        # Rejected items stay in the batch, so their failure is reported.
        found = {key: found[key] for key in failures}
        time.sleep(wait)
    return failures


def _chunks() -> Iterator[list[int]]:
    last = 0
    while keys := list(
        Property.objects.public().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]
    ):
        yield keys
        last = keys[-1]


def _refuse(failures: dict[int, Failure]) -> None:
    for key, failure in failures.items():
        raise RebuildError(f"property {key}: {failure.error}")


def _check(name: str, say: Say) -> None:
    """Compare counts and sampled searches of both engines; retried, because changes go on meanwhile."""
    differences: list[str] = []
    for _attempt in range(5):
        worker.QUEUE.sweep()
        indices.show(name)
        if not (differences := disagreements(name)):
            say(f"{name}: agrees with the database")
            return
        time.sleep(1)
    raise RebuildError("; ".join(differences))


@dataclass
class Progress:
    """Progress reporter: done, rate and remaining time, every few seconds."""

    total: int
    say: Say
    done: int = 0

    def __post_init__(self) -> None:
        self._started = self._said = time.monotonic()

    def add(self, count: int) -> None:
        self.done += count
        now = time.monotonic()
        if now - self._said < _EVERY:
            return
        self._said = now
        speed = self.done / (now - self._started)
        left = max(0, self.total - self.done) / speed
        self.say(f"{self.done:,} of {self.total:,} · {speed:,.0f} a second · {left:,.0f} s left")
