"""Facts of an offer in words and in order: the single source of the page, the sheet, the comparison and the API.

A fact is affirmed, denied or not stated; facts inapplicable to the type or the deal are absent.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from foundation.wording import NBSP, day, euros, month, number, surface
from properties.applicability import applies
from properties.choices import Accessibility, Deal, Feature, Fluid, Stated
from properties.models import Property

# Amount withheld by the owner: neither a value nor "not stated".
UNDISCLOSED = "undisclosed"


@dataclass(frozen=True, slots=True)
class StatedFact:
    """Answer to one field: yes, partial, no, unknown, undisclosed, or "value" when `text` holds the value."""

    name: str
    label: str
    answer: str
    text: str
    detail: str = ""

    @property
    def stated(self) -> bool:
        return self.answer != Stated.UNKNOWN


@dataclass(frozen=True, slots=True)
class FactSection:
    name: str
    title: str
    facts: tuple[StatedFact, ...]


def sections(listing: Property) -> tuple[FactSection, ...]:
    """List an offer's applicable or stated facts by section, in the active language and the public's words."""
    candidate_sections = (
        FactSection(name, str(title), tuple(_facts(listing, fields))) for name, title, fields in _SECTIONS
    )
    return tuple(section for section in candidate_sections if section.facts)


def fact(listing: Property, name: str) -> StatedFact:
    """Return one fact of an offer, applicable or not."""
    return _FACTS[name](listing, name)


def money(listing: Property) -> StatedFact:
    """Return the main amount of this deal: rent, price or price per desk, or the reason for its absence."""
    return amounts(listing)[0]


def amounts(listing: Property) -> list[StatedFact]:
    """List the amounts of this deal, the main amount first; a lease transfer adds its price when stated."""
    amount_facts = [fact(listing, _led_by(listing))]
    if listing.deal == Deal.LEASE_TRANSFER and listing.price is not None:
        amount_facts.append(fact(listing, "price"))
    return amount_facts


def _led_by(listing: Property) -> str:
    """Return the field of the deal's main amount."""
    return next(name for name in ("rent", "price", "desk_price") if applies(name, listing.kind, listing.deal))


def _facts(listing: Property, fields: tuple[str, ...]) -> Iterator[StatedFact]:
    for name in fields:
        stated_fact = _FACTS[name](listing, name)
        if stated_fact.stated or (applies(name, listing.kind, listing.deal) and name not in _ONLY_IF_STATED):
            yield stated_fact


def label(listing: Property, name: str) -> str:
    """Return the label of a fact, without its unit."""
    if name == "price" and listing.deal == Deal.LEASE_TRANSFER:
        return _("Price of the lease")
    if name in _LABELS:
        return str(_LABELS[name])
    field = Property._meta.get_field(name)
    assert isinstance(field, Field)
    return _capital(str(field.verbose_name))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _value(listing: Property, name: str, text: str, detail: str = "") -> StatedFact:
    if not text:
        return StatedFact(name, label(listing, name), Stated.UNKNOWN, _("Not stated"))
    return StatedFact(name, label(listing, name), "value", text, detail)


def _choice(listing: Property, name: str) -> StatedFact:
    return _value(listing, name, str(getattr(listing, f"get_{name}_display")()))


def _text(listing: Property, name: str) -> StatedFact:
    return _value(listing, name, getattr(listing, name))


def _surface(listing: Property, name: str) -> StatedFact:
    return _value(listing, name, surface(getattr(listing, name)))


def _day(listing: Property, name: str) -> StatedFact:
    return _value(listing, name, day(getattr(listing, name)))


def _quantity(unit: str) -> Callable[[Property, str], StatedFact]:
    def make(listing: Property, name: str) -> StatedFact:
        value = getattr(listing, name)
        return _value(listing, name, f"{number(value)}{NBSP}{unit}".rstrip() if value is not None else "")

    return make


def _amount(basis: Any) -> Callable[[Property, str], StatedFact]:
    def make(listing: Property, name: str) -> StatedFact:
        value = getattr(listing, name)
        if value is None and listing.undisclosed and name == _led_by(listing):
            return StatedFact(name, label(listing, name), UNDISCLOSED, _("Not disclosed"), _("ask the partner"))
        return _value(listing, name, euros(value), str(basis))

    return make


def _feature(listing: Property, name: str) -> StatedFact:
    """Build yes, partial, no or not stated, with a count or a surface as detail."""
    feature = Feature(name) if name in Feature.values else Fluid(name)
    answers = feature.answers if isinstance(feature, Feature) else Stated
    answer = answers(getattr(listing, name))
    detail = _DETAILS[name](listing) if name in _DETAILS and answer in (Stated.YES, Accessibility.PARTIAL) else ""
    return StatedFact(name, str(feature.label), answer.value, str(answer.label), detail)


def _parking(listing: Property) -> str:
    counts = (
        (listing.parking_cars, gettext_lazy("%(number)s for cars")),
        (listing.parking_lorries, gettext_lazy("%(number)s for lorries")),
        (listing.parking_bikes, gettext_lazy("%(number)s for bicycles")),
    )
    return ", ".join(str(words) % {"number": number(count)} for count, words in counts if count)


def _money_of_fees(listing: Property, name: str) -> StatedFact:
    if listing.fees is None:
        return _value(listing, name, "")
    payer = _("paid by: %(who)s") % {"who": listing.get_fees_paid_by_display().lower()} if listing.fees_paid_by else ""
    return _value(listing, name, f"{number(listing.fees)}{NBSP}%", payer)


def _months(listing: Property, name: str) -> StatedFact:
    value: Decimal | None = getattr(listing, name)
    if value is None:
        return _value(listing, name, "")
    words = ngettext("%(number)s month", "%(number)s months", 1 if value == 1 else 2)
    return _value(listing, name, words % {"number": number(value)})


def _with(name_of_detail: str) -> Callable[[Property, str], StatedFact]:
    """Build a fact maker for a choice with a specifying detail: headings of a regime, types of a category."""

    def make(listing: Property, name: str) -> StatedFact:
        return _value(listing, name, str(getattr(listing, f"get_{name}_display")()), getattr(listing, name_of_detail))

    return make


def _diagnosis(listing: Property, name: str) -> StatedFact:
    dated = _("made on %(day)s") % {"day": day(listing.dpe_on)} if listing.dpe_on else ""
    numbered = _("no. %(number)s") % {"number": listing.dpe_number} if listing.dpe_number else ""
    return _value(
        listing, name, str(getattr(listing, f"get_{name}_display")()), ", ".join(filter(None, (dated, numbered)))
    )


def _property(attribute: str) -> Callable[[Property, str], StatedFact]:
    return lambda listing, name: _value(listing, name, getattr(listing, attribute))


_DETAILS: dict[str, Callable[[Property], str]] = {
    "loading_dock": lambda listing: number(listing.docks),
    "level_door": lambda listing: number(listing.level_doors),
    "outdoor_yard": lambda listing: surface(listing.yard_surface),
    "parking": _parking,
}

_PER_M2 = gettext_lazy("per m² and year, excl. tax and charges")
_PER_M2_TAX = gettext_lazy("per m² and year, excl. tax")

# Shorter than in the form: the unit stands beside the value.
_LABELS: dict[str, Any] = {
    "surface": gettext_lazy("Surface"),
    "divisible_from": gettext_lazy("Divisible from"),
    "offices_surface": gettext_lazy("Of which offices"),
    "mezzanine_surface": gettext_lazy("Of which mezzanine"),
    "rent": pgettext_lazy("noun", "Rent"),
    "price": gettext_lazy("Price"),
    "desk_price": gettext_lazy("Desk"),
    "charges": gettext_lazy("Charges"),
    "property_tax": gettext_lazy("Property tax passed on"),
    "office_tax": gettext_lazy("Tax on offices and premises"),
    "fees": gettext_lazy("Fees"),
    "deposit": gettext_lazy("Deposit"),
    "rent_free": gettext_lazy("Rent-free period"),
    "incentives": gettext_lazy("Incentives"),
    "available_from": gettext_lazy("Available"),
    "clear_height": gettext_lazy("Clear height"),
    "floor_load": gettext_lazy("Floor load"),
    "yard_depth": gettext_lazy("Yard depth"),
    "power_kva": gettext_lazy("Power"),
    "address": gettext_lazy("Address"),
    "business_park": gettext_lazy("Business park"),
    "dpe": gettext_lazy("Energy class (DPE)"),
    "ges": gettext_lazy("Greenhouse gas class (GES)"),
}

_FACTS: dict[str, Callable[[Property, str], StatedFact]] = {
    **dict.fromkeys(("kind", "deal", "measure", "lease", "rent_index", "condition", "destination"), _choice),
    **dict.fromkeys(("plu_zone", "labels"), _text),
    **dict.fromkeys(("surface", "divisible_from", "offices_surface", "mezzanine_surface"), _surface),
    **dict.fromkeys((*Feature.values, *Fluid.values), _feature),
    **dict.fromkeys(("deposit", "rent_free"), _months),
    **dict.fromkeys(("floors", "desks"), _quantity("")),
    **dict.fromkeys(("charges", "property_tax", "office_tax"), _amount(_PER_M2_TAX)),
    "built_in": lambda listing, name: _value(listing, name, str(listing.built_in or "")),
    "available_from": lambda listing, name: _value(listing, name, month(listing.available_from)),
    "rent": _amount(_PER_M2),
    "price": _amount(gettext_lazy("excl. tax")),
    "desk_price": _amount(gettext_lazy("a desk a month, excl. tax")),
    "fees": _money_of_fees,
    "incentives": _text,
    "clear_height": _quantity("m"),
    "floor_load": _quantity("t/m²"),
    "yard_depth": _quantity("m"),
    "power_kva": _quantity("kVA"),
    "icpe_regime": _with("icpe_headings"),
    "erp_category": _with("erp_types"),
    "dpe": _diagnosis,
    "ges": lambda listing, name: _choice(listing, name),
    "address": _property("public_address"),
    "business_park": _property("public_business_park"),
}

_SECTIONS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("offer", gettext_lazy("The offer"),
     ("kind", "deal", "surface", "measure", "divisible_from", "offices_surface", "mezzanine_surface", "desks",
      "available_from", "lease", "rent_index")),
    ("money", gettext_lazy("Money"),
     ("rent", "price", "desk_price", "charges", "property_tax", "office_tax", "fees", "deposit", "rent_free",
      "incentives")),
    ("building", gettext_lazy("The building"),
     ("condition", "built_in", "floors", "clear_height", "floor_load", "loading_dock", "level_door", "heavy_goods",
      "outdoor_yard", "yard_depth", "crane", "goods_lift", "power_kva", "fibre", *Fluid.values, "cold", "sprinklers",
      "parking", "accessible", "labels")),
    ("rules", gettext_lazy("Rules and diagnoses"),
     ("destination", "plu_zone", "icpe_regime", "erp_category", "dpe", "ges")),
    ("place", gettext_lazy("The place"), ("address", "business_park")),
)  # fmt: skip
# Optional facts: their absence is no information, so "not stated" gets no line.
_ONLY_IF_STATED = frozenset(
    {"incentives", "rent_free", "labels", "plu_zone", "business_park", "address", "desks",
     "offices_surface", "mezzanine_surface", "divisible_from", "measure"}
)  # fmt: skip
