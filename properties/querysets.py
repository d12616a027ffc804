"""Chainable reads of the offering. Writes through a queryset tell whoever listens, as the services do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from properties.choices import PUBLIC_STATES

if TYPE_CHECKING:
    from properties.models import Property  # noqa: F401


class PropertyQuerySet(models.QuerySet["Property"]):
    def public(self) -> PropertyQuerySet:
        """What a visitor may see: on the market or under offer."""
        return self.filter(state__in=PUBLIC_STATES)
