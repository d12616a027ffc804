"""Tables of the search: database index, synonym sets, Elasticsearch outbox."""

from search.models.database import IndexedProperty, Slot, SynonymSet
from search.models.outbox import IndexState, Owed

__all__ = ["IndexState", "IndexedProperty", "Owed", "Slot", "SynonymSet"]
