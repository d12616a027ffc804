"""Services writing the offering: form, import and command all call these."""

import json
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from random import SystemRandom
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.by_language import TextByLanguage, field_of, fields_by_language, gathered, refusal, text_name
from properties import lots as lots_of
from properties.choices import PUBLIC_STATES, Door, Stated
from properties.displacement import draw_point
from properties.models import Change, Lot, Media, NearbyStation, Property
from properties.public_reading import WATCHED, repeated
from properties.signals import told_once
from territory.geography import WALKABLE_M, distance_m, walking_minutes
from territory.models import Station

_RANDOM = SystemRandom()
# Without letters and figures easily confused on the telephone or in print.
_LETTERS = "ACDEFHJKLMNPRTUVWXY3479"
# A bit more than 1.5 km along a meridian.
_WALKABLE_DEGREES = WALKABLE_M / 111_000
_TEXTS = fields_by_language(Property)
# A change of one of these moves the public point; anything else leaves the drawn point where it is.
PLACE_FIELDS = frozenset({"commune", "commune_id", "precision", "latitude", "longitude"})


class StaleVersionError(Exception):
    """Optimistic lock failure: somebody else changed the property since reading; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed this property while you were editing it. Nothing was saved."))


def place(instance: Property, *, redraw: bool) -> None:
    """Set the public point: the true point if the precision allows, else a drawn point, kept unless `redraw`."""
    if not instance.is_drawn and instance.latitude is not None and instance.longitude is not None:
        instance.public_latitude, instance.public_longitude = instance.latitude, instance.longitude
    elif redraw or instance.public_latitude is None:
        instance.public_latitude, instance.public_longitude = draw_point(instance.commune.boundary, _RANDOM)


def stamp(instance: Property, changed: Collection[str], now: datetime | None = None) -> None:
    """Date a change of state and the first publication; a new check date clears `to_confirm`."""
    now = now or timezone.now()
    if "state" in changed:
        instance.state_since = timezone.localdate(now)
    if "verified_on" in changed and instance.verified_on is not None:
        instance.to_confirm = False
    if instance.state in PUBLIC_STATES and instance.published_at is None:
        instance.published_at = now


def apply(instance: Property, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Set the values that differ, and what they imply; return each changed field's [before, after] as text.

    A text by language is changed in the languages that are given, and told of language by language: `title_fr`.
    """
    values = _with_other_languages(instance, gathered(Property, values))
    before = {name: getattr(instance, name) for name, value in values.items() if getattr(instance, name) != value}
    for name in before:
        setattr(instance, name, values[name])
    before |= dict.fromkeys(instance.imply() - set(before), Stated.UNKNOWN)
    changed: dict[str, list[str]] = {}
    for name, old in before.items():
        new = getattr(instance, name)
        if isinstance(old, TextByLanguage):
            codes = [code for code in sorted({*old, *new}) if old[code] != new[code]]
            changed |= {text_name(name, code): [old[code], new[code]] for code in codes}
        else:
            changed[name] = [as_text(old), as_text(new)]
    return changed


def _with_other_languages(instance: Property, values: dict[str, Any]) -> dict[str, Any]:
    """The values, texts by language with those of the languages that are not given."""
    return {name: getattr(instance, name) | value if name in _TEXTS else value for name, value in values.items()}


def as_text(value: Any) -> str:
    """Serialise a value for the log of changes: codes, figures and proper names, never words of one language."""
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case dict():
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def fields_of(changed: Iterable[str]) -> set[str]:
    """The fields that a change is of, one for the texts of all languages."""
    return {field_of(Property, name) for name in changed}


def walkable(instance: Property, stations: Iterable[Station]) -> list[NearbyStation]:
    """Return unsaved `NearbyStation` rows for the stations within walking distance of the public point."""
    return [
        NearbyStation(property=instance, station=station, minutes=minutes)
        for station, minutes in walks(instance, stations)
    ]


def walks(instance: Property, stations: Iterable[Station]) -> Iterator[tuple[Station, int]]:
    """Yield (station, minutes) within walking distance of the public point; nothing for a drawn point."""
    if instance.is_drawn:
        return
    latitude, longitude = instance.public_latitude, instance.public_longitude
    # A degree of longitude is shortest at the walk's end nearest the pole, so this width is safe.
    wide = _WALKABLE_DEGREES / math.cos(math.radians(min(abs(latitude) + _WALKABLE_DEGREES, 89.9)))
    for station in stations:
        # A bounding box rules out most stations without spherical trigonometry.
        if abs(station.latitude - latitude) > _WALKABLE_DEGREES or abs(station.longitude - longitude) > wide:
            continue
        metres = distance_m(latitude, longitude, station.latitude, station.longitude)
        if metres <= WALKABLE_M:
            yield station, walking_minutes(metres)


@transaction.atomic
@told_once()
def follow_station(*, station: Station) -> None:
    """Recompute the walks to a station after its creation or move."""
    NearbyStation.objects.filter(station=station).delete()
    middle, half = station.latitude, _WALKABLE_DEGREES
    around = Property.objects.filter(public_latitude__gte=middle - half, public_latitude__lte=middle + half)
    place_of = ("precision", "latitude", "public_latitude", "public_longitude")
    rows = around.only(*place_of).order_by("pk").iterator()
    station_walks = [(row.pk, near.pk, minutes) for row in rows for near, minutes in walks(row, [station])]
    NearbyStation.objects.insert(station_walks)


def keep_secret(instance: Property, lots: Iterable[Lot], media: Iterable[Media] = ()) -> None:
    """Refuse texts disclosing the hidden part of the address. Raises `ValidationError` naming the fields."""
    if disclosures := repeated(instance, lots, media):
        raise refusal(Property, disclosures)


def free_reference() -> str:
    """Draw an unused reference for a property typed in the form.

    Drawn rather than counted: two officers may add at once, and imports bring references of their own.
    """
    while True:
        reference = "GOSB-" + "".join(_RANDOM.choices(_LETTERS, k=6))
        if not Property.objects.filter(reference=reference).exists():
            return reference


@transaction.atomic
@told_once()
def create_property(*, values: Mapping[str, Any], lots: Sequence[Mapping[str, Any]] = ()) -> Property:
    """Create a property from field values, with its lots and, unless given, a drawn reference.

    Raises `ValidationError` naming the fields, with nothing written.
    """
    instance = Property(**{"reference": free_reference()} | gathered(Property, values))
    instance.imply()
    place(instance, redraw=True)
    stamp(instance, {"state"})
    instance.full_clean()
    parts = lots_of.checked(instance, lots)
    keep_secret(instance, parts)
    instance.save()
    lots_of.write(instance, parts)
    NearbyStation.objects.bulk_create(walkable(instance, Station.objects.all()))
    return instance


@transaction.atomic
@told_once()
def update_property(
    *,
    instance: Property,
    values: Mapping[str, Any],
    version: int,
    lots: Sequence[Mapping[str, Any]] | None = None,
    user: User | None = None,
    door: Door = Door.FORM,
) -> Property:
    """Change field values under the optimistic lock `version`, and log the changes; `lots=None` keeps the lots.

    Raises `StaleVersionError` when somebody else wrote meanwhile, `ValidationError` when a value is refused; nothing is
    written then.
    """
    current = Property.objects.select_for_update().get(pk=instance.pk)
    if current.version != version:
        raise StaleVersionError
    changed = apply(current, values)
    new_lots = None if lots is None else lots_of.checked(current, lots)
    if new_lots is not None:
        before, after = lots_of.described(current.lots.all()), lots_of.described(new_lots)
        changed |= {"lots": [before, after]} if before != after else {}
    if not changed:
        return current
    moved = bool(changed.keys() & PLACE_FIELDS)
    if moved:
        place(current, redraw=True)
    stamp(current, changed)
    current.full_clean()
    # No editor corrects the texts when the cycle or a partner's mail changes the state; they were public before.
    shown_now = "state" in changed and door == Door.FORM and current.is_public
    if shown_now or fields_of(changed) & WATCHED:
        keep_secret(current, current.lots.all() if new_lots is None else new_lots, current.media.all())
    current.version += 1
    current.save()
    if new_lots is not None and "lots" in changed:
        lots_of.write(current, new_lots)
    _changes([(current, changed)], door=door, user=user)
    if moved:
        current.nearby_stations.all().delete()
        NearbyStation.objects.bulk_create(walkable(current, Station.objects.all()))
    return current


def _changes(written: list[tuple[Property, dict[str, list[str]]]], *, door: Door, user: User | None) -> None:
    now = timezone.now()
    Change.objects.bulk_create(
        [
            Change(property=instance, version=instance.version, fields=changed, door=door, user=user, at=now)
            for instance, changed in written
        ],
        batch_size=2_000,
    )


@transaction.atomic
@told_once()
def write_many(
    *,
    created: list[Property],
    updated: list[tuple[Property, dict[str, list[str]]]],
    user: User | None = None,
    door: Door = Door.IMPORT,
) -> None:
    """Write validated properties in bulk, with their nearby stations and the log; one signal for all.

    `updated` pairs each property with the changes returned by `apply`. Rows must have been read in the same
    transaction.
    """
    stations, now = list(Station.objects.all()), timezone.now()
    for instance in created:
        place(instance, redraw=True)
        stamp(instance, {"state"}, now)
    moved = []
    fields = {"version", "updated_at", "published_at", "state_since", "to_confirm"}
    fields |= {"public_latitude", "public_longitude"}
    for instance, changed in updated:
        if changed.keys() & PLACE_FIELDS:
            place(instance, redraw=True)
            moved.append(instance)
        stamp(instance, changed, now)
        instance.version += 1
        instance.updated_at = now
        fields |= fields_of(changed) - {"lots"}
    Property.objects.insert(created)
    if updated:
        Property.objects.bulk_update([instance for instance, _changed in updated], sorted(fields), batch_size=200)
        _changes(updated, door=door, user=user)
    NearbyStation.objects.filter(property__in=moved).delete()
    NearbyStation.objects.insert(
        [
            (instance.pk, station.pk, minutes)
            for instance in [*created, *moved]
            for station, minutes in walks(instance, stations)
        ]
    )
