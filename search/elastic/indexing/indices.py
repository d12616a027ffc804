"""Indices on the server: made, put in force, kept for a way back, swept."""

import re
from typing import Any

from django.conf import settings
from elasticsearch import NotFoundError

from search.elastic import client, definition


class NoIndex(Exception):
    """There is no index of this definition."""

    def __init__(self) -> None:
        super().__init__("Elasticsearch has no index that this version of the site can read; run search_index rebuild")


def create() -> str:
    """Make an empty index of this definition, to which changes go from now on; its name."""
    name = definition.new_name()
    client.writer().indices.create(index=name, **definition.body(), aliases={definition.next_alias(): {}})
    return name


def never_by_writing() -> None:
    """No index comes to be under the names that changes are written to; a change that finds none there is not made.

    An index is made by the first thing written to it. Whoever asks for an alias (`require_alias`) is spared that, but
    for a removal that has an external version: the server then makes an index, and no alias can take its name.
    """
    names = [definition.alias(), definition.next_alias()]
    client.writer().indices.put_index_template(name=definition.alias(), index_patterns=names, allow_auto_create=False)


def show(name: str) -> None:
    """What was written to it is seen, and what will be within a second. Raises `NoIndex` for an empty name."""
    if not name:
        # The server would take it for all the indices that it has.
        raise NoIndex
    server = client.writer()
    server.indices.put_settings(index=name, settings={"refresh_interval": "1s"})
    server.indices.refresh(index=name)


def put_in_force(name: str) -> None:
    """One call: searches and changes leave the index in force for this one, and that one becomes the way back."""
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
    """The index that searches read; empty when there is none of this definition."""
    return next(iter(_called(definition.alias())), "")


def way_back() -> str:
    """The index that was in force before; empty when there is none."""
    return next(iter(_called(_way_back_alias())), "")


def count(name: str) -> int:
    """How many documents an index has."""
    found: int = client.writer().count(index=name).body["count"]
    return found


def sweep() -> list[str]:
    """Remove what was left unfinished and what is older than the way back; the names of that."""
    removed = sorted(_all().keys() - {in_force() or _of_another_definition(), way_back()})
    for name in removed:
        client.writer().indices.delete(index=name, ignore_unavailable=True)
    return removed


def _way_back_alias() -> str:
    return f"{settings.ELASTICSEARCH_PREFIX}-before"


def _of_another_definition() -> str:
    """The last index that another version of the code serves; empty when there is none."""
    served = [name for name, aliases in _all().items() if any(_serves(alias) for alias in aliases)]
    return max(served, key=lambda name: name.rsplit("-", 1)[-1], default="")


def _all() -> dict[str, list[str]]:
    """The aliases of every index of the site, whatever its definition; never of a site whose prefix begins alike."""
    prefix = settings.ELASTICSEARCH_PREFIX
    named = re.compile(rf"{re.escape(prefix)}-[0-9a-f]{{8}}-[0-9]{{20}}")
    found = client.writer().indices.get_alias(index=f"{prefix}-*").body
    return {name: list(about["aliases"]) for name, about in found.items() if named.fullmatch(name)}


def _serves(alias: str) -> bool:
    return not alias.endswith("-next") and alias != _way_back_alias()


def _called(alias: str) -> list[str]:
    try:
        return list(client.writer().indices.get_alias(name=alias).body)
    except NotFoundError:
        return []
