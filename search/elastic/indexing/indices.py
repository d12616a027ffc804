"""Index lifecycle on the server: create, put in force, keep for rollback, sweep."""

import re
from typing import Any

from django.conf import settings
from elasticsearch import NotFoundError

from search.elastic import client, definition


class NoIndexError(Exception):
    """No index matches this definition."""

    def __init__(self) -> None:
        super().__init__("Elasticsearch has no index that this version of the site can read; run search_index rebuild")


def create() -> str:
    """Create an empty index that receives changes from now on; return its name."""
    name = definition.new_name()
    client.writer().indices.create(index=name, **definition.body(), aliases={definition.next_alias(): {}})
    return name


def never_by_writing() -> None:
    """Forbid automatic creation of indices under the write aliases.

    A write normally creates a missing index. `require_alias` prevents this except for a delete with an external
    version: the server would create an index, and its name would block the alias.
    """
    names = [definition.alias(), definition.next_alias()]
    client.writer().indices.put_index_template(name=definition.alias(), index_patterns=names, allow_auto_create=False)


def show(name: str) -> None:
    """Refresh the index now, then every second. Raises `NoIndexError` for an empty name."""
    if not name:
        # An empty name means all indices to the server.
        raise NoIndexError
    server = client.writer()
    server.indices.put_settings(index=name, settings={"refresh_interval": "1s"})
    server.indices.refresh(index=name)


def put_in_force(name: str) -> None:
    """Swap the aliases to this index atomically; the former one stays for rollback."""
    former = in_force() or _of_another_definition()
    others = f"{settings.ELASTICSEARCH_PREFIX}-*"
    leaving = (definition.alias(), definition.next_alias(), _way_back_alias())
    actions: list[dict[str, Any]] = [
        *({"remove": {"index": others, "alias": alias, "must_exist": False}} for alias in leaving),
        {"add": {"index": name, "alias": definition.alias()}},
    ]
    if former and former != name:
        actions.append({"add": {"index": former, "alias": _way_back_alias()}})
    client.writer().indices.update_aliases(actions=actions)


def in_force() -> str:
    """Return the index behind the read alias; empty when this definition has none."""
    return next(iter(_called(definition.alias())), "")


def way_back() -> str:
    """Return the former index, kept for rollback; empty when there is none."""
    return next(iter(_called(_way_back_alias())), "")


def count(name: str) -> int:
    """Return the number of documents of an index."""
    total: int = client.writer().count(index=name).body["count"]
    return total


def sweep() -> list[str]:
    """Delete unfinished indices and indices older than the rollback one; return their names."""
    removed = sorted(_all().keys() - {in_force() or _of_another_definition(), way_back()})
    for name in removed:
        client.writer().indices.delete(index=name, ignore_unavailable=True)
    return removed


def _way_back_alias() -> str:
    return f"{settings.ELASTICSEARCH_PREFIX}-before"


def _of_another_definition() -> str:
    """Return the newest index served by another version of the code; empty when there is none."""
    served = [name for name, aliases in _all().items() if any(_serves(alias) for alias in aliases)]
    return max(served, key=lambda name: name.rsplit("-", 1)[-1], default="")


def _all() -> dict[str, list[str]]:
    """Return the aliases of every index of the site, of any definition.

    Names match exactly: another site's prefix may begin alike.
    """
    prefix = settings.ELASTICSEARCH_PREFIX
    named = re.compile(rf"{re.escape(prefix)}-[0-9a-f]{{8}}-[0-9]{{20}}")
    aliases_by_index = client.writer().indices.get_alias(index=f"{prefix}-*").body
    return {name: list(about["aliases"]) for name, about in aliases_by_index.items() if named.fullmatch(name)}


def _serves(alias: str) -> bool:
    return not alias.endswith("-next") and alias != _way_back_alias()


def _called(alias: str) -> list[str]:
    try:
        return list(client.writer().indices.get_alias(name=alias).body)
    except NotFoundError:
        return []
