"""The page of one property."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from properties import drawing
from properties.choices import State
from properties.models import Property


@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """A property on the market. One that left it answers 410 with what resembles it; a draft does not exist."""
    found = Property.objects.for_display().prefetch_related("lots", "partner__communes")
    listing = found.exclude(state=State.DRAFT).find(reference)
    if listing is None:
        raise Http404(_("There is no property with this reference."))
    if listing.reference != reference:
        return redirect(listing, permanent=True)
    context = {"property": listing, "similar": similar(listing)}
    if not listing.is_public:
        return render(request, "properties/gone.html", context, status=410)
    return render(request, "properties/detail.html", context | _facts(listing))


def _facts(listing: Property) -> dict[str, Any]:
    near = list(listing.nearby_stations.all())
    lots = drawing.bars(list(listing.lots.all()))
    yearly = [bar.yearly for bar in lots]
    return {
        "near": near[:6],
        "lots": lots,
        "lots_width": drawing.LOTS_WIDTH,
        "lots_surface": sum((bar.lot.surface for bar in lots), Decimal(0)),
        "lots_yearly": None if None in yearly else sum(filter(None, yearly), Decimal(0)),
        "around": drawing.surroundings(listing, near),
        "others_in_commune": Property.objects.public()
        .filter(commune=listing.commune_id)
        .exclude(pk=listing.pk)
        .count(),
    }


def similar(listing: Property, number: int = 3) -> list[Property]:
    """Public properties of the same type and deal, nearest in surface; the same commune first."""
    candidates = Property.objects.public().for_display().filter(kind=listing.kind, deal=listing.deal)
    near = candidates.filter(surface__range=(listing.surface / 2, listing.surface * 2)).exclude(pk=listing.pk)

    def unlikeness(other: Property) -> tuple[bool, Decimal, str]:
        return other.commune_id != listing.commune_id, abs(other.surface - listing.surface), other.reference

    return sorted(near, key=unlikeness)[:number]
