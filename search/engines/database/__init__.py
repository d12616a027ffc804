"""The database engine: exact on SQLite and PostgreSQL, and the reference for other engines."""

from search.engines.database.engine import DatabaseEngine

__all__ = ["DatabaseEngine"]
