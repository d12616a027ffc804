"""Models of the offering: property, lots, media, nearby stations, and the log of changes."""

from properties.models.changes import Change
from properties.models.confirmations import Confirmation
from properties.models.imports import ImportRun, ImportSource
from properties.models.lots import Lot
from properties.models.media import Media
from properties.models.property import Property
from properties.models.rules import FIELD_OF
from properties.models.stations import NearbyStation

__all__ = [
    "FIELD_OF",
    "Change",
    "Confirmation",
    "ImportRun",
    "ImportSource",
    "Lot",
    "Media",
    "NearbyStation",
    "Property",
]
