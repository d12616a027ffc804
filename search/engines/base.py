"""What every engine promises."""

from abc import ABC, abstractmethod
from datetime import date
from decimal import Decimal
from typing import ClassVar, NamedTuple

from search.criteria import Criteria
from search.engines.results import Results
from search.vocabulary import Vocabulary


class Nearest(NamedTuple):
    """A value that gives results where another gives none, and how many."""

    value: Decimal | date
    total: int


class Engine(ABC):
    """Answers searches among the public offering: that scope is the engine's, the criteria are the visitor's.

    One abstract suite in tests/search holds every engine to this:

    - a facet's count is the total of the search with that value in place of the facet's own choice;
    - the order is total: pages, put end to end, are the whole without a repeat; a page beyond the last has no hits;
    - only public points are read: nothing narrows a hidden address below what the public knows.
    """

    name: ClassVar[str]

    @abstractmethod
    def search(self, criteria: Criteria, vocabulary: Vocabulary, *, page_size: int, facets: bool = True) -> Results:
        """Answer with at most `page_size` hits; without facets, ranges and points if they are not wanted."""

    @abstractmethod
    def keys(self, criteria: Criteria, vocabulary: Vocabulary) -> tuple[int, ...]:
        """Every hit, in order: what the pages hold, end to end."""

    @abstractmethod
    def count(self, criteria: Criteria, vocabulary: Vocabulary) -> int:
        """The exact total alone."""

    @abstractmethod
    def nearest(self, criteria: Criteria, vocabulary: Vocabulary, bound: str) -> Nearest | None:
        """For a search that finds nothing: the value beyond this bound (`area_min`, … `price_max`, `available_by`)
        nearest to it that gives results in its place, everything else as it stands, and how many.

        None when no value would, or none is asked.
        """
