"""What a year costs: what is known is added, what is missing is named, and no money turns into another."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.listing.costs import once, year
from properties.models import Property

_amounts = st.none() | st.decimals(0, 5000, places=2)


def offer(**values) -> Property:
    return Property(**{"kind": "activity", "deal": "rent", "surface": Decimal(1240)} | values)


def test_a_year_of_a_workshop():
    reckoned = year(offer(rent=Decimal(118), charges=Decimal(22), property_tax=Decimal(14)))
    assert {cost.name: cost.total for cost in reckoned.known} == {
        "rent": 146_320,
        "charges": 27_280,
        "property_tax": 17_360,
    }
    assert [cost.name for cost in reckoned.missing] == ["office_tax"]
    assert (reckoned.unit, reckoned.total) == (154, 190_960)


def test_what_is_paid_on_entering():
    listing = offer(rent=Decimal(118), deposit=Decimal(3), fees=Decimal(15), fees_paid_by="occupier")
    assert {cost.name: cost.total for cost in once(listing)} == {"deposit": 36_580, "fees": 21_948}


def test_fees_that_the_owner_pays_cost_the_occupier_nothing():
    assert once(offer(rent=Decimal(118), fees=Decimal(15), fees_paid_by="owner")) == ()


def test_without_its_base_what_is_paid_once_is_said_and_not_reckoned():
    assert [(cost.name, cost.rate, cost.total) for cost in once(offer(deposit=Decimal(3)))] == [("deposit", 3, None)]


def test_a_sale_price_is_paid_once_and_never_a_yearly_cost():
    listing = offer(deal="sale", price=Decimal(980_000), fees=Decimal(5), fees_paid_by="occupier")
    assert [cost.name for cost in year(listing).costs] == ["property_tax", "office_tax"]
    assert {cost.name: cost.total for cost in once(listing)} == {"price": 980_000, "fees": 49_000}


def test_a_desk_is_counted_by_the_desk_whatever_the_surface():
    reckoned = year(offer(kind="coworking", deal="services", desk_price=Decimal(290)))
    assert reckoned.per_desk
    assert [(cost.name, cost.unit, cost.total) for cost in reckoned.costs] == [("desk_price", 290, 3_480)]


@given(st.decimals(1, 10_000, places=2), st.lists(_amounts, min_size=4, max_size=4))
def test_the_total_is_what_is_known_and_nothing_is_both_known_and_missing(surface, amounts):
    rent, charges, property_tax, office_tax = amounts
    reckoned = year(
        offer(surface=surface, rent=rent, charges=charges, property_tax=property_tax, office_tax=office_tax)
    )
    assert len(reckoned.known) + len(reckoned.missing) == len(reckoned.costs) == 4
    assert reckoned.unit == sum(filter(None, amounts))
    assert abs(reckoned.total - reckoned.unit * surface) <= 2


def test_the_fees_of_a_lease_handed_over_are_of_its_rent_and_never_of_its_price():
    handed_over = {"deal": "lease-transfer", "price": Decimal(60_000), "fees": Decimal(15), "fees_paid_by": "occupier"}
    assert totals(offer(**handed_over, rent=Decimal(118))) == {"price": 60_000, "fees": 21_948}
    assert totals(offer(**handed_over)) == {"price": 60_000, "fees": None}


def test_the_fees_of_a_sale_without_its_price_are_said_and_not_reckoned():
    assert totals(offer(deal="sale", fees=Decimal(5), fees_paid_by="occupier")) == {"fees": None}


@pytest.mark.parametrize("payer", ["occupier", "shared", ""])
def test_fees_are_told_unless_the_owner_pays_all_of_them(payer):
    assert totals(offer(rent=Decimal(118), fees=Decimal(15), fees_paid_by=payer)) == {"fees": 21_948}


def test_the_deposit_of_a_desk_is_months_of_its_price():
    assert totals(offer(deal="services", desk_price=Decimal(290), deposit=Decimal(2))) == {"deposit": 580}


def test_half_a_euro_is_a_euro():
    assert year(offer(surface=Decimal(1), rent=Decimal("118.50"))).total == 119
    assert totals(offer(deal="sale", price=Decimal("980000.50"))) == {"price": 980_001}


def test_land_has_no_tax_of_offices():
    assert "office_tax" not in [cost.name for cost in year(offer(kind="land", rent=Decimal(10))).costs]


def totals(listing: Property) -> dict[str, Decimal | None]:
    return {cost.name: cost.total for cost in once(listing)}
