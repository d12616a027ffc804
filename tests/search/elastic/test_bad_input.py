"""The Elasticsearch engine, whatever is put in an address."""

import pytest

from search.elastic import client
from search.elastic.definition import alias
from search.elastic.indexing.worker import QUEUE
from search.elastic.querying.engine import ElasticEngine
from territory.models import Partner
from tests.search.bad_input import OFFERS, BadInput
from tests.search.world import make_world, publish


# Once a property is written, only the index answers; what is read of its rows is held by `test_engine`.
@pytest.mark.any_database
class TestElasticEngine(BadInput):
    name = ElasticEngine.name

    @pytest.fixture
    def published(self, index: str) -> Partner:
        partner = make_world()
        publish(OFFERS, partner)
        QUEUE.sweep()
        client.writer().indices.refresh(index=alias())
        return partner
