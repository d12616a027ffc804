"""The ground floor: places, who acts on them, and what is said of them."""

from territory.models.figures import Figure, FigureValue
from territory.models.partners import Axis, Officer, Partner, PartnerName
from territory.models.people import Person
from territory.models.places import Commune, Line, Sector, Station
from territory.models.projects import MajorProject

__all__ = [
    "Axis",
    "Commune",
    "Figure",
    "FigureValue",
    "Line",
    "MajorProject",
    "Officer",
    "Partner",
    "PartnerName",
    "Person",
    "Sector",
    "Station",
]
