"""The database engine: exact on SQLite and PostgreSQL, and the truth that other engines are held to.

A search costs one statement for the total and every facet that nothing was chosen in, one for each facet in which
something was, one for the hits and one for the map.
"""

from django.db import connection
from django.db.models import Avg, Case, Count, F, IntegerField, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Collate, Floor

from properties.models import Property
from search.criteria import Criteria
from search.engines.base import Engine
from search.engines.counting import FACETS, tally
from search.engines.matching import matching, walks
from search.engines.textindex import keys_holding
from search.results import MOST_POINTS, Point, Results
from search.vocabulary import Vocabulary

# A group on the map covers this many degrees: about 900 m either way at this latitude.
_CELL = {"latitude": 0.008, "longitude": 0.012}


class DatabaseEngine(Engine):
    name = "database"

    def search(self, criteria: Criteria, vocabulary: Vocabulary, *, page_size: int) -> Results:
        found = matching(criteria)
        total, facets = _counts(criteria, vocabulary)
        first = (criteria.page - 1) * page_size
        hits = tuple(_ordered(found, criteria).values_list("pk", flat=True)[first : first + page_size])
        return Results(hits=hits, total=total, facets=facets, points=_points(found, total), engine=self.name)

    def keys(self, criteria: Criteria) -> tuple[int, ...]:
        return tuple(_ordered(matching(criteria), criteria).values_list("pk", flat=True))

    def count(self, criteria: Criteria) -> int:
        return matching(criteria).count()


def _counts(criteria: Criteria, vocabulary: Vocabulary) -> tuple[int, dict[str, dict[str, int]]]:
    """The total, and each facet counted among what matches all but the facet's own choice."""
    counts = {name: dict.fromkeys(values, 0) for name, values in vocabulary.values.items()}
    chosen = [facet for facet in FACETS if facet.is_chosen(criteria)]
    free = [facet for facet in FACETS if facet not in chosen]
    total, found = tally(matching(criteria), free, criteria)
    for facet in chosen:
        found += tally(matching(criteria, leave_out=facet.key), [facet], criteria)[1]
    for name, value, count in found:
        if value in counts[name]:
            counts[name][value] = count
    return total, counts


def _ordered(found: QuerySet[Property], criteria: Criteria) -> QuerySet[Property]:
    """A total order, the same on every database: the reference, compared byte by byte, decides last."""
    reference = Collate("reference", "C") if connection.vendor == "postgresql" else F("reference")
    newest = F("verified_on").desc(nulls_last=True)
    match criteria.order:
        case "relevance":
            called_so = When(pk__in=keys_holding(criteria.words, in_head=True), then=Value(0))
            return found.order_by(Case(called_so, default=Value(1)), newest, reference)
        case "rent" | "price" as money:
            return found.order_by(F(money).asc(nulls_last=True), reference)
        case "surface":
            return found.order_by("surface", reference)
        case "walk":
            asked = walks(criteria).filter(property=OuterRef("pk")).values("property")
            nearest = Subquery(asked.annotate(nearest=Min("minutes")).values("nearest"), output_field=IntegerField())
            return found.annotate(nearest=nearest).order_by(F("nearest").asc(nulls_last=True), reference)
    return found.order_by(newest, reference)


def _points(found: QuerySet[Property], total: int) -> tuple[Point, ...]:
    if total <= MOST_POINTS:
        places = found.order_by("pk").values_list("public_latitude", "public_longitude", "pk")
        return tuple(Point(latitude, longitude, key=key) for latitude, longitude, key in places)
    groups = (
        found.annotate(
            row=Floor(F("public_latitude") / _CELL["latitude"]),
            column=Floor(F("public_longitude") / _CELL["longitude"]),
        )
        .values("row", "column")
        .annotate(count=Count("pk"), latitude=Avg("public_latitude"), longitude=Avg("public_longitude"))
        .order_by("row", "column")
    )
    return tuple(Point(group["latitude"], group["longitude"], group["count"]) for group in groups)
