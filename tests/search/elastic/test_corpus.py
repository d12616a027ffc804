"""The Elasticsearch engine passes the corpus, and suggests what was meant for each misspelt query."""

import pytest

from search.elastic import client
from search.elastic.definition import alias
from search.elastic.indexing.worker import QUEUE
from search.elastic.querying.engine import ElasticEngine
from search.models import Owed
from tests.search import corpus
from tests.search.corpus.contract import CorpusContract


# Once a property is written, only the index answers; what is read of its rows is held by `test_engine`.
@pytest.mark.any_database
class TestElasticEngine(CorpusContract):
    @pytest.fixture
    def published(self, index: str, territory: None) -> None:
        corpus.publish()
        QUEUE.sweep()
        assert not Owed.objects.exists()
        client.writer().indices.refresh(index=alias())
        self.engine = ElasticEngine()
