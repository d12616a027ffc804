"""Criteria as a filter of the public offering: the one reading of each criterion that counts, lists and maps share."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from properties.models import NearbyStation, Property
from search.criteria import Criteria
from search.engines.textindex import keys_holding
from search.vocabulary import SURFACE_BANDS, UNKNOWN

# Parameters that name a column with one value a property.
COLUMNS = {"type": "kind", "deal": "deal", "commune": "commune_id", "condition": "condition", "lease": "lease"}


def matching(criteria: Criteria, *, leave_out: str = "") -> QuerySet[Property]:
    """The public offering that answers these criteria; `leave_out` names a facet to ignore."""
    found = Property.objects.public().order_by()
    if criteria.words:
        found = found.filter(pk__in=keys_holding(criteria.words))
    for name, column in COLUMNS.items():
        if name != leave_out and (values := getattr(criteria, name)):
            found = found.filter(**{f"{column}__in": ["" if value == UNKNOWN else value for value in values]})
    for feature, stated in criteria.features.items():
        if leave_out != f"feature:{feature}":
            found = found.filter(**{f"{feature}__in": stated})
    if criteria.surface and leave_out != "surface":
        found = found.filter(_in_bands(criteria.surface))
    if leave_out != "near" and (criteria.station or criteria.line or criteria.walk_max):
        found = found.filter(Exists(walks(criteria).filter(property=OuterRef("pk"))))
    return _within(found, criteria)


def _within(found: QuerySet[Property], criteria: Criteria) -> QuerySet[Property]:
    """Ranges, date and zone: what is not stated is in no range."""
    if criteria.area_min is not None:
        found = found.filter(surface__gte=criteria.area_min)
    if criteria.area_max is not None:
        found = found.filter(_smallest_at_most(lte=criteria.area_max))
    for name in ("rent", "price"):
        if (low := getattr(criteria, f"{name}_min")) is not None:
            found = found.filter(**{f"{name}__gte": low})
        if (high := getattr(criteria, f"{name}_max")) is not None:
            found = found.filter(**{f"{name}__lte": high})
    if criteria.available_by:
        found = found.filter(available_from__lte=criteria.available_by)
    if criteria.bbox:
        west, south, east, north = criteria.bbox
        found = found.filter(
            public_longitude__gte=west,
            public_longitude__lte=east,
            public_latitude__gte=south,
            public_latitude__lte=north,
        )
    return found


def _smallest_at_most(**bound: object) -> Q:
    """The smallest part on offer, `divisible_from` or else the whole."""
    ((lookup, value),) = bound.items()
    return Q(**{f"divisible_from__{lookup}": value}) | Q(divisible_from__isnull=True, **{f"surface__{lookup}": value})


def _in_bands(values: tuple[str, ...]) -> Q:
    """What is on offer, from the smallest part to the whole, meets one of the bands."""
    wanted = Q()
    for band in (SURFACE_BANDS[value] for value in values):
        meets = Q(surface__gte=band.low)
        if band.high is not None:
            meets &= _smallest_at_most(lt=band.high)
        wanted |= meets
    return wanted


def walks(criteria: Criteria) -> QuerySet[NearbyStation]:
    """The walks asked for: to one of the stations, on one of the lines, within the minutes, all in one walk."""
    asked = NearbyStation.objects.order_by()
    if criteria.station:
        asked = asked.filter(station__in=criteria.station)
    if criteria.line:
        asked = asked.filter(station__lines__in=criteria.line)
    if criteria.walk_max:
        asked = asked.filter(minutes__lte=criteria.walk_max)
    return asked
