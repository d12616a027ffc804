"""The walks of the offering follow the stations, however these change."""

import pytest

from properties.models import NearbyStation
from properties.signals import offering_changed
from search import services as search
from search.criteria import Criteria
from search.loading import load_vocabulary
from search.services import engine_in_force
from territory.models import Commune, Line, Station
from territory.services import load
from tests.properties.factories import VITRY, make_property

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]
HERE = {"latitude": VITRY[0] + 0.004, "longitude": VITRY[1]}
FAR = {"latitude": 48.60, "longitude": 2.40}


@pytest.fixture
def told():
    """Every message about the offering: the keys that it names."""
    messages: list[list[int]] = []

    def note(*, ids, **kwargs):
        messages.append(list(ids))

    offering_changed.connect(note)
    yield messages
    offering_changed.disconnect(note)


def walks(item) -> dict[str, int]:
    return dict(NearbyStation.objects.filter(property=item).values_list("station", "minutes"))


def number(criteria: Criteria) -> int:
    return engine_in_force().count(criteria, load_vocabulary())


def near(slug: str) -> int:
    return number(Criteria(station=(slug,), walk_max=10))


def test_a_new_station_is_near_what_is_on_the_market_already(told):
    close, _away = make_property(), make_property(insee="94065", latitude=None, longitude=None)
    told.clear()
    Station.objects.create(slug="new", name="New", commune_id="94081", **HERE)
    assert told == [[close.pk]]
    assert walks(close)["new"] == 8
    assert near("new") == 1
    assert search.index_differences() == []


def test_a_station_that_moves_takes_its_walks_along_and_a_renamed_one_changes_nothing(told):
    station = Station.objects.create(slug="moving", name="Moving", commune_id="94081", **HERE)
    close = make_property()
    told.clear()
    station.name = "Renamed"
    station.save()
    assert told == []
    station.latitude, station.longitude = FAR.values()
    station.save()
    assert told == [[close.pk]]
    assert "moving" not in walks(close)
    assert near("moving") == 0
    station.latitude, station.longitude = HERE.values()
    station.save()
    assert near("moving") == 1
    assert search.index_differences() == []


def test_a_station_or_a_line_that_goes_takes_its_walks_along(told):
    Station.objects.create(slug="closing", name="Closing", commune_id="94081", **HERE).lines.add("Orlyval")
    close = make_property()
    assert number(Criteria(line=("Orlyval",))) == 1
    told.clear()
    Line.objects.get(pk="Orlyval").delete()
    assert told == [[close.pk]]
    assert search.index_differences() == []
    Station.objects.get(pk="closing").delete()
    assert told[1:] == [[close.pk]]
    assert "closing" not in walks(close)
    assert search.index_differences() == []


def test_a_new_station_is_near_no_hidden_address_neither_its_true_point_nor_the_drawn_one():
    hidden = make_property(precision="commune")
    at = {"latitude": hidden.public_latitude, "longitude": hidden.public_longitude}
    Station.objects.create(slug="drawn", name="Drawn", commune_id="94081", **at)
    Station.objects.create(slug="true", name="True", commune_id="94081", **dict(zip(at, VITRY, strict=True)))
    assert walks(hidden) == {}
    assert number(Criteria(walk_max="unknown")) == 1


def moved() -> None:
    Station.objects.filter(pk="les-ardoines").update(latitude=0)
    NearbyStation.objects.filter(station="les-ardoines").delete()


def of_no_line() -> None:
    Station.lines.through.objects.filter(station="les-ardoines").delete()


def renamed() -> None:
    Commune.objects.filter(pk="94081").update(name="Autre")


@pytest.mark.parametrize("former", [moved, of_no_line, renamed])
def test_open_data_loaded_anew_are_followed_by_walks_lines_and_words(told, former):
    home = Station.objects.get(pk="les-ardoines")
    item = make_property(latitude=home.latitude, longitude=home.longitude)
    right = walks(item)
    assert right[home.pk] == 1
    former()
    search.rebuild_index()
    told.clear()
    load()
    assert {key for keys in told for key in keys} == {item.pk}
    assert walks(item) == right
    assert search.index_differences() == []
    asked = Criteria(q="vitry", station=(home.pk,), line=("RER C",), walk_max=5)
    assert number(asked) == 1


def test_open_data_that_are_as_before_change_nothing(told):
    make_property()
    told.clear()
    load()
    assert told == []
