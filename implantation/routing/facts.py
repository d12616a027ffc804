"""Facts that routing reads of an enquiry, and their closed lists (TERRITORY.md)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

UNKNOWN = "unknown"


class Project(TextChoices):
    CREATE = "create", _("Create a firm")
    TAKE_OVER = "take_over", _("Take over a firm")
    SETTLE = "settle", _("Open a new site of an existing firm")
    MOVE = "move", _("Move within the territory")
    EXTEND = "extend", _("Extend premises")
    DEVELOP_LAND = "develop_land", _("Develop land")
    UNKNOWN = "unknown", _("I do not know yet")


class Activity(TextChoices):
    CRAFT = "craft", _("Craft")
    TRADE_OR_SERVICES = "trade_or_services", _("Trade or services")
    CRAFT_AND_TRADE = "craft_and_trade", _("Craft and trade together")
    INDUSTRY_OR_LOGISTICS = "industry_or_logistics", _("Industry or logistics")
    LIBERAL = "liberal", _("Liberal profession")
    SOCIAL_OR_PUBLIC = "social_or_public", _("Association, social economy or public body")
    UNKNOWN = "unknown", _("I do not know yet")


class Headcount(TextChoices):
    ALONE = "0", _("I am alone")
    TO_9 = "1-9", _("1 to 9 people")
    TO_19 = "10-19", _("10 to 19 people")
    TO_49 = "20-49", _("20 to 49 people")
    TO_249 = "50-249", _("50 to 249 people")
    FROM_250 = "250+", _("250 people or more")
    UNKNOWN = "unknown", _("I do not know yet")


class Premises(TextChoices):
    OFFICE = "office", _("Offices")
    ACTIVITY = "activity", _("Activity unit, workshop")
    WAREHOUSE = "warehouse", _("Warehouse, logistics")
    RETAIL = "retail", _("Shop, retail")
    LAND = "land", _("Land")
    LABORATORY = "laboratory", _("Laboratory")
    COWORKING = "coworking", _("Shared office")
    NONE_NEEDED = "none_needed", _("No premises to look for")
    UNKNOWN = "unknown", _("I do not know yet")


class Origin(TextChoices):
    NEW_FIRM = "new_firm", _("The firm is new")
    TERRITORY = "territory", _("From the territory")
    REGION = "region", _("From elsewhere in Île-de-France")
    FRANCE = "france", _("From elsewhere in France")
    ABROAD = "abroad", _("From abroad")
    UNKNOWN = "unknown", _("I do not know yet")


class WiderPlace(TextChoices):
    """Places that are not one commune; a commune is named by its INSEE code."""

    SEVERAL_94 = "several_94", _("Several communes of Val-de-Marne")
    SEVERAL_91 = "several_91", _("Several communes of Essonne")
    BOTH_DEPARTMENTS = "both_departments", _("Both departments")
    OUTSIDE = "outside", _("Elsewhere, outside the 24 communes")
    UNKNOWN = "unknown", _("I do not know yet")


class Fact(TextChoices):
    """What routing may read; every fact has exactly one value."""

    PROJECT = "project", _("Project")
    ACTIVITY = "activity", _("Activity")
    PLACE = "place", pgettext_lazy("noun", "Place")
    HEADCOUNT = "headcount", _("People planned")
    PREMISES = "premises", _("Premises")
    ORIGIN = "origin", _("Origin of the firm")
    PROPERTY_PARTNER = "property_partner", _("Partner in charge of the attached premises")


NO_PROPERTY = "none"
