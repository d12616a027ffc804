"""The database engine, whatever is put in an address."""

from search.engines import DatabaseEngine
from tests.search.bad_input import BadInput


class TestDatabaseEngine(BadInput):
    name = DatabaseEngine.name
