"""The ground floor: places, and who acts on them."""

from territory.models.partners import Axis, Officer, Partner, PartnerName
from territory.models.places import Commune, Line, Sector, Station

__all__ = ["Axis", "Commune", "Line", "Officer", "Partner", "PartnerName", "Sector", "Station"]
