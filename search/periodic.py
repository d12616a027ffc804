"""Periodic repair of the search index."""

from foundation.periodic import command, daily, register
from search.elastic import client


def _repair() -> None:
    if client.is_configured():
        command("search_index", "sync")()


register("search.repair", _repair, daily(4))
