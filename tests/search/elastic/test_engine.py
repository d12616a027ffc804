"""The Elasticsearch engine keeps the contract: each catalogue of it is indexed as it is published."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from properties.signals import offering_changed
from search.elastic import client
from search.elastic.definition import alias
from search.elastic.indexing import outbox, synonyms, worker
from search.elastic.querying.engine import ElasticEngine
from search.models import SynonymSet
from tests.search.contract import EngineContract
from tests.search.world import SYNONYMS


def put(documents: Mapping[int, worker.Made]) -> None:
    assert worker.put(documents, outbox.next_sequence(), [alias()]) == {}
    client.writer().indices.refresh(index=alias())


# Once a property is written, only the index answers. Those that are not left out see all that is read of its rows.
READ = (
    EngineContract.test_hits_and_total_are_those_of_the_oracle_in_its_order,
    EngineContract.test_a_facets_count_is_the_total_of_the_search_with_that_value,
    EngineContract.test_points_are_the_public_ones_of_all_the_hits,
    EngineContract.test_ranges_are_what_is_on_offer_their_own_bounds_set_aside,
)


@pytest.mark.any_database(but=[test.__name__ for test in READ])
class TestElasticEngine(EngineContract):
    @pytest.fixture(autouse=True)
    def written_at_once(self, index: str) -> Iterator[None]:
        """The contract undoes what it publishes, so nothing is ever committed: it is written as it is told."""
        self.engine = ElasticEngine()
        self.written: set[int] = set()
        SynonymSet.objects.bulk_create(SynonymSet(expressions=list(group)) for group in SYNONYMS)
        synonyms.push()

        def write(*, ids: list[int], **kwargs: object) -> None:
            self.written.update(ids)
            put(worker.documents(ids))

        offering_changed.connect(write)
        yield
        offering_changed.disconnect(write)

    @contextmanager
    def catalogue(self, offers, partner) -> Iterator[dict[int, str]]:
        with super().catalogue(offers, partner) as references:
            yield references
        put(dict.fromkeys(self.written))
