"""The engine interface, its stored entries and results, and the database engine."""

from search.engines.base import Engine, Nearest
from search.engines.database import DatabaseEngine

__all__ = ["DatabaseEngine", "Engine", "Nearest"]
