"""The engines that answer a search, and the one in force."""

from search.engines.base import Engine
from search.engines.database import DatabaseEngine

__all__ = ["DatabaseEngine", "Engine", "engine_in_force"]


def engine_in_force() -> Engine:
    """The engine that answers the site's searches."""
    return DatabaseEngine()
