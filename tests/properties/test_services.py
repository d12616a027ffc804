"""Verbs that write the offering, and the point that hides an address."""

import json
from decimal import Decimal
from random import Random

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from properties.displacement import draw_point
from properties.models import Property
from properties.services import (
    StaleVersionError,
    apply,
    create_property,
    update_property,
    write_many,
)
from territory.geography import contains, distance_m, walking_minutes
from territory.models import Commune, Station
from territory.services import DATA
from tests.properties.factories import VITRY, make_property, offer

NO_POINT = {"latitude": None, "longitude": None}
SHOWN = {"precision": "exact", "latitude": VITRY[0], "longitude": VITRY[1]}
FEATURES = json.loads((DATA / "communes.geojson").read_text(encoding="utf-8"))["features"]
BOUNDARIES = {feature["properties"]["insee"]: feature["geometry"] for feature in FEATURES}
needs_territory = pytest.mark.usefixtures("territory")


@given(insee=st.sampled_from(sorted(BOUNDARIES)), seed=st.integers())
def test_a_drawn_point_is_in_its_commune(insee, seed):
    assert contains(BOUNDARIES[insee], *draw_point(BOUNDARIES[insee], Random(seed)))


def test_points_are_drawn_all_over_the_commune():
    """Nothing but the commune weighs on the draw: its middle is the mean, its ends are reached."""
    boundary, random = BOUNDARIES["94081"], Random(1)
    points = [draw_point(boundary, random) for _ in range(600)]
    farthest = max(distance_m(*points[0], *point) for point in points)
    assert farthest > 2_000


@pytest.mark.django_db
@needs_territory
@pytest.mark.parametrize("precision", ["street", "commune"])
def test_a_hidden_address_has_one_stored_point_in_its_commune(precision):
    hidden = make_property(precision=precision)
    public = (hidden.public_latitude, hidden.public_longitude)
    assert public != VITRY
    assert contains(hidden.commune.boundary, *public)
    for rent in (119, 120, 121):
        hidden = update_property(instance=hidden, values={"rent": Decimal(rent)}, version=hidden.version)
    hidden.save()
    hidden.refresh_from_db()
    assert (hidden.public_latitude, hidden.public_longitude) == public


@pytest.mark.django_db
@needs_territory
def test_an_exact_address_shows_its_own_point_until_it_is_hidden():
    shown = make_property()
    assert (shown.public_latitude, shown.public_longitude) == VITRY
    hidden = update_property(instance=shown, values={"precision": "commune"}, version=1)
    assert (hidden.public_latitude, hidden.public_longitude) != VITRY


@pytest.mark.django_db
@needs_territory
def test_a_property_without_point_gets_one_in_its_commune():
    nowhere = make_property(latitude=None, longitude=None)
    assert contains(nowhere.commune.boundary, nowhere.public_latitude, nowhere.public_longitude)


@pytest.mark.django_db
@needs_territory
def test_stations_are_those_within_1500_m_of_the_point():
    known = make_property()
    expected = {}
    for station in Station.objects.all():
        metres = distance_m(*VITRY, station.latitude, station.longitude)
        if metres <= 1_500:
            expected[station.pk] = walking_minutes(metres)
    assert expected
    assert dict(known.nearby_stations.values_list("station", "minutes")) == expected


@pytest.mark.django_db
@needs_territory
@pytest.mark.parametrize("values", [{"precision": "street"}, {"precision": "commune"}, NO_POINT], ids=str)
def test_no_walk_is_reckoned_from_a_point_that_was_drawn(values):
    """Written by the form or in bulk, and whatever becomes of the place or of the stations."""
    drawn = make_property(**values)
    assert drawn.is_drawn
    at = {"latitude": drawn.public_latitude, "longitude": drawn.public_longitude}
    Station.objects.create(slug="beside", name="Beside", commune_id="94081", **at)
    write_many(created=[], updated=[(drawn, apply(drawn, {"commune": drawn.commune, "address": "Ailleurs"}))])
    assert not drawn.nearby_stations.exists()
    shown = update_property(instance=drawn, values=SHOWN, version=drawn.version)
    assert shown.nearby_stations.exists()
    hidden = update_property(instance=shown, values=values, version=shown.version)
    assert not hidden.nearby_stations.exists()


@pytest.mark.django_db
@needs_territory
def test_a_move_computes_stations_again():
    moved = make_property()
    before = set(moved.nearby_stations.values_list("station", flat=True))
    rungis = Commune.objects.get(pk="94065")
    values = {"commune": rungis, "latitude": rungis.latitude, "longitude": rungis.longitude}
    moved = update_property(instance=moved, values=values, version=1)
    assert before
    assert not before & set(moved.nearby_stations.values_list("station", flat=True))


@pytest.mark.django_db
@needs_territory
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"surface": Decimal(-1)}, "surface"),
        ({"kind": "castle"}, "kind"),
        ({"reference": "not a reference"}, "reference"),
        ({"title_fr": ""}, "title"),
        ({"latitude": 43.3, "longitude": 5.4}, "latitude"),
        ({"latitude": 90.0, "longitude": 5.4}, "latitude"),
        ({"deal": "sale"}, "__all__"),
        ({"divisible_from": Decimal(9999)}, "__all__"),
    ],
    ids=str,
)
def test_a_refused_creation_names_the_field_and_writes_nothing(wrong, field, told):
    with pytest.raises(ValidationError) as refused:
        create_property(values=offer(**wrong))
    assert field in refused.value.message_dict
    assert not Property.objects.exists()
    assert told == []


@pytest.mark.django_db
@needs_territory
def test_a_point_on_the_edge_of_a_simplified_boundary_is_not_a_slip():
    longitude, latitude = BOUNDARIES["94081"]["coordinates"][0][0]
    make_property(latitude=latitude + 0.0005, longitude=longitude)


@pytest.mark.django_db
@needs_territory
def test_two_people_cannot_overwrite_each_other(told):
    known = make_property()
    update_property(instance=known, values={"rent": Decimal(130)}, version=1)
    told.clear()
    with pytest.raises(StaleVersionError):
        update_property(instance=known, values={"rent": Decimal(90)}, version=1)
    known.refresh_from_db()
    assert (known.rent, known.version) == (130, 2)
    assert told == []


@pytest.mark.django_db
@needs_territory
def test_writing_the_same_values_changes_nothing(told):
    known = make_property()
    told.clear()
    assert update_property(instance=known, values={"rent": Decimal(118)}, version=1).version == 1
    assert told == []


@pytest.mark.django_db
@needs_territory
def test_a_withdrawn_property_keeps_its_row_and_leaves_the_public():
    known = make_property()
    update_property(instance=known, values={"state": "withdrawn"}, version=1)
    assert not Property.objects.public().exists()
    assert Property.objects.get().reference == known.reference


@pytest.mark.django_db
@needs_territory
def test_first_publication_is_dated_once():
    draft = make_property(state="draft")
    assert draft.published_at is None
    shown = update_property(instance=draft, values={"state": "on_market"}, version=1)
    first = shown.published_at
    assert first is not None
    withdrawn = update_property(instance=shown, values={"state": "withdrawn"}, version=2)
    again = update_property(instance=withdrawn, values={"state": "on_market"}, version=3)
    assert again.published_at == first


@pytest.mark.django_db
@needs_territory
def test_a_property_typed_without_reference_gets_one_that_fits_an_address():
    made = {make_property().reference for _ in range(5)}
    assert len(made) == 5
    assert all(reference.startswith("GOSB-") and len(reference) == 11 for reference in made)
