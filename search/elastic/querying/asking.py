"""Asking one index: several searches in one request, or every hit of one, whatever their number."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import MultiSearch, Search
from elasticsearch.dsl.query import Bool, Exists, Query

from search.elastic import client

# The most hits that one search may reach (`index.max_result_window`).
WINDOW = 10_000
# How long the server keeps what a long reading needs, from one request to the next.
_KEPT = "1m"

# Of a hit only columns are read: what is stored of it takes seven times as long.
_NOTHING_STORED = "_none_"

# What the server answers to a search.
ElasticResponse = dict[str, Any]
Order = list[dict[str, Any]]


class Unanswered(Exception):
    """A search of a request was not answered: `status` as HTTP has it, `kind` as the server calls the error."""

    def __init__(self, status: int, kind: str) -> None:
        super().__init__(f"{status} {kind}")
        self.status, self.kind = status, kind


class Asker:
    """Asks `index`, an index or its alias."""

    def __init__(self, index: str, deadline: float | None = None) -> None:
        self.index = index
        self._deadline = deadline

    def within(self, seconds: float) -> "Asker":
        """The same for one search: all that it asks shares these seconds."""
        return Asker(self.index, time.monotonic() + seconds)

    def hits(
        self, query: Query, order: Order, *, first: int, size: int, fields: Sequence[str] = (), total: bool = False
    ) -> Search:
        """A page of the hits with their keys and these fields; no hits beyond `WINDOW`.

        Without the exact `total` the server skips what comes too late in the order.
        """
        page = {"from": first, "size": size} if first + size <= WINDOW else {"size": 0}
        return self._search(query, track_total_hits=total, **_columns(*fields), **page).sort(*order)

    def none_of(self, query: Query) -> Search:
        """The exact total of what matches, without hits: what a server may keep and answer again."""
        return self._search(query, track_total_hits=True, size=0)

    def first(self, query: Query, field: str, order: str) -> Search:
        """The one hit that comes first by this field (`asc` or `desc`), of those that have it; no total."""
        stated = Bool(filter=[query, Exists(field=field)])
        return self._search(stated, track_total_hits=False, size=1, **_columns()).sort({field: {"order": order}})

    def all_of(self, searches: Sequence[Search]) -> list[ElasticResponse]:
        """Their answers, in one request. Raises `Unanswered` when one of them fails, or when no time is left."""
        if not searches:
            return []
        request = MultiSearch()
        for search in searches:
            request = request.add(search)
        answers: list[ElasticResponse] = self._server().msearch(searches=request.to_dict()).body["responses"]
        for answer in answers:
            if "error" in answer:
                raise Unanswered(answer["status"], answer["error"]["type"])
            if answer["timed_out"] or answer["_shards"]["failed"]:
                raise Unanswered(503, "partial answer")
        return answers

    def every(self, query: Query, order: Order, *, fields: Sequence[str] = ()) -> Iterator[ElasticResponse]:
        """Every hit in this total order with its key and these fields, as of one moment, without a visitor's budget."""
        server = client.writer()
        kept = server.open_point_in_time(index=self.index, keep_alive=_KEPT).body["id"]
        try:
            asked = Search().query(query).sort(*order)[:WINDOW].to_dict()
            asked |= {"track_total_hits": False, **_columns(*fields)}
            while True:
                answer = server.search(**asked, pit={"id": kept, "keep_alive": _KEPT}).body
                kept = answer["pit_id"]
                hits = answer["hits"]["hits"]
                yield from hits
                if len(hits) < WINDOW:
                    return
                asked["search_after"] = hits[-1]["sort"]
        finally:
            server.close_point_in_time(id=kept)

    def _server(self) -> Elasticsearch:
        if self._deadline is None:
            return client.reader()
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise Unanswered(504, "budget spent")
        return client.reader().options(request_timeout=left)

    def _search(self, query: Query, **asked: Any) -> Search:
        return Search(index=self.index).query(query).extra(**asked)


def _columns(*fields: str) -> dict[str, Any]:
    return {"stored_fields": _NOTHING_STORED, "docvalue_fields": ["key", *fields]}


def key_of(hit: ElasticResponse) -> int:
    """The primary key of a hit."""
    key: int = hit["fields"]["key"][0]
    return key


def keys_of(answer: ElasticResponse) -> tuple[int, ...]:
    """The primary keys of its hits."""
    return tuple(map(key_of, answer["hits"]["hits"]))


def total_of(answer: ElasticResponse) -> int:
    """How many match, exactly."""
    total: int = answer["hits"]["total"]["value"]
    return total
