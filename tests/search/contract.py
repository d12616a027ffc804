"""What every engine owes; each engine's test class inherits it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from decimal import Decimal
from random import Random
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from properties.choices import Feature
from properties.models import Property
from properties.services import create_property
from search.criteria import MANY, Criteria
from search.engines import Engine
from search.engines.results import Degraded
from search.page.relaxing import MOST_COUNTS, relaxations
from search.vocabulary import WALKS
from territory.models import Commune, Partner, Station
from tests.examples import examples
from tests.search import oracle
from tests.search.world import TODAY, VOCABULARY, Offer, make_world, offers, plain, publish, searches

SINGLE_VALUED = ("type", "deal", "commune", "rent", "price", "available", "condition", "lease")
ASKED = tuple(field.name for field in fields(Criteria) if field.name not in ("sort", "page"))
BOUNDS = ("area_min", "area_max", "rent_min", "rent_max", "price_min", "price_max", "available_by")

Box = tuple[float, ...]
# A square for a commune: west, south, east, north.
COMMUNE: Box = (2.34, 48.7, 2.42, 48.78)

catalogues = st.lists(offers(), max_size=9)
# The same tests run on several engines, one after the other: each of them is an executor of its own.
thorough = settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.differing_executors,
    ],
)


def _square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _hidden(truly_at: tuple[float, float], partner: Partner) -> dict[str, Any]:
    """The values of a property of which the public knows the commune alone."""
    return {
        "reference": "HIDDEN",
        "state": "on_market",
        "kind": "activity",
        "deal": "rent",
        "surface": Decimal(640),
        "commune": Commune.objects.get(pk="94065"),
        "precision": "commune",
        "latitude": truly_at[0],
        "longitude": truly_at[1],
        "title_fr": "Atelier",
        "partner": partner,
    }


def leaving_out(criteria: Criteria, name: str) -> Criteria:
    """The search without a criterion, or without what it asks of one feature."""
    whole, _, feature = name.partition(":")
    if not feature:
        return criteria.without(name)
    return replace(
        criteria, **{whole: tuple(value for value in criteria.feature if not value.startswith(f"{feature}:"))}
    )


def _differ(name: str, one: Criteria, other: Criteria) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


@pytest.mark.django_db
class EngineContract:
    engine: Engine

    @pytest.fixture
    def partner(self) -> Partner:
        return make_world()

    @contextmanager
    def catalogue(self, offers: list[Offer], partner: Partner) -> Iterator[dict[int, str]]:
        """The offers on the market while it lasts: references by primary key."""
        with transaction.atomic():
            yield {item.pk: item.reference for item in publish(offers, partner)}
            transaction.set_rollback(True)

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_hits_and_total_are_those_of_the_oracle_in_its_order(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner) as references:
            results = self.engine.search(criteria, VOCABULARY, page_size=20)
        expected = oracle.search(offers, criteria)
        assert [references[key] for key in results.hits] == expected
        assert results.total == len(expected)

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_a_facets_count_is_the_total_of_the_search_with_that_value(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner):
            results = self.engine.search(criteria, VOCABULARY, page_size=20)
        assert results.facets == oracle.facets(offers, criteria, VOCABULARY)

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_single_valued_facets_sum_to_the_total_without_their_choice(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner):
            results = self.engine.search(criteria, VOCABULARY, page_size=20)
            for name in SINGLE_VALUED:
                opened = replace(criteria, **{name: ()})
                assert sum(results.facets[name].values()) == self.engine.count(opened, VOCABULARY)

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_yes_no_and_not_stated_of_a_feature_sum_to_the_total_without_its_choice(
        self, partner, offers, criteria
    ) -> None:
        with self.catalogue(offers, partner):
            counts = self.engine.search(criteria, VOCABULARY, page_size=20).facets["feature"]
            for feature in Feature:
                kept = tuple(value for value in criteria.feature if not value.startswith(f"{feature}:"))
                total = self.engine.count(replace(criteria, feature=kept), VOCABULARY)
                assert sum(counts[f"{feature}:{answer}"] for answer in feature.answers.values) == total

    @thorough
    @given(offers=catalogues, criteria=searches(), size=st.integers(1, 3))
    def test_pages_end_to_end_are_the_whole_without_a_repeat(self, partner, offers, criteria, size) -> None:
        with self.catalogue(offers, partner) as references:
            pages = [
                self.engine.search(criteria.at(number), VOCABULARY, page_size=size).hits
                for number in range(1, len(offers) + 3)
            ]
            whole = [references[key] for key in self.engine.keys(criteria.at(2), VOCABULARY)]
        assert [references[key] for page in pages for key in page] == whole == oracle.search(offers, criteria)
        assert pages[-1] == ()

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_points_are_the_public_ones_of_all_the_hits(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner) as references:
            results = self.engine.search(criteria, VOCABULARY, page_size=1)
        shown = {references[point.key]: (point.latitude, point.longitude) for point in results.points}
        found = oracle.search(offers, criteria)
        assert shown == {reference: offers[int(reference.removeprefix("REF-"))].place for reference in found}
        assert all(point.count == 1 for point in results.points)

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_count_is_the_total(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner):
            assert (
                self.engine.count(criteria, VOCABULARY) == self.engine.search(criteria, VOCABULARY, page_size=1).total
            )

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_ranges_are_what_is_on_offer_their_own_bounds_set_aside(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner):
            results = self.engine.search(criteria, VOCABULARY, page_size=1)
        assert results.ranges == oracle.ranges(offers, criteria)

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_totals_without_a_criterion_are_those_of_the_search_without_it(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner):
            told = self.engine.search(criteria, VOCABULARY, page_size=1).without
        assert told == {name: len(oracle.search(offers, leaving_out(criteria, name))) for name in told}
        assert set(SINGLE_VALUED).intersection(criteria.chosen) <= told.keys()
        assert {f"feature:{feature}" for feature in criteria.features} <= told.keys()
        assert not criteria.walk_max or "walk_max" in told

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_the_nearest_value_beyond_a_bound_is_the_first_that_gives_results(self, partner, offers, criteria) -> None:
        if oracle.search(offers, criteria):
            return
        with self.catalogue(offers, partner):
            found = {bound: self.engine.nearest(criteria, VOCABULARY, bound) for bound in BOUNDS}
        assert found == {bound: oracle.nearest(offers, criteria, bound) for bound in BOUNDS}

    @thorough
    @given(offers=catalogues, criteria=searches(), chosen=st.data())
    def test_one_more_facet_never_raises_a_count_and_one_more_value_never_lowers_the_total(
        self, partner, offers, criteria, chosen
    ) -> None:
        name = chosen.draw(st.sampled_from([name for name in MANY if name != "feature"]))
        value = chosen.draw(st.sampled_from(VOCABULARY.values[name]))
        more = replace(criteria, **{name: tuple(sorted({*getattr(criteria, name), value}))})
        with self.catalogue(offers, partner):
            before, after = (self.engine.search(asked, VOCABULARY, page_size=1) for asked in (criteria, more))
        if getattr(criteria, name):
            assert after.total >= before.total
            return
        assert after.total <= before.total
        for facet, counts in after.facets.items():
            assert all(count <= before.facets[facet][counted] for counted, count in counts.items())

    @thorough
    @given(offers=catalogues, criteria=searches())
    def test_without_facets_hits_and_total_are_the_same_and_it_says_so(self, partner, offers, criteria) -> None:
        with self.catalogue(offers, partner):
            whole = self.engine.search(criteria, VOCABULARY, page_size=3)
            bare = self.engine.search(criteria, VOCABULARY, page_size=3, facets=False)
        assert (bare.hits, bare.total) == (whole.hits, whole.total)
        assert (bare.facets, bare.ranges, bare.points) == ({}, {}, ())
        assert {Degraded.FACETS, Degraded.MAP} <= set(bare.degraded)

    @thorough
    @given(offers=catalogues, criteria=searches(), moved=st.tuples(st.floats(48.6, 48.9), st.floats(2.2, 2.5)))
    def test_where_a_hidden_address_truly_is_changes_no_answer(self, partner, offers, criteria, moved) -> None:
        """Nothing that can be asked, zone or walk, tells more of a hidden place than its commune and its drawn point,
        which does not depend on it."""
        elsewhere = [replace(offer, truly_at=offer.truly_at and moved) for offer in offers]
        answers = []
        for offering in (offers, elsewhere):
            with self.catalogue(offering, partner) as references:
                found = self.engine.search(criteria, VOCABULARY, page_size=20)
                hits = [references[key] for key in found.hits]
                places = [(point.latitude, point.longitude, point.count) for point in found.points]
                answers.append((hits, found.total, found.facets, found.ranges, places))
        assert answers[0] == answers[1]

    def test_narrowing_a_zone_or_a_walk_around_a_hidden_place_tells_its_commune_and_no_more(
        self, partner, monkeypatch
    ) -> None:
        """What is drawn for the public is drawn in the commune, whatever the true place: so is all that is told."""
        Commune.objects.filter(pk="94065").update(boundary=_square(*COMMUNE))
        Station.objects.filter(pk="orly").update(latitude=48.711, longitude=2.351)
        told = []
        for truly_at in ((48.711, 2.351), (48.769, 2.409)):
            monkeypatch.setattr("properties.services._RANDOM", Random(7))
            with self.catalogue([], partner):
                item = create_property(values=_hidden(truly_at, partner))
                walks = [self.engine.count(Criteria(station=("orly",), walk_max=n), VOCABULARY) for n in WALKS]
                zone = self._narrowed(COMMUNE)
                counts = self.engine.search(Criteria(), VOCABULARY, page_size=1).facets
                drawn = (item.public_latitude, item.public_longitude)
            west, south, east, north = zone
            assert west <= drawn[1] <= east
            assert south <= drawn[0] <= north
            told.append((zone, walks, counts))
        assert told[0] == told[1]

    def _narrowed(self, zone: Box) -> Box:
        """The smallest zone in which it is found, halved again and again."""
        for turn in range(24):
            low, high = (0, 2) if turn % 2 else (1, 3)
            middle = round((zone[low] + zone[high]) / 2, 5)
            halves = [(*zone[:high], middle, *zone[high + 1 :]), (*zone[:low], middle, *zone[low + 1 :])]
            found = [half for half in halves if self.engine.count(Criteria(bbox=half), VOCABULARY)]
            if not found:
                return zone
            zone = found[0]
        return zone

    def test_many_hits_are_grouped_on_the_map_and_none_is_lost(self, partner, monkeypatch) -> None:
        monkeypatch.setattr("search.engines.results.MOST_POINTS", 2)
        made = publish([plain(place=place) for place in [(48.7, 2.4), (48.7001, 2.4001), (48.8, 2.31)]], partner)
        points = self.engine.search(Criteria(), VOCABULARY, page_size=1).points
        assert sorted(point.count for point in points) == [1, 2]
        assert sum(point.count for point in points) == len(made) == Property.objects.count()
        assert all(point.key is None for point in points)

    @pytest.mark.parametrize("facets", [True, False])
    def test_with_every_criterion_set_twelve_questions_are_enough(self, partner, facets) -> None:
        """Each change that helps is told where the engine counted; without its counts, those that twelve can find."""
        everything = Criteria(
            q="verrière",
            type=("activity",),
            deal=("lease-transfer",),
            commune=("94065",),
            area_min=Decimal(600),
            area_max=Decimal(700),
            surface=("500-1000",),
            rent_min=Decimal(100),
            rent_max=Decimal(120),
            rent=("100-150",),
            price_min=Decimal(100_000),
            price_max=Decimal(300_000),
            price=("0-250000",),
            available_by=TODAY,
            available=("now",),
            station=("athis",),
            line=("RER C",),
            walk_max=10,
            condition=("good",),
            lease=("commercial",),
            feature=tuple(sorted(f"{feature}:{feature.answers.values[0]}" for feature in Feature)),
            bbox=(2.3, 48.7, 2.4, 48.8),
        )
        assert set(everything.chosen) == set(ASKED)
        features = tuple(feature.answers.values[0] for feature in Feature)
        money = {"deal": "lease-transfer", "price": Decimal(200_000)}
        fits = plain(title="Verrière", walks=(("athis", 5),), features=features, **money)
        lacking = {
            "q": replace(fits, title="Cave"),
            "type": replace(fits, kind="office"),
            "area_min": replace(fits, surface=Decimal(550)),
            "commune": replace(fits, commune="94038"),
            "bbox": replace(fits, place=(48.66, 2.36)),
            "lease": replace(fits, lease=""),
            "condition": replace(fits, condition="new"),
            "feature": replace(fits, features=(*features[:-1], "unknown")),
        }
        with self.catalogue([fits], partner):
            assert self.engine.count(everything, VOCABULARY) == 1
        for name, offer in lacking.items():
            with self.catalogue([offer], partner):
                results = self.engine.search(everything, VOCABULARY, page_size=1, facets=facets)
                assert results.total == 0
                with (
                    mock.patch.object(self.engine, "count", wraps=self.engine.count) as counted,
                    mock.patch.object(self.engine, "nearest", wraps=self.engine.nearest) as moved,
                ):
                    found = relaxations(everything, results, VOCABULARY, self.engine).found
            assert counted.call_count + moved.call_count <= MOST_COUNTS
            changed = [(key, item.total) for item in found for key in ASKED if _differ(key, item.criteria, everything)]
            assert changed == [(name, 1)] if facets else changed in ([(name, 1)], [])

    @thorough
    @given(offers=catalogues, criteria=searches(), facets=st.booleans())
    def test_changes_that_give_results_are_exact_and_none_is_missed(self, partner, offers, criteria, facets) -> None:
        if oracle.search(offers, criteria):
            return
        with self.catalogue(offers, partner):
            results = self.engine.search(criteria, VOCABULARY, page_size=1, facets=facets)
            with (
                mock.patch.object(self.engine, "count", wraps=self.engine.count) as counted,
                mock.patch.object(self.engine, "nearest", wraps=self.engine.nearest) as moved,
            ):
                found = relaxations(criteria, results, VOCABULARY, self.engine).found
        assert counted.call_count + moved.call_count <= MOST_COUNTS
        assert all(item.total == len(oracle.search(offers, item.criteria)) > 0 for item in found)
        changed = {name for item in found for name in ASKED if getattr(item.criteria, name) != getattr(criteria, name)}
        helping = {name for name in criteria.chosen if oracle.search(offers, criteria.without(name))}
        assert changed <= set(criteria.chosen)
        if facets and len(criteria.features) < 2:
            assert helping <= changed
