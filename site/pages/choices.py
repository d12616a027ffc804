"""Closed lists of the published pages."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AssetKey(TextChoices):
    """The six assets of the territory."""

    ECONOMIC_POLE = "economic_pole", _("Major economic pole")
    TRANSPORT_HUB = "transport_hub", _("International transport hub")
    INDUSTRY = "industry", _("Industrial and productive territory")
    INNOVATION = "innovation", _("Innovative territory")
    QUALITY_OF_LIFE = "quality_of_life", _("Quality of life")
    MAJOR_PROJECTS = "major_projects", _("Major projects")


class Scene(TextChoices):
    """Illustrations: `static/scenes/<value>.svg`. The label is what the picture shows."""

    OFFICE = "office", _("office buildings above a metro train")
    METRO = "metro", _("control tower, aircraft taking off, tram at its stop, underground metro")
    WORKSHOP = "workshop", _("workshop with a sawtooth roof, a robot arm at work")
    WAREHOUSE = "warehouse", _("warehouse and lorries at its docks")
    MARKET = "market", _("wholesale market hall")
    LAB = "lab", _("glazed laboratory hall between two buildings")
    HOMES = "homes", _("houses, a park and a boat on the Seine")
    WORKS = "works", _("building under construction between two cranes")
    RIVER = "river", _("train on a bridge, barge on the Seine")
    RUNWAY = "runway", _("aircraft above the runway")


class MapWindow(TextChoices):
    """The part of the map that a page shows: `territory.cartography.marks.WINDOWS`."""

    WHOLE = "whole", _("the whole territory")
    NORTH = "north", _("the north, down to the airport")
    ORLY = "orly", _("metro 14, Rungis and the airport")
    BIEVRE = "bievre", _("the Bièvre and Villejuif")
    SEINE = "seine", _("the Seine, from Ivry to Orly")
