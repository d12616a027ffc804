"""Lettable or sellable parts of a property."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from properties.models.property import Property
from properties.models.rules import amount, check, not_negative


class Lot(models.Model):
    """Lettable or sellable part of a property; same units as the property."""

    property = models.ForeignKey(Property, on_delete=models.CASCADE, related_name="lots")
    label = models.CharField(_("lot"), max_length=40)
    floor = models.CharField(_("floor"), max_length=20, blank=True)
    surface = models.DecimalField(
        _("surface (m²)"), max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    rent = amount(_("rent (€/m²/year, excl. tax and charges)"))
    available_from = models.DateField(_("available from"), null=True, blank=True)

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["property", "label"], name="lot_unique_in_property"),
            check("lot_surface_positive", "surface", models.Q(surface__gt=0), _("The surface is above 0.")),
            *not_negative("lot", ("rent",)),
        ]

    def __str__(self) -> str:
        return self.label
