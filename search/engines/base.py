"""The interface of every search engine."""

from abc import ABC, abstractmethod
from datetime import date
from decimal import Decimal
from typing import ClassVar, NamedTuple

from search.criteria import Criteria
from search.engines.results import Results
from search.vocabulary import Vocabulary


class Nearest(NamedTuple):
    """The nearest value with results, and their total."""

    value: Decimal | date
    total: int


class Engine(ABC):
    """A search engine for the public offering: the engine applies the public scope, criteria narrow it.

    One abstract test suite in tests/search holds every engine to this contract:

    - facets are disjunctive: a count is the total of the search with that value in place of the facet's own choice;
    - the order is total: pages laid end to end list every hit once; a page beyond the last is empty;
    - only public points are read: a hidden address is never narrowed below its public precision.
    """

    name: ClassVar[str]

    @abstractmethod
    def search(self, criteria: Criteria, vocabulary: Vocabulary, *, page_size: int, facets: bool = True) -> Results:
        """Return at most `page_size` hits; `facets=False` skips facets, ranges and points."""

    @abstractmethod
    def keys(self, criteria: Criteria, vocabulary: Vocabulary) -> tuple[int, ...]:
        """Return the keys of all hits, in order."""

    @abstractmethod
    def count(self, criteria: Criteria, vocabulary: Vocabulary) -> int:
        """Return the exact total only."""

    @abstractmethod
    def nearest(self, criteria: Criteria, vocabulary: Vocabulary, bound: str) -> Nearest | None:
        """Return the nearest value beyond a bound that yields results, with their total.

        For an empty search; every other criterion stays. `bound` is one of `area_min`, … `price_max`, `available_by`.
        None when no value yields results, or the bound is not set.
        """
