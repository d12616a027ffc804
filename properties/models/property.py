"""Property on the market, the offering's root model."""

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from properties.models.addresses import page_address
from properties.models.querysets import PropertyQuerySet
from properties.models.record import building, identity, money, place, shown, surfaces
from properties.signals import tell
from territory.choices import Mode

if TYPE_CHECKING:
    from properties.models.stations import NearbyStation


class Property(
    identity.Identity,
    identity.PropertyTexts,
    surfaces.Surfaces,
    money.Money,
    place.PropertyPlace,
    building.Building,
    shown.Shown,
):
    """Offer of premises or land; each part of the record documents its fields, units and the sources of their rules.

    One canonical unit per field; a missing value means "not stated". Written by `properties.services` alone.
    """

    objects = PropertyQuerySet.as_manager()

    class Meta:
        verbose_name = _("property")
        verbose_name_plural = _("properties")
        ordering = ["reference"]
        # Duplicates: 70 ms instead of 2 s for 5,000 properties.
        indexes = [
            models.Index(fields=["commune", "kind", "surface"], name="property_alike"),
            # Similar premises, nearest in surface; the state is in the index for an index-only filter.
            models.Index(fields=["kind", "deal", "surface", "state"], name="property_similar"),
        ]
        constraints = [
            *identity.CONSTRAINTS,
            *surfaces.CONSTRAINTS,
            *money.CONSTRAINTS,
            *place.CONSTRAINTS,
            *building.CONSTRAINTS,
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        tell([self.pk])

    def get_absolute_url(self) -> str:
        return page_address()(self.reference)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        pk = self.pk
        outcome = super().delete(*args, **kwargs)
        tell([pk])
        return outcome

    @cached_property
    def nearest_station(self) -> "NearbyStation | None":
        """Station fewest minutes away on foot, from the prefetched rows; None without one or for a drawn point."""
        if self.is_drawn:
            return None
        return min(self.nearby_stations.all(), key=lambda near: (near.minutes, near.station_id), default=None)

    @property
    def nearest_by_mode(self) -> "dict[Mode, NearbyStation]":
        """Nearest station within a walk for each mode of transport, from the prefetched stations and lines."""
        nearest: dict[Mode, NearbyStation] = {}
        for near in sorted(self.nearby_stations.all(), key=lambda near: (near.minutes, near.station_id)):
            for line in near.station.lines.all():
                nearest.setdefault(Mode(line.mode), near)
        return nearest
