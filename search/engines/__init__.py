"""The engines that answer a search, and the one in force."""

from search.elastic import client
from search.elastic.guard import GuardedEngine
from search.engines.base import Engine, Nearest
from search.engines.database import DatabaseEngine

__all__ = ["DatabaseEngine", "Engine", "Nearest", "engine_in_force"]


def engine_in_force() -> Engine:
    """The engine that answers the site's searches: Elasticsearch where there is one, else the database."""
    return GuardedEngine() if client.is_configured() else DatabaseEngine()
