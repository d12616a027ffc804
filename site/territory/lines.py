"""The lines that serve the territory, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from territory.cartography import sheet
from territory.choices import Mode
from territory.models import Line

# Beyond these, the ends of a line say more than all its stations.
_ALL_NAMED = 6


@dataclass(frozen=True, slots=True)
class LineServed:
    """A line, its mode in words, and its stations here from one end to the other."""

    code: str
    mode: str
    stations: tuple[str, ...]

    @property
    def where(self) -> str:
        """Every station of a short line; the ends of a long one."""
        if len(self.stations) <= _ALL_NAMED:
            return ", ".join(self.stations)
        return _("between %(first)s and %(last)s") % {"first": self.stations[0], "last": self.stations[-1]}


def lines_served() -> list[LineServed]:
    """Each line that stops here, in the order of the network; one query."""
    order = {line.code: line.stops for line in sheet().lines}
    served = []
    for line in Line.objects.prefetch_related("stations"):
        places = order.get(line.code, ())
        stations = sorted(
            line.stations.all(),
            key=lambda station: (places.index(station.slug) if station.slug in places else len(places), station.name),
        )
        if stations:
            code = line.code.removeprefix("RER ").removeprefix("M")
            served.append(LineServed(code, str(Mode(line.mode).label), tuple(station.name for station in stations)))
    return served
