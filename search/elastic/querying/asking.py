"""Requests to one index: multi-search, and keyset pagination over all hits."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import MultiSearch, Search
from elasticsearch.dsl.query import Bool, Exists, Query

from search.elastic import client

# Result window of a search (`index.max_result_window`).
WINDOW = 10_000
# Keep-alive of a point in time between two requests.
_KEPT = "1m"

# Doc values only: reading stored fields takes seven times as long.
_NOTHING_STORED = "_none_"

# The body of a search response.
ElasticResponse = dict[str, Any]
Order = list[dict[str, Any]]


class UnansweredError(Exception):
    """A failed search of a request: `status` as in HTTP, `kind` the server's error type."""

    def __init__(self, status: int, kind: str) -> None:
        super().__init__(f"{status} {kind}")
        self.status, self.kind = status, kind


class Asker:
    """Requests to `index`, the name of an index or an alias."""

    def __init__(self, index: str, deadline: float | None = None) -> None:
        self.index = index
        self._deadline = deadline

    def within(self, seconds: float) -> "Asker":
        """Return an asker whose requests share a time budget."""
        return Asker(self.index, time.monotonic() + seconds)

    def hits(
        self, query: Query, order: Order, *, first: int, size: int, fields: Sequence[str] = (), total: bool = False
    ) -> Search:
        """Build a search for a page of hits with their keys and `fields`; empty beyond `WINDOW`.

        Without the exact `total` the server may skip non-competitive hits.
        """
        page = {"from": first, "size": size} if first + size <= WINDOW else {"size": 0}
        return self._search(query, track_total_hits=total, **_columns(*fields), **page).sort(*order)

    def count_only(self, query: Query) -> Search:
        """Build a count-only search: exact total without hits, cacheable by the server."""
        return self._search(query, track_total_hits=True, size=0)

    def first(self, query: Query, field: str, order: str) -> Search:
        """Build a search for the first hit by `field` (`asc` or `desc`) among documents with a value; no total."""
        stated = Bool(filter=[query, Exists(field=field)])
        return self._search(stated, track_total_hits=False, size=1, **_columns()).sort({field: {"order": order}})

    def all_of(self, searches: Sequence[Search]) -> list[ElasticResponse]:
        """Run the searches as one multi-search.

        Raises `UnansweredError` on a failed or partial search, or a spent budget.
        """
        if not searches:
            return []
        request = MultiSearch()
        for search in searches:
            request = request.add(search)
        answers: list[ElasticResponse] = self._server().msearch(searches=request.to_dict()).body["responses"]
        for answer in answers:
            if "error" in answer:
                raise UnansweredError(answer["status"], answer["error"]["type"])
            if answer["timed_out"] or answer["_shards"]["failed"]:
                raise UnansweredError(503, "partial answer")
        return answers

    def every(self, query: Query, order: Order, *, fields: Sequence[str] = ()) -> Iterator[ElasticResponse]:
        """Yield every hit in a total order with `fields`, without a time budget.

        Keyset pagination over one point in time: concurrent changes neither repeat nor drop a hit.
        """
        server = client.writer()
        point_in_time = server.open_point_in_time(index=self.index, keep_alive=_KEPT).body["id"]
        try:
            parameters = Search().query(query).sort(*order)[:WINDOW].to_dict()
            parameters |= {"track_total_hits": False, **_columns(*fields)}
            while True:
                answer = server.search(**parameters, pit={"id": point_in_time, "keep_alive": _KEPT}).body
                point_in_time = answer["pit_id"]
                hits = answer["hits"]["hits"]
                yield from hits
                if len(hits) < WINDOW:
                    return
                parameters["search_after"] = hits[-1]["sort"]
        finally:
            server.close_point_in_time(id=point_in_time)

    def _server(self) -> Elasticsearch:
        if self._deadline is None:
            return client.reader()
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise UnansweredError(504, "budget spent")
        return client.reader().options(request_timeout=left)

    def _search(self, query: Query, **asked: Any) -> Search:
        return Search(index=self.index).query(query).extra(**asked)


def _columns(*fields: str) -> dict[str, Any]:
    return {"stored_fields": _NOTHING_STORED, "docvalue_fields": ["key", *fields]}


def key_of(hit: ElasticResponse) -> int:
    """Return the primary key of a hit."""
    key: int = hit["fields"]["key"][0]
    return key


def keys_of(answer: ElasticResponse) -> tuple[int, ...]:
    """Return the primary keys of the hits."""
    return tuple(map(key_of, answer["hits"]["hits"]))


def total_of(answer: ElasticResponse) -> int:
    """Return the exact total."""
    total: int = answer["hits"]["total"]["value"]
    return total
