"""The lines that serve the territory, from one end to the other."""

import pytest
from django.utils.translation import override

from territory.cartography import sheet
from territory.lines import lines_served
from territory.models import Line, Station

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def test_each_line_lists_its_stations_once_in_their_order():
    served = {line.code: line for line in lines_served()}
    assert len(served) == Line.objects.filter(stations__isnull=False).distinct().count()
    assert served["14"].stations[0] == "Hôpital Bicêtre"
    assert served["14"].stations[-1].startswith("Aéroport")
    for line in served.values():
        assert len(line.stations) > 0
    with override("en"):
        assert served["T9"].where == "between Châteaudun–Barbès and Orly–Gaston Viens"


def test_every_station_of_the_database_is_a_stop_of_its_lines_on_the_map():
    stops = {line.code: set(line.stops) for line in sheet().lines}
    for station in Station.objects.prefetch_related("lines"):
        for line in station.lines.all():
            # Orlyval is not drawn: its other end lies outside.
            assert line.code == "Orlyval" or station.slug in stops[line.code], (station, line)


def test_lines_cost_a_constant_number_of_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        lines_served()
