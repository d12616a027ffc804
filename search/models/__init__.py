"""What the search keeps: the database engine's table, the synonyms of its staff, what is owed to Elasticsearch."""

from search.models.database import IndexedProperty, Slot, SynonymSet
from search.models.outbox import IndexState, Owed

__all__ = ["IndexState", "IndexedProperty", "Owed", "Slot", "SynonymSet"]
