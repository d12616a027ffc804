"""What an offer states is said, denied or not stated; what does not apply is absent."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from properties.choices import Deal, Kind
from properties.listing.facts import fact, money, sections
from properties.models import Property

NBSP = "\u00a0"
BY_OCCUPIER = f"à la charge de{NBSP}: preneur ou acquéreur"


def offer(**values) -> Property:
    return Property(**{"kind": "warehouse", "deal": "rent", "surface": Decimal(1240), "precision": "exact"} | values)


def told(listing: Property) -> dict[str, str]:
    return {fact.name: fact.text for section in sections(listing) for fact in section.facts}


@pytest.mark.parametrize(
    ("values", "name", "text", "detail"),
    [
        ({"rent": Decimal("118.5")}, "rent", f"118,5{NBSP}€", "par m² et par an, HT HC"),
        ({"undisclosed": True}, "rent", "Non communiqué", "demandez au partenaire"),
        ({}, "rent", "Non précisé", ""),
        ({"clear_height": Decimal("7.20")}, "clear_height", f"7,2{NBSP}m", ""),
        ({"floor_load": Decimal(5)}, "floor_load", f"5{NBSP}t/m²", ""),
        ({"loading_dock": "yes", "docks": 3}, "loading_dock", "Oui", "3"),
        ({"loading_dock": "no"}, "loading_dock", "Non", ""),
        ({}, "loading_dock", "Non précisé", ""),
        ({"accessible": "partial"}, "accessible", "Partiel", ""),
        ({"icpe_regime": "registration", "icpe_headings": "1510, 2663"}, "icpe_regime", "Enregistrement", "1510, 2663"),
        ({"deposit": Decimal("3.0")}, "deposit", "3 mois", ""),
        ({"fees": Decimal(15), "fees_paid_by": "occupier"}, "fees", f"15{NBSP}%", BY_OCCUPIER),
        ({"parking": "yes", "parking_cars": 14, "parking_bikes": 0}, "parking", "Oui", "14 pour voitures"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_a_fact_in_words(values, name, text, detail):
    with override("fr"):
        said = fact(offer(**values), name)
    assert (said.text, said.detail) == (text, detail)


def test_a_diagnosis_carries_its_date_and_number():
    with override("en"):
        said = fact(offer(dpe="C", dpe_on=date(2025, 3, 1), dpe_number="2575T0123456X"), "dpe")
    assert (said.text, said.detail) == ("C", f"made on 1{NBSP}March 2025, no. 2575T0123456X")


def test_a_plot_of_land_has_no_floor_load_and_says_nothing_of_it():
    assert not told(offer(kind="land")).keys() & {"floor_load", "clear_height", "loading_dock", "dpe", "condition"}
    assert {"floor_load", "clear_height", "loading_dock", "dpe"} <= told(offer()).keys()


def test_what_does_not_usually_apply_is_shown_when_it_is_stated():
    assert "loading_dock" not in told(offer(kind="office"))
    assert "loading_dock" in told(offer(kind="office", loading_dock="yes"))


@pytest.mark.parametrize("deal", Deal.values)
def test_only_the_money_of_the_deal_is_told(deal):
    listing = offer(kind="office", deal=deal)
    amounts = {"rent": "rent", "sublease": "rent", "lease-transfer": "rent", "sale": "price", "services": "desk_price"}
    assert money(listing).name == amounts[deal]
    assert amounts[deal] in told(listing)
    assert ("desk_price" in told(listing)) == (deal == "services")
    assert ("deposit" in told(listing)) == (deal != "sale")


@pytest.mark.parametrize("precision", ["commune", "street", "exact"])
def test_a_hidden_address_is_not_a_fact(precision):
    listing = offer(precision=precision, address="12 rue des Ateliers", business_park="Parc SILIC")
    expected = {"commune": "", "street": "rue des Ateliers", "exact": "12 rue des Ateliers"}
    assert told(listing).get("address", "") == expected[precision]
    assert ("business_park" in told(listing)) == (precision != "commune")


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("deal", Deal.values)
def test_every_fact_has_a_label_and_stands_once(kind, deal):
    names = [fact.name for section in sections(offer(kind=kind, deal=deal)) for fact in section.facts]
    assert len(set(names)) == len(names)
    assert all(fact.label and fact.text for section in sections(offer(kind=kind, deal=deal)) for fact in section.facts)


def test_only_the_amount_of_the_deal_is_said_not_to_be_disclosed():
    said = told(offer(undisclosed=True))
    assert said["rent"] == "Non communiqué"
    assert not said.keys() & {"price", "desk_price"}
