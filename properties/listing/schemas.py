"""Schemas of one property in the API, and of every refusal."""

from datetime import date, datetime

from django.utils.translation import gettext_noop
from ninja import Field, Schema


class Error(Schema):
    parameter: str = Field(description=gettext_noop("What is at fault: a parameter, a header, or part of the address"))
    value: str = Field(description=gettext_noop("What was given, shortened"))
    message: str = Field(description=gettext_noop("Why it is refused, in the language of the answer"))


class Errors(Schema):
    """Body of every refusal."""

    errors: list[Error]


class Labelled(Schema):
    """Value of a closed list, with its label in the language of the answer."""

    value: str
    label: str


class CommuneSchema(Schema):
    insee: str = Field(description=gettext_noop("INSEE code"))
    name: str


class NearbyStationSchema(Schema):
    """Station within 1.5 km."""

    slug: str
    name: str
    lines: list[str]
    minutes: int = Field(description=gettext_noop("Minutes on foot: distance on the sphere × 1.3 at 80 m a minute"))


class Answering(Schema):
    """Partner in charge of the property."""

    slug: str
    name: str
    email: str
    website: str


class PointSchema(Schema):
    """WGS 84 point, in degrees; drawn at random in the commune unless the precision is exact."""

    latitude: float
    longitude: float
    precision: Labelled


class Summary(Schema):
    """Property as a row of the list. A null amount is not stated; no amount is converted into another."""

    reference: str
    url: str = Field(description=gettext_noop("Its page, in the language of the answer"))
    api_url: str = Field(description=gettext_noop("The whole of it, for machines"))
    title: str
    type: Labelled
    deal: Labelled
    state: Labelled
    commune: CommuneSchema
    point: PointSchema = Field(
        description=gettext_noop(
            "WGS 84, in degrees. Unless the precision is exact, a point drawn at random in the commune."
        )
    )
    surface: float = Field(description=gettext_noop("m², the total"))
    divisible_from: float | None = Field(description=gettext_noop("m², the smallest part on offer"))
    rent: float | None = Field(description=gettext_noop("€ a m² and a year, excluding tax and charges"))
    price: float | None = Field(
        description=gettext_noop("€ excluding tax, of the premises or of the lease handed over")
    )
    desk_price: float | None = Field(description=gettext_noop("€ a desk and a month, excluding tax"))
    undisclosed: bool = Field(
        description=gettext_noop(
            "The owner does not publish the amount: ask the partner. Otherwise an amount that is null is not stated"
        )
    )
    available_from: date | None
    lease: Labelled | None
    condition: Labelled | None
    features: dict[str, str] = Field(description=gettext_noop("Each feature: yes, partial, no or unknown (not stated)"))
    stations: list[NearbyStationSchema] | None = Field(
        description=gettext_noop("Stations within 1.5 km; null when not stated, because the point was drawn at random")
    )
    partner: Answering
    verified_on: date | None = Field(description=gettext_noop("The last day somebody who knows confirmed it"))
    updated_at: datetime
    demo: bool = Field(description=gettext_noop("Made up for the demonstration: not a real offer"))


class FactSchema(Schema):
    """One line of the record: `answer` is yes, partial, no, unknown, undisclosed, or value when `text` says more."""

    name: str
    label: str
    answer: str = Field(
        description=gettext_noop("yes, partial, no, unknown, undisclosed, or value when the text says more")
    )
    text: str
    detail: str


class SectionSchema(Schema):
    name: str
    title: str
    facts: list[FactSchema]


class PartOf(Schema):
    """Lettable or sellable part of the property, in the same units."""

    label: str
    floor: str
    surface: float
    rent: float | None
    available_from: date | None


class PictureSchema(Schema):
    url: str
    alt: str
    credit: str


class Detail(Summary):
    """Property with every fact of its page."""

    description: str
    address: str = Field(description=gettext_noop("As much of it as the public may know; empty when it is hidden"))
    facts: list[SectionSchema]
    lots: list[PartOf]
    photos: list[PictureSchema]
    plans: list[PictureSchema]
    brochure: str | None
    sheet: str = Field(description=gettext_noop("The same as a PDF"))
