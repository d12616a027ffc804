"""An offer as search engines read it: each deal, each amount with its own basis, each state, in schema.org's words."""

from datetime import date

import pytest

from properties.choices import PropertyState
from properties.listing.structured import listing_data
from properties.models import Property
from tests.properties.factories import make_property

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

RENT = {"price": 118, "unitCode": "MTK", "unitText": "m²/year"}
SALE = {"deal": "sale", "rent": None, "price": 980_000}
DESK = {"deal": "services", "rent": None, "desk_price": 290, "kind": "coworking"}


def data_of(**values) -> dict:
    known = make_property(**values)
    return listing_data(Property.objects.for_display().get(pk=known.pk), "https://example.org")


@pytest.mark.parametrize(
    ("values", "function", "prices"),
    [
        ({}, "LeaseOut", [RENT]),
        ({"deal": "sublease"}, "LeaseOut", [RENT]),
        (SALE, "Sell", [{"price": 980_000}]),
        ({"deal": "lease-transfer", "price": 45_000}, "Sell", [RENT, {"price": 45_000}]),
        (DESK, "LeaseOut", [{"price": 290, "unitText": "desk/month"}]),
        ({"rent": None, "undisclosed": True}, "LeaseOut", []),
    ],
    ids=["rent", "sublease", "sale", "lease transfer", "services", "undisclosed"],
)
def test_each_deal_is_told_as_what_it_is_with_its_amounts(values, function, prices):
    offer = data_of(**values)["offers"]
    assert offer["businessFunction"] == f"http://purl.org/goodrelations/v1#{function}"
    told = (
        [{name: value for name, value in price.items() if name != "@type"} for price in offer["priceSpecification"]]
        if prices
        else []
    )
    assert told == [price | {"priceCurrency": "EUR", "valueAddedTaxIncluded": False} for price in prices]
    assert ("priceSpecification" in offer) is bool(prices)


@pytest.mark.parametrize(
    ("state", "word"), [("on_market", "InStock"), ("under_offer", "LimitedAvailability"), ("closed", "SoldOut")]
)
def test_each_state_is_told_in_its_own_word(state, word):
    assert data_of(state=PropertyState(state))["offers"]["availability"] == f"https://schema.org/{word}"


def test_dates_are_told_where_they_are_stated_and_absent_where_not():
    data = data_of(available_from=date(2027, 3, 1), expires_on=date(2027, 6, 30))
    assert (data["offers"]["availabilityStarts"], data["expires"]) == ("2027-03-01", "2027-06-30")
    assert {"availabilityStarts", "expires"}.isdisjoint({*data_of(), *data_of()["offers"]})


def test_facts_of_the_building_are_told_with_their_detail_and_what_is_not_stated_is_absent():
    place = data_of(fibre="no", parking="yes", parking_cars=12, docks=None, dpe="C")["offers"]["itemOffered"]
    told = {fact["propertyID"]: fact["value"] for fact in place["additionalProperty"]}
    assert (told["fibre"], told["dpe"]) == ("Non", "C")
    assert told["parking"].startswith("Oui (12")
    assert "crane" not in told
    assert not [value for value in told.values() if "récisé" in value]


def test_money_and_place_have_words_of_their_own_and_are_no_facts_of_the_building():
    place = data_of(charges=22, deposit=3, business_park="SILIC")["offers"]["itemOffered"]
    told = {fact["propertyID"] for fact in place["additionalProperty"]}
    assert told.isdisjoint({"rent", "charges", "deposit", "address", "business_park"})
    assert place["address"]["addressLocality"] == "Vitry-sur-Seine"
