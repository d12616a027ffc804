"""What every engine promises."""

from abc import ABC, abstractmethod
from typing import ClassVar

from search.criteria import Criteria
from search.results import Results
from search.vocabulary import Vocabulary


class Engine(ABC):
    """Answers searches among the public offering. One abstract suite in tests/search holds every engine to this:

    - a facet's count is the total of the search with that value in place of the facet's own choice;
    - the order is total: pages, put end to end, are the whole without a repeat; a page beyond the last has no hits;
    - only public points are read: nothing narrows a hidden address below what the public knows.
    """

    name: ClassVar[str]

    @abstractmethod
    def search(self, criteria: Criteria, vocabulary: Vocabulary, *, page_size: int) -> Results:
        """Answer with at most `page_size` hits."""

    @abstractmethod
    def keys(self, criteria: Criteria) -> tuple[int, ...]:
        """Every hit, in order: what the pages hold, end to end."""

    @abstractmethod
    def count(self, criteria: Criteria) -> int:
        """The exact total alone."""
