"""Chainable reads of the offering, and bulk writes sending `offering_changed` as the services do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models, transaction

from properties.choices import PUBLIC_STATES, PropertyState
from properties.models.inserting import insert_instances, insert_rows
from properties.signals import tell
from territory.choices import OfficerRole
from territory.models import Officer

if TYPE_CHECKING:
    from properties.models import Property


# Ratio of surfaces within which two offers may be the same premises.
LEAST, MOST = Decimal("0.95"), Decimal("1.05")
# Upper bound on the rows read to find listings apart.
_LATEST = 60
AMOUNTS = ("rent", "price", "desk_price")


class PropertyQuerySet(models.QuerySet["Property"]):
    def public(self) -> PropertyQuerySet:
        """Filter the properties visible to visitors: on the market or under offer."""
        return self.filter(state__in=PUBLIC_STATES)

    def find(self, reference: str) -> Property | None:
        """Return the property with this reference, in any letter case, or None."""
        return self.filter(reference__iexact=reference).first()

    def editable_by(self, user: AbstractBaseUser | AnonymousUser) -> PropertyQuerySet:
        """Filter the properties of an officer's partner; all of them for a coordinator, none without an officer."""
        officer = Officer.objects.filter(user_id=user.pk).first() if user.pk else None
        if officer is None:
            return self.none()
        return self.all() if officer.role == OfficerRole.COORDINATOR else self.filter(partner=officer.partner_id)

    def resembling(self, listing: Property) -> PropertyQuerySet:
        """Filter possible duplicates: same commune, type and amounts, surface within 5 %, not withdrawn."""
        same = {name: getattr(listing, name) for name in ("commune_id", "kind", *AMOUNTS)}
        alike = self.filter(surface__range=(listing.surface * LEAST, listing.surface * MOST), **_equal(same))
        return alike.exclude(pk=listing.pk).exclude(state=PropertyState.WITHDRAWN)

    def with_twin(self) -> PropertyQuerySet:
        """Annotate `has_twin`: True if another property resembles the row."""
        same = {name: models.OuterRef(name) for name in ("commune_id", "kind")}
        surface = models.OuterRef("surface")
        twins = self.model._default_manager.filter(
            *(_same_or_both_empty(name) for name in AMOUNTS),
            surface__gte=surface * LEAST,
            surface__lte=surface * MOST,
            **same,
        )
        twins = twins.exclude(pk=models.OuterRef("pk")).exclude(state=PropertyState.WITHDRAWN)
        return self.annotate(has_twin=models.Exists(twins))

    def for_display(self) -> PropertyQuerySet:
        """Load the relations of a list's rows in a constant number of queries."""
        return self.select_related("commune", "partner").prefetch_related("nearby_stations__station__lines")

    def checked_last(self, number: int, *, apart: str) -> list[Property]:
        """Return the most recently checked listings, newest first, each with a distinct value of the field `apart`.

        At most `number`, with the relations of `for_display`; fewer when the latest `_LATEST` are too much alike.
        """
        newest = self.order_by(models.F("verified_on").desc(nulls_last=True), "reference")
        chosen: dict[Any, int] = {}
        for value, key in newest.values_list(apart, "pk")[:_LATEST]:
            chosen.setdefault(value, key)
        keys = list(chosen.values())[:number]
        rows = self.for_display().in_bulk(keys)
        return [rows[key] for key in keys]

    def nearest_to(self, listing: Property, number: int) -> list[Property]:
        """Return the public properties most similar to a listing, with the relations of `for_display`.

        Same type and deal, from half to twice the surface; same commune first, then nearest in surface, then by
        reference. Reads at most four times `number` keys, however large the offering, and loads `number` properties.
        """
        alike = self.public().filter(kind=listing.kind, deal=listing.deal).exclude(pk=listing.pk)
        here = models.Q(commune=listing.commune_id)
        keys = _nearest_in_surface(alike.filter(here), listing.surface, number)
        if len(keys) < number:
            keys += _nearest_in_surface(alike.exclude(here), listing.surface, number - len(keys))
        rows = self.for_display().in_bulk(keys)
        return [rows[key] for key in keys]

    @transaction.atomic
    def update(self, **kwargs: Any) -> int:
        ids = list(self.values_list("pk", flat=True))
        count = super().update(**kwargs)
        tell(ids)
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    @transaction.atomic
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        created = super().bulk_create(objs, *args, **kwargs)
        tell([instance.pk for instance in created])
        return created

    @transaction.atomic
    def insert(self, instances: Sequence[Property]) -> None:
        """Bulk-insert new properties in a third of the time of `bulk_create`, setting their primary keys."""
        insert_instances(instances)
        references = [instance.reference for instance in instances]
        keys = dict(self.filter(reference__in=references).values_list("reference", "pk"))
        for instance in instances:
            instance.pk, instance._state.adding, instance._state.db = keys[instance.reference], False, self.db
        tell(keys.values())

    insert.alters_data = True  # type: ignore[attr-defined]

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        ids = list(self.values_list("pk", flat=True))
        outcome = super().delete()
        tell(ids)
        return outcome

    delete.alters_data = True  # type: ignore[attr-defined]


class NearbyStationQuerySet(models.QuerySet[Any]):
    """Walks of properties; each write sends `offering_changed` for the property, the walks being part of it."""

    def nearest(self) -> NearbyStationQuerySet:
        """Filter each property's nearest stations, ties included."""
        of_one = self.model._default_manager.filter(property=models.OuterRef("property"))
        shortest = of_one.order_by("minutes").values("minutes")[:1]
        return self.filter(minutes=models.Subquery(shortest))

    @transaction.atomic
    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        created = super().bulk_create(objs, *args, **kwargs)
        tell({near.property_id for near in created})
        return created

    @transaction.atomic
    def insert(self, walks: Sequence[tuple[int, str, int]]) -> None:
        """Bulk-insert rows of (property, station, minutes), thousands at a time."""
        fields = [self.model._meta.get_field(name) for name in ("property", "station", "minutes")]
        insert_rows(self.model, fields, walks)
        tell({key for key, _station, _minutes in walks})

    insert.alters_data = True  # type: ignore[attr-defined]

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        ids = set(self.values_list("property", flat=True))
        outcome = super().delete()
        tell(ids)
        return outcome

    delete.alters_data = True  # type: ignore[attr-defined]


def _nearest_in_surface(alike: PropertyQuerySet, surface: Decimal, number: int) -> list[int]:
    """Return `number` keys by nearness in surface; two index range scans, below and above, `number` rows each."""
    below = alike.filter(surface__gte=surface / 2, surface__lt=surface).order_by("-surface", "reference")
    above = alike.filter(surface__gte=surface, surface__lte=surface * 2).order_by("surface", "reference")
    candidates = [row for side in (below, above) for row in side.values_list("surface", "reference", "pk")[:number]]
    candidates.sort(key=lambda row: (abs(row[0] - surface), row[1]))
    return [key for _surface, _reference, key in candidates[:number]]


def _equal(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{name}__isnull" if value is None else name: value is None or value for name, value in values.items()}


def _same_or_both_empty(name: str) -> models.Q:
    outer = models.OuterRef(name)
    return models.Q(**{name: outer}) | models.Q(models.lookups.IsNull(outer, True), **{f"{name}__isnull": True})
