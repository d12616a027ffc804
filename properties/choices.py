"""Closed lists of the offering; the values are the parameter values of the search address (DESIGN §7)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    OFFICE = "office", _("Offices")
    ACTIVITY = "activity", _("Activity unit, workshop")
    WAREHOUSE = "warehouse", _("Warehouse, logistics")
    RETAIL = "retail", _("Shop, retail")
    LAND = "land", _("Land")
    LABORATORY = "laboratory", _("Laboratory")
    COWORKING = "coworking", _("Shared office")
    INCUBATOR = "incubator", _("Incubator, business centre")


class Deal(TextChoices):
    RENT = "rent", _("For rent")
    SALE = "sale", _("For sale")
    SUBLEASE = "sublease", _("Sublease")
    LEASE_TRANSFER = "lease-transfer", _("Transfer of lease")
    SERVICES = "services", _("Services contract")


# Which money a deal may carry; the database enforces the same table.
DEALS_WITH_RENT = (Deal.RENT, Deal.SUBLEASE, Deal.LEASE_TRANSFER)
DEALS_WITH_PRICE = (Deal.SALE, Deal.LEASE_TRANSFER)
DEALS_WITH_DESK_PRICE = (Deal.SERVICES,)


class State(TextChoices):
    DRAFT = "draft", _("Draft")
    ON_MARKET = "on_market", _("On the market")
    UNDER_OFFER = "under_offer", _("Under offer")
    CLOSED = "closed", _("Let or sold")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What the public sees: an offer may still fail.
PUBLIC_STATES = (State.ON_MARKET, State.UNDER_OFFER)


class Precision(TextChoices):
    """How exactly the public may know where a property is."""

    EXACT = "exact", _("Exact address")
    STREET = "street", _("Street")
    COMMUNE = "commune", _("Commune only")


class Lease(TextChoices):
    COMMERCIAL = "commercial", _("Commercial lease 3-6-9")
    DEROGATORY = "derogatory", _("Short lease (derogatory)")
    PROFESSIONAL = "professional", _("Professional lease")
    CONSTRUCTION = "construction", _("Construction lease")
    SERVICES = "services", _("Services contract")


class Condition(TextChoices):
    NEW = "new", _("New")
    RENOVATED = "renovated", _("Renovated")
    GOOD = "good", _("Good condition")
    TO_REFURBISH = "to-refurbish", _("To refurbish")


class Stated(TextChoices):
    """Three values, never two: what is not stated is not a no."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not stated")


class Feature(TextChoices):
    """Yes / no / not stated features: each is a column of the property, named by its value."""

    FIBRE = "fibre", _("Fibre")
    PARKING = "parking", _("Parking")
    LOADING_DOCK = "loading_dock", _("Loading dock")
    HEAVY_GOODS = "heavy_goods", _("Heavy-goods access")
    ACCESSIBLE = "accessible", _("Step-free access")
    OUTDOOR_YARD = "outdoor_yard", _("Yard")
