"""Structured data of a property (schema.org RealEstateListing, Offer, Place), limited to public information.

A warehouse is a Place with `additionalProperty`, never an Accommodation (https://schema.org/RealEstateListing).
"""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from properties.choices import Deal, PropertyState
from properties.listing import facts
from properties.models import Property

_ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_GOOD_RELATIONS = "http://purl.org/goodrelations/v1#"
_SQUARE_METRE = "MTK"  # UN/CEFACT common code
_AVAILABILITY = {PropertyState.ON_MARKET: "InStock", PropertyState.UNDER_OFFER: "LimitedAvailability"}


def listing_data(listing: Property, site_url: str) -> dict[str, Any]:
    """Build the JSON-LD of a property's page; facts not stated are absent."""
    address = site_url + listing.get_absolute_url()
    data = {
        "@context": "https://schema.org",
        "@type": "RealEstateListing",
        "@id": address,
        "url": address,
        "name": str(listing.title),
        "description": str(listing.description),
        "identifier": listing.reference,
        "inLanguage": get_language(),
        "datePosted": listing.published_at.date().isoformat() if listing.published_at else None,
        "dateModified": listing.updated_at.date().isoformat() if listing.updated_at else None,
        "expires": listing.expires_on.isoformat() if listing.expires_on else None,
        "about": {"@id": f"{address}#place"},
        "offers": _offer(listing, address),
    }
    return _filled(data)


def as_script(data: dict[str, Any]) -> SafeString:
    """Serialise JSON for `<script type="application/ld+json">`, escaped so no character can close the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED))


def _offer(listing: Property, address: str) -> dict[str, Any]:
    sold = listing.deal in (Deal.SALE, Deal.LEASE_TRANSFER)
    return _filled(
        {
            "@type": "Offer",
            "businessFunction": _GOOD_RELATIONS + ("Sell" if sold else "LeaseOut"),
            "availability": f"https://schema.org/{_AVAILABILITY.get(PropertyState(listing.state), 'SoldOut')}",
            "availabilityStarts": listing.available_from.isoformat() if listing.available_from else None,
            "priceSpecification": _prices(listing),
            "itemOffered": _place(listing, address),
            "offeredBy": {"@type": "Organization", "name": listing.partner.short_name, "email": listing.partner.email},
        }
    )


def _prices(listing: Property) -> list[dict[str, Any]]:
    """List each kind of money with its own basis: a rent per m² and year, a desk per month."""
    euro = {"priceCurrency": "EUR", "valueAddedTaxIncluded": False}
    prices: list[dict[str, Any]] = []
    if listing.rent is not None:
        prices.append(
            {
                "@type": "UnitPriceSpecification",
                "price": float(listing.rent),
                "unitCode": _SQUARE_METRE,
                "unitText": "m²/year",
            }
        )
    if listing.price is not None:
        prices.append({"@type": "PriceSpecification", "price": float(listing.price)})
    if listing.desk_price is not None:
        prices.append({"@type": "UnitPriceSpecification", "price": float(listing.desk_price), "unitText": "desk/month"})
    return [price | euro for price in prices]


def _place(listing: Property, address: str) -> dict[str, Any]:
    return _filled(
        {
            "@type": "Place",
            "@id": f"{address}#place",
            "name": str(listing.title),
            "address": _filled(
                {
                    "@type": "PostalAddress",
                    "streetAddress": listing.public_address,
                    "addressLocality": listing.commune.name,
                    "addressCountry": "FR",
                }
            ),
            # Search engines would take a displaced point for the true place.
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": listing.public_latitude,
                "longitude": listing.public_longitude,
            }
            if not listing.is_drawn
            else None,
            "additionalProperty": [
                _filled({"@type": "PropertyValue", "propertyID": fact.name, "name": fact.label, "value": _words(fact)})
                for section in facts.sections(listing)
                if section.name not in ("money", "place")
                for fact in section.facts
                if fact.stated
            ],
        }
    )


def _words(fact: facts.StatedFact) -> str:
    return f"{fact.text} ({fact.detail})" if fact.detail else fact.text


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [])}
