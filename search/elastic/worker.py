"""Paying what is owed to the index: claim, draw, read, write in bulk, look at every item, settle."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import DatabaseError
from elastic_transport import TransportError
from elasticsearch import ApiError

from properties.models import Property
from search.elastic import client, definition, indices, outbox, synonyms
from search.elastic.documents import document
from search.elastic.outbox import Claim, Failure
from search.entries import Item, entries, entry, readable
from search.models import Owed

logger = logging.getLogger(__name__)

Document = dict[str, Any]
# A document, or the failure to make one; None for a property that no visitor may find.
Made = Document | Failure | None


def sweep() -> int:
    """Write what is due until nothing is, or until the engine fails; the number of keys written.

    Several sweeps may run at once.
    """
    written = 0
    if not client.is_configured():
        return 0
    while (taken := outbox.claim()) is not None:
        failures = _pay(taken)
        outbox.settle(taken, failures)
        written += len(taken.keys) - len(failures)
        _report(failures)
        if any(not failure.refused for failure in failures.values()):
            break
    return written


def put(found: Mapping[int, Made], sequence: int, targets: Sequence[str]) -> dict[int, Failure]:
    """Write documents and removals to every target, a missing one left aside; what failed, by key."""
    failures = {key: made for key, made in found.items() if isinstance(made, Failure)}
    operations = [
        line
        for target in targets
        for key, made in found.items()
        if not isinstance(made, Failure)
        for line in _operation(target, key, made, sequence)
    ]
    if not operations:
        return failures
    if None in found.values():
        indices.never_by_writing()
    answer = client.writer().bulk(operations=operations, source=False).body
    for item in answer["items"]:
        ((_action, outcome),) = item.items()
        if failure := _failure(outcome):
            failures[int(outcome["_id"])] = failure
    return failures


def targets() -> tuple[str, str]:
    """Where a change is written: the index in force, and the one that is being made if there is one."""
    return definition.alias(), definition.next_alias()


def documents(keys: Sequence[int]) -> dict[int, Made]:
    """What the index should hold of these properties now. One that cannot be made spoils no other."""
    found: dict[int, Made] = dict.fromkeys(keys)
    chosen = Property.objects.filter(pk__in=keys)
    try:
        found |= {made.key: document(made) for made in entries(chosen) if made.public}
    except DatabaseError:
        raise
    except Exception:  # whatever is wrong with one of them
        for item in readable(chosen):
            found[item.key] = _alone(item)
    return found


def _pay(taken: Claim) -> dict[int, Failure]:
    failures: dict[int, Failure] = {}
    try:
        if Owed.SYNONYMS in taken.keys:
            synonyms.push()
        found = documents([key for key in taken.keys if key != Owed.SYNONYMS])
        failures = put(found, taken.sequence, targets())
    except (ApiError, TransportError) as error:
        logger.warning("the index does not answer (%s): %d changes wait", type(error).__name__, len(taken.keys))
        failure = Failure(f"{type(error).__name__}: {error}", refused=not client.is_outage(error))
        return dict.fromkeys(taken.keys, failure)
    return failures


def _alone(item: Item) -> Made:
    try:
        made = entry(item)
        return document(made) if made.public else None
    except Exception as error:  # told with the row, and the next one is made
        return Failure(f"{type(error).__name__}: {error}", refused=True)


def _operation(target: str, key: int, made: Document | None, sequence: int) -> Iterator[dict[str, Any]]:
    # Without an alias there is no index to write to, and none is made by writing.
    about = {"_index": target, "_id": str(key), "version": sequence, "version_type": "external", "require_alias": True}
    if made is None:
        yield {"delete": about}
    else:
        yield {"index": about}
        yield made


def _failure(outcome: Mapping[str, Any]) -> Failure | None:
    """None when the item is written, was written later than this, is gone, or has no index to be in."""
    status = outcome["status"]
    if status < 300 or status in (404, 409):
        return None
    error = outcome["error"]
    return Failure(f"{error['type']}: {error['reason']}", refused=status not in client.BUSY)


def _report(failures: Mapping[int, Failure]) -> None:
    for key, failure in failures.items():
        if failure.refused:
            logger.error("%s is refused by the index: %s", Owed(key=key), failure.error)
