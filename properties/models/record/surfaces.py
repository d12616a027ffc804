"""Surfaces of a property, its permitted use, and its annexes."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from properties.choices import Destination, Measure
from properties.models.rules import amount, at_most_total, check, not_negative


class Surfaces(models.Model):
    """Surfaces, all in m².

    - `surface`: the total, of the kind stated by `measure` (useful; rental; "Carrez", loi n° 65-557 article 46; floor
      area, Code de l'urbanisme R.111-22; plot). `divisible_from`: the smallest part on offer.
    - Annexes: `offices_surface` and `mezzanine_surface` are parts of the total, `yard_surface` lies outside.
    - `destination`: sub-destination of the local plan (Code de l'urbanisme R.151-28); `plu_zone`: its zone there.
    """

    surface = models.DecimalField(
        _("total surface (m²)"), max_digits=9, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    measure = models.CharField(_("kind of surface"), max_length=7, choices=Measure.choices, blank=True)
    divisible_from = models.DecimalField(
        _("divisible from (m²)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    offices_surface = amount(_("of which offices (m²)"))
    mezzanine_surface = amount(_("of which mezzanine (m²)"))
    yard_surface = amount(_("yard (m²)"))
    destination = models.CharField(_("PLU destination"), max_length=12, choices=Destination.choices, blank=True)
    plu_zone = models.CharField(_("PLU zone"), max_length=20, blank=True)

    class Meta:
        abstract = True


CONSTRAINTS = [
    check("property_surface_positive", "surface", models.Q(surface__gt=0), _("The surface is above 0.")),
    check(
        "property_divisible_within_total",
        "divisible_from",
        models.Q(divisible_from__isnull=True) | models.Q(divisible_from__gt=0, divisible_from__lte=models.F("surface")),
        _("It cannot be divisible from more than its total surface."),
    ),
    at_most_total("offices_surface"),
    at_most_total("mezzanine_surface"),
    *not_negative("property", ("offices_surface", "mezzanine_surface", "yard_surface")),
]
