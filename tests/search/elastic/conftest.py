"""A node to test against: TEST_ELASTICSEARCH_URL names it. Every worker of every run keeps to a prefix of its own."""

import os
from collections.abc import Iterator

import pytest
from django.test import override_settings
from elasticsearch import Elasticsearch

from search.elastic import client, definition
from search.elastic.guard import breaker
from search.elastic.indexing import indices, synonyms
from search.models import IndexState
from tests.leaving_out import leave_out

URL = os.environ.get("TEST_ELASTICSEARCH_URL", "")


def wipe(prefix: str, url: str = URL) -> None:
    """Remove all that a run has left on the node."""
    server = Elasticsearch(url)
    for name in server.indices.get(index=f"{prefix}*", features="aliases").body:
        server.indices.delete(index=name)
    for found in server.indices.get_index_template().body["index_templates"]:
        if found["name"].startswith(prefix):
            server.indices.delete_index_template(name=found["name"])
    if any(found["synonyms_set"] == prefix for found in server.synonyms.get_synonyms_sets(size=1_000).body["results"]):
        server.synonyms.delete_synonym(id=prefix)


@pytest.fixture(scope="session")
def node(worker_id: str) -> Iterator[str]:
    """The prefix of this worker on the node; without a node its tests are left out, but in CI they fail."""
    if not URL:
        leave_out("no Elasticsearch: TEST_ELASTICSEARCH_URL names no node")
    if not Elasticsearch(URL, request_timeout=10).ping():
        leave_out("no Elasticsearch: the node of TEST_ELASTICSEARCH_URL does not answer")
    prefix = f"test-{os.getpid()}-{worker_id}"
    yield prefix
    wipe(prefix)


@pytest.fixture
def elastic(node: str, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A site with an Elasticsearch, and nothing in it; what it answers is tested however busy the machine is."""
    monkeypatch.setattr(client, "BUDGET", 30.0)
    wipe(node)
    breaker.reset()
    with override_settings(ELASTICSEARCH_URL=URL, ELASTICSEARCH_PREFIX=node):
        yield


@pytest.fixture
def index(elastic: None) -> str:
    """An empty index in force."""
    synonyms.push()
    name = indices.create()
    indices.put_in_force(name)
    IndexState.objects.update_or_create(pk=1, defaults={"served": definition.alias()})
    client.writer().indices.put_settings(index=name, settings={"refresh_interval": "1s"})
    return name
