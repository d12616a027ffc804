"""Views of one property: its page, its printable sheet and its preview card."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from properties.choices import PropertyState
from properties.listing import card, drawing, sheet
from properties.listing.budget import budget
from properties.listing.facts import amounts, sections
from properties.listing.shortlist import kept
from properties.listing.structured import as_script, listing_data
from properties.models import Property

# Number of similar premises on a page.
SIMILAR = 3


@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a public property; off the market answers 410 with similar premises, a draft 404."""
    return _answer(
        request,
        reference,
        "detail",
        lambda listing: render(request, "properties/detail.html", page(listing) | {"kept": kept(request)}),
    )


@require_safe
def sheet_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Return the property's sheet as a PDF, with the page's statuses and redirects."""

    def made(listing: Property) -> HttpResponse:
        headers = {"Content-Disposition": f'inline; filename="{listing.reference}.pdf"'}
        return HttpResponse(sheet.build(listing), content_type="application/pdf", headers=headers)

    return _answer(request, reference, "sheet", made)


@require_safe
def card_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Return the preview card as PNG."""
    return _answer(
        request, reference, "card", lambda listing: HttpResponse(card.draw(listing), content_type="image/png")
    )


def _answer(request: HttpRequest, reference: str, name: str, made: Callable[[Property], HttpResponse]) -> HttpResponse:
    listings = Property.objects.for_display().prefetch_related("lots", "media", "partner__communes")
    listing = listings.exclude(state=PropertyState.DRAFT).find(reference)
    if listing is None:
        raise Http404(_("There is no property with this reference."))
    if listing.reference != reference:
        return redirect(reverse(f"properties:{name}", args=[listing.reference]), permanent=True)
    if not listing.is_public:
        context = {"property": listing, "similar": Property.objects.nearest_to(listing, SIMILAR)}
        return render(request, "properties/gone.html", context, status=410)
    return made(listing)


def page(listing: Property) -> dict[str, Any]:
    """Build the context of a property's page; `listing` comes from `for_display`, with lots and media prefetched."""
    near = list(listing.nearby_stations.all())
    lots = drawing.bars(list(listing.lots.all()))
    yearly = [bar.yearly for bar in lots]
    return {
        "property": listing,
        "similar": Property.objects.nearest_to(listing, SIMILAR),
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
        "amounts": amounts(listing),
        "budget": budget(listing),
        "sections": {section.name: section for section in sections(listing)},
        "structured": as_script(listing_data(listing, settings.SITE_URL)),
    }
