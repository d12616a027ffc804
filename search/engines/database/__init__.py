"""The database engine: exact on SQLite and PostgreSQL, and the truth that other engines are held to."""

from search.engines.database.engine import DatabaseEngine

__all__ = ["DatabaseEngine"]
