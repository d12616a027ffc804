"""What the offering does when a place that it depends on changes, in the transaction of the change."""

from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver

from properties.models import NearbyStation
from properties.services import follow_station
from territory.models import Station


@receiver(pre_save, sender=Station, dispatch_uid="properties.station_before")
def see_station(*, instance: Station, **kwargs: Any) -> None:
    """Note whether it is new or moves: once it is saved, nothing tells any more."""
    stored = Station.objects.filter(pk=instance.pk).values_list("latitude", "longitude").first()
    instance.__dict__["_moves"] = stored != (instance.latitude, instance.longitude)


@receiver(post_save, sender=Station, dispatch_uid="properties.station_after")
def follow(*, instance: Station, **kwargs: Any) -> None:
    """What is near a station follows it."""
    if instance.__dict__.pop("_moves", False):
        follow_station(station=instance)


@receiver(pre_delete, sender=Station, dispatch_uid="properties.station_gone")
def leave(*, instance: Station, **kwargs: Any) -> None:
    """Who listens is told: what the database removes along with a station is told to nobody."""
    NearbyStation.objects.filter(station=instance).delete()
