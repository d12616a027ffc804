"""Yearly and one-off costs of an offer, from stated amounts only; missing items are listed. Pure.

Amounts are euros excluding tax. A price is never spread over years, a price per desk never over m².
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from properties.applicability import applies
from properties.choices import DEALS_WITH_DESK_PRICE, DEALS_WITH_RENT, FeesPaidBy
from properties.models import Property

_MONTHS = Decimal(12)
YEARLY = ("rent", "charges", "property_tax", "office_tax")


@dataclass(frozen=True, slots=True)
class Cost:
    """Yearly cost: `name` is its field, `unit` is €/m²/year (or €/desk/month); None is "not stated"."""

    name: str
    unit: Decimal | None
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Year:
    """Costs of a year: of the whole surface, or of one desk when the price is per desk."""

    costs: tuple[Cost, ...]
    per_desk: bool

    @property
    def known(self) -> tuple[Cost, ...]:
        return tuple(cost for cost in self.costs if cost.total is not None)

    @property
    def missing(self) -> tuple[Cost, ...]:
        return tuple(cost for cost in self.costs if cost.total is None)

    @property
    def unit(self) -> Decimal:
        """Known total in €/m²/year (€/month for a desk)."""
        return sum((cost.unit for cost in self.known if cost.unit is not None), Decimal(0))

    @property
    def total(self) -> Decimal:
        """Known total of a year, in whole euros."""
        return sum((cost.total for cost in self.known if cost.total is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class Once:
    """One-off cost; `total` is None when stated but incalculable, for want of a stated base."""

    name: str
    rate: Decimal | None
    total: Decimal | None


def year(listing: Property) -> Year:
    """List the yearly costs applicable to this type and deal, known or not."""
    if listing.deal in DEALS_WITH_DESK_PRICE:
        price = listing.desk_price
        return Year((Cost("desk_price", price, None if price is None else _whole(price * _MONTHS)),), per_desk=True)
    costs = []
    for name in YEARLY:
        if not applies(name, listing.kind, listing.deal):
            continue
        unit = getattr(listing, name)
        costs.append(Cost(name, unit, None if unit is None else _whole(unit * listing.surface)))
    return Year(tuple(costs), per_desk=False)


def once(listing: Property) -> tuple[Once, ...]:
    """List the stated one-off costs: the price, the deposit (months of rent), the fees (%) unless the owner pays."""
    base = listing.price if listing.deal not in DEALS_WITH_RENT else _yearly_rent(listing)
    costs = []
    if listing.price is not None:
        costs.append(Once("price", None, _whole(listing.price)))
    if listing.deposit is not None:
        monthly = _monthly(listing)
        costs.append(Once("deposit", listing.deposit, None if monthly is None else _whole(monthly * listing.deposit)))
    if listing.fees is not None and listing.fees_paid_by != FeesPaidBy.OWNER:
        costs.append(Once("fees", listing.fees, None if base is None else _whole(base * listing.fees / 100)))
    return tuple(costs)


def _yearly_rent(listing: Property) -> Decimal | None:
    return None if listing.rent is None else listing.rent * listing.surface


def _monthly(listing: Property) -> Decimal | None:
    if listing.deal in DEALS_WITH_DESK_PRICE:
        return listing.desk_price
    rent = _yearly_rent(listing)
    return None if rent is None else rent / _MONTHS


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)
