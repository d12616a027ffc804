"""Receivers keeping walks in step with stations, inside the transaction of the change."""

from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver

from properties.models import NearbyStation
from properties.services import follow_station
from territory.models import Station


@receiver(pre_save, sender=Station, dispatch_uid="properties.station_before")
def see_station(*, instance: Station, **kwargs: Any) -> None:
    """Record before saving if the station is new or moves; after saving the old point is lost."""
    stored = Station.objects.filter(pk=instance.pk).values_list("latitude", "longitude").first()
    instance.__dict__["_moves"] = stored != (instance.latitude, instance.longitude)


@receiver(post_save, sender=Station, dispatch_uid="properties.station_after")
def follow(*, instance: Station, **kwargs: Any) -> None:
    """Recompute the walks to a new or moved station."""
    if instance.__dict__.pop("_moves", False):
        follow_station(station=instance)


@receiver(pre_delete, sender=Station, dispatch_uid="properties.station_gone")
def leave(*, instance: Station, **kwargs: Any) -> None:
    """Delete the walks to a station through the ORM: a cascade in the database would send no signal."""
    NearbyStation.objects.filter(station=instance).delete()
