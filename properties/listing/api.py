"""JSON representation of one property: the facts of its public page, in one language."""

import hashlib
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router, Schema

from properties.choices import Feature, PropertyState
from properties.listing.facts import sections
from properties.listing.schemas import (
    Answering,
    CommuneSchema,
    Detail,
    Error,
    Errors,
    FactSchema,
    Labelled,
    NearbyStationSchema,
    PartOf,
    PictureSchema,
    PointSchema,
    SectionSchema,
    Summary,
)
from properties.models import Media, Property

router = Router()


@router.get(
    "/{reference}",
    url_name="property",
    operation_id="getProperty",
    summary=gettext_noop("One property"),
    description=gettext_noop("A property on the market or under offer, with every fact that its page states."),
    response={200: Detail, 404: Errors, 406: Errors, 410: Errors, 422: Errors, 429: Errors},
)
def one(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Answer as the page does: 404 for a draft, 410 off the market, 301 to the reference's canonical spelling."""
    listings = Property.objects.for_display().prefetch_related("lots", "media").exclude(state=PropertyState.DRAFT)
    listing = listings.find(reference)
    if listing is None:
        return refused(404, "reference", reference, _("There is no property with this reference."))
    if not listing.is_public:
        return refused(410, "reference", reference, _("This property has left the market."))
    if listing.reference != reference:
        query = request.META.get("QUERY_STRING", "")
        path = reverse("api:property", args=[listing.reference])
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    return as_json(detail(listing))


def as_json(answer: Schema, status: int = 200) -> HttpResponse:
    """Return a schema as a JSON response, with a strong ETag hashed from the body."""
    body = answer.model_dump_json().encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    return HttpResponse(body, content_type="application/json", status=status, headers={"ETag": etag})


def refused(status: int, parameter: str, value: str, message: str) -> HttpResponse:
    """Return a refusal in the one shape shared by all errors."""
    return as_json(Errors(errors=[Error(parameter=parameter, value=value[:60], message=message)]), status)


def summary(listing: Property) -> Summary:
    """Serialise a property of `for_display` as a row of the list, in the active language."""
    return Summary(**_summary(listing))


def detail(listing: Property) -> Detail:
    """Serialise a property of `for_display` in full, in the active language; lots and media should be prefetched."""
    brochure = listing.brochure
    return Detail(
        **_summary(listing),
        description=str(listing.description),
        address=listing.public_address,
        facts=[
            SectionSchema(
                name=section.name,
                title=section.title,
                facts=[
                    FactSchema(name=fact.name, label=fact.label, answer=fact.answer, text=fact.text, detail=fact.detail)
                    for fact in section.facts
                ],
            )
            for section in sections(listing)
        ],
        lots=[
            PartOf(
                label=lot.label,
                floor=lot.floor,
                surface=float(lot.surface),
                rent=_number(lot.rent),
                available_from=lot.available_from,
            )
            for lot in listing.lots.all()
        ],
        photos=[_picture(photo) for photo in listing.photos],
        plans=[_picture(plan) for plan in listing.plans],
        brochure=_whole(brochure.file.url) if brochure else None,
        sheet=_whole(reverse("properties:sheet", args=[listing.reference])),
    )


def _picture(medium: Media) -> PictureSchema:
    return PictureSchema(url=_whole(medium.file.url), alt=str(medium.alt), credit=medium.credit)


def labelled(listing: Property, name: str) -> Labelled | None:
    """Return a choice field's value with its label in the active language, or None when blank."""
    return _words(listing, name) if getattr(listing, name) else None


def public_point(listing: Property) -> tuple[float, float]:
    """Return the public (latitude, longitude), rounded to five decimals (about 1 m)."""
    return round(listing.public_latitude, 5), round(listing.public_longitude, 5)


def _summary(listing: Property) -> dict[str, Any]:
    latitude, longitude = public_point(listing)
    partner = listing.partner
    return {
        "reference": listing.reference,
        "url": _whole(listing.get_absolute_url()),
        "api_url": _whole(reverse("api:property", args=[listing.reference])),
        "title": str(listing.title),
        "type": labelled(listing, "kind"),
        "deal": labelled(listing, "deal"),
        "state": labelled(listing, "state"),
        "commune": CommuneSchema(insee=listing.commune_id, name=listing.commune.name),
        "point": PointSchema(latitude=latitude, longitude=longitude, precision=point_precision(listing)),
        **{name: _number(getattr(listing, name)) for name in _NUMBERS},
        "undisclosed": listing.undisclosed,
        "available_from": listing.available_from,
        "lease": labelled(listing, "lease"),
        "condition": labelled(listing, "condition"),
        "features": {feature: getattr(listing, feature) for feature in Feature.values},
        "stations": None
        if listing.is_drawn
        else [
            NearbyStationSchema(
                slug=near.station.slug,
                name=near.station.name,
                lines=[line.code for line in near.station.lines.all()],
                minutes=near.minutes,
            )
            for near in listing.nearby_stations.all()
        ],
        "partner": Answering(slug=partner.slug, name=partner.name, email=partner.email, website=partner.website),
        "verified_on": listing.verified_on,
        "updated_at": listing.updated_at,
        "demo": listing.is_demo,
    }


_NUMBERS = ("surface", "divisible_from", "rent", "price", "desk_price")


def _words(listing: Property, name: str) -> Labelled:
    return Labelled(value=getattr(listing, name), label=str(getattr(listing, f"get_{name}_display")()))


def point_precision(listing: Property) -> Labelled:
    """Return the precision of the public point."""
    return Labelled(value=(precision := listing.point_precision).value, label=str(precision.label))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _whole(path: str) -> str:
    """Return an absolute URL; the host is `SITE_URL`, never the request's."""
    return path if "://" in path else f"{settings.SITE_URL}{path}"
