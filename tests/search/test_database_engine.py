"""The database engine keeps the contract on whichever database DATABASE_URL names."""

from search.engines import DatabaseEngine
from tests.search.contract import EngineContract


class TestDatabaseEngine(EngineContract):
    engine = DatabaseEngine()
