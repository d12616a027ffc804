"""Closed lists of the offering; their values are the search address's parameter values (DESIGN §7)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


# The money a deal may carry; check constraints enforce the same table.
DEALS_WITH_RENT = (Deal.RENT, Deal.SUBLEASE, Deal.LEASE_TRANSFER)
DEALS_WITH_PRICE = (Deal.SALE, Deal.LEASE_TRANSFER)
DEALS_WITH_DESK_PRICE = (Deal.SERVICES,)


class PropertyState(TextChoices):
    DRAFT = "draft", _("Draft")
    ON_MARKET = "on_market", _("On the market")
    UNDER_OFFER = "under_offer", _("Under offer")
    CLOSED = "closed", _("Let or sold")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# An offer may still fail, so a property under offer stays visible.
PUBLIC_STATES = (PropertyState.ON_MARKET, PropertyState.UNDER_OFFER)


class Precision(TextChoices):
    """Precision of a property's place as shown to the public."""

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
    NEW = "new", pgettext_lazy("of a building", "New")
    RENOVATED = "renovated", _("Renovated")
    GOOD = "good", _("Good condition")
    TO_REFURBISH = "to-refurbish", _("To refurbish")


class Stated(TextChoices):
    """Three-valued answer, never a boolean: "not stated" is not a no."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not stated")


class Accessibility(TextChoices):
    """Step-free access for everyone: yes, no, not stated, or partial (some of the premises only)."""

    YES = "yes", _("Yes")
    PARTIAL = "partial", _("Partial")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not stated")


class Feature(TextChoices):
    """Features a search can filter by: each value is the name of a column of the property."""

    FIBRE = "fibre", _("Fibre")
    PARKING = "parking", _("Parking")
    LOADING_DOCK = "loading_dock", _("Loading dock")
    LEVEL_DOOR = "level_door", _("Level door")
    HEAVY_GOODS = "heavy_goods", _("Heavy-goods access")
    OUTDOOR_YARD = "outdoor_yard", _("Yard")
    CRANE = "crane", _("Overhead crane")
    GOODS_LIFT = "goods_lift", _("Goods lift")
    SPRINKLERS = "sprinklers", _("Sprinklers")
    COLD = "cold", _("Cold storage")
    ACCESSIBLE = "accessible", _("Step-free access")

    @property
    def answers(self) -> type[TextChoices]:
        """Closed list of the answers this feature accepts."""
        return Accessibility if self is Feature.ACCESSIBLE else Stated


class Fluid(TextChoices):
    """Fluids brought to the premises: each value is the name of a yes / no / not stated column."""

    COMPRESSED_AIR = "compressed_air", _("Compressed air")
    NATURAL_GAS = "natural_gas", _("Natural gas")
    PROCESS_WATER = "process_water", _("Process water")


class Mandate(TextChoices):
    """Mandate given to the agent (loi n° 70-9 of 2 January 1970, "loi Hoguet", article 6)."""

    EXCLUSIVE = "exclusive", _("Exclusive mandate")
    SHARED = "shared", _("Shared exclusive mandate")
    SIMPLE = "simple", _("Simple mandate")
    OWNER = "owner", _("Offered by its owner")


class Measure(TextChoices):
    """Kind of area stated as the total surface; totals of different kinds are not comparable."""

    USEFUL = "useful", _("Useful floor area")
    RENTAL = "rental", _("Rental area, shared parts included")
    CARREZ = "carrez", _("Private area (loi Carrez)")
    FLOOR = "floor", _("Floor area (surface de plancher)")
    PLOT = "plot", _("Area of the plot")


class RentIndex(TextChoices):
    """Index for revising the rent (Code monétaire et financier, L.112-2; Code de commerce, L.145-34)."""

    ILC = "ilc", _("ILC, commercial rents")
    ILAT = "ilat", _("ILAT, rents of services and offices")
    ICC = "icc", _("ICC, cost of construction")


class FeesPaidBy(TextChoices):
    OCCUPIER = "occupier", _("Tenant or buyer")
    OWNER = "owner", _("Owner")
    SHARED = "shared", _("Both, shared")


class Regime(TextChoices):
    """Regime of classified installations already granted to the site (Code de l'environnement, L.511-2)."""

    NONE = "none", pgettext_lazy("of a category", "None")
    DECLARATION = "declaration", _("Declaration")
    REGISTRATION = "registration", _("Registration")
    AUTHORISATION = "authorisation", _("Authorisation")


class PublicCategory(TextChoices):
    """Category of premises open to the public, by number of people (Code de la construction, R.143-19)."""

    NONE = "none", _("Not open to the public")
    FIRST = "1", _("Category 1, above 1,500 people")
    SECOND = "2", _("Category 2, 701 to 1,500 people")
    THIRD = "3", _("Category 3, 301 to 700 people")
    FOURTH = "4", _("Category 4, up to 300 people")
    FIFTH = "5", _("Category 5, below the threshold of its type")


class EnergyClass(TextChoices):
    """Letter of a DPE, for energy or for greenhouse gases (Code de la construction, L.126-26)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"
    EXEMPT = "exempt", _("Not required")


class Destination(TextChoices):
    """Sub-destinations of the local plan a firm may use (Code de l'urbanisme, R.151-28)."""

    CRAFT_RETAIL = "craft_retail", _("Craft and retail")
    RESTAURANT = "restaurant", _("Restaurant")
    WHOLESALE = "wholesale", _("Wholesale")
    SERVICES = "services", _("Services with customers received")
    HOTEL = "hotel", _("Hotel")
    INDUSTRY = "industry", _("Industry")
    WAREHOUSE = "warehouse", _("Warehouse")
    OFFICE = "office", _("Office")
    CONFERENCE = "conference", _("Conference and exhibition centre")
    DARK_KITCHEN = "dark_kitchen", _("Kitchen for online sale")


class Door(TextChoices):
    """Channel of a change: the form, an import, a mailed confirmation, or the daily cycle."""

    FORM = "form", _("the form")
    IMPORT = "import", _("an import")
    CONFIRMATION = "confirmation", _("a confirmation by e-mail")
    CLOCK = "clock", _("the passing of time")


class MediaKind(TextChoices):
    PHOTO = "photo", _("Photo")
    PLAN = "plan", _("Plan")
    BROCHURE = "brochure", _("Brochure")


class CheckAnswer(TextChoices):
    """A partner's answer about one of its listings."""

    AVAILABLE = "available", _("Still available")
    UNDER_OFFER = "under_offer", _("Under offer")
    GONE = "gone", _("Gone: let, sold or withdrawn")
