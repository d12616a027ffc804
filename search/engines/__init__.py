"""The engine of the database, and what every engine promises, stores of a property and answers."""

from search.engines.base import Engine, Nearest
from search.engines.database import DatabaseEngine

__all__ = ["DatabaseEngine", "Engine", "Nearest"]
