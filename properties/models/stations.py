"""Stations within walking distance of a property."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from properties.models.property import Property
from properties.models.querysets import NearbyStationQuerySet
from territory.models import Station


class NearbyStation(models.Model):
    """Station within 1.5 km of the public point: computed, never typed.

    `minutes`: distance on the sphere × 1.3 at 80 m a minute, rounded up (`territory.geography.walking_minutes`).
    """

    property = models.ForeignKey(Property, on_delete=models.CASCADE, related_name="nearby_stations")
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("walking minutes"))

    objects = NearbyStationQuerySet.as_manager()

    class Meta:
        ordering = ["minutes", "station"]
        constraints = [models.UniqueConstraint(fields=["property", "station"], name="nearby_station_once")]

    def __str__(self) -> str:
        return f"{self.station} ({self.minutes} min)"
