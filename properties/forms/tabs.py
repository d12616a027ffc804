"""Layout of the record for an editor: tabs, groups of fields, and the position of each field. Pure.

The form, its errors and the history share this table; a field outside every tab is not editable.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields read together, row after row; `part` is drawn after them (lots, map, media, reading)."""

    title: Promise | str
    rows: tuple[tuple[str, ...], ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    title: Promise | str
    groups: tuple[FieldGroup, ...]

    def fields(self) -> Iterator[str]:
        return (field for group in self.groups for row in group.rows for field in row)


TABS = (
    Tab(
        "offer",
        pgettext_lazy("noun", "Offer"),
        (
            FieldGroup(_("What is offered"), (("kind", "deal"), ("state", "available_from"))),
            FieldGroup(_("Who answers for it"), (("partner",), ("agent", "mandate"))),
            FieldGroup(_("Freshness"), (("verified_on", "expires_on"),)),
        ),
    ),
    Tab(
        "surfaces",
        _("Surfaces and lots"),
        (
            FieldGroup(
                _("Surfaces"),
                (
                    ("surface", "measure"),
                    ("divisible_from", "offices_surface"),
                    ("mezzanine_surface", "yard_surface"),
                    ("desks",),
                ),
            ),
            FieldGroup(_("Planning"), (("destination", "plu_zone"),)),
            FieldGroup(_("Lots"), (), part="lots"),
        ),
    ),
    Tab(
        "money",
        _("Money"),
        (
            FieldGroup(_("Price"), (("rent", "price"), ("desk_price", "undisclosed"))),
            FieldGroup(_("What comes on top"), (("charges", "property_tax"), ("office_tax", "deposit"))),
            FieldGroup(_("Fees"), (("fees", "fees_paid_by"),)),
            FieldGroup(_("Lease"), (("lease", "rent_index"), ("rent_free",), ("incentives",))),
        ),
    ),
    Tab(
        "building",
        _("Building"),
        (
            FieldGroup(
                _("Building"),
                (("condition", "built_in"), ("floors", "accessible"), ("clear_height", "floor_load"), ("labels",)),
            ),
            FieldGroup(
                _("Loading and access"),
                (
                    ("loading_dock", "docks"),
                    ("level_door", "level_doors"),
                    ("outdoor_yard", "yard_depth"),
                    ("heavy_goods", "crane"),
                    ("goods_lift",),
                ),
            ),
            FieldGroup(
                _("Networks and fluids"),
                (
                    ("fibre", "power_kva"),
                    ("compressed_air", "natural_gas"),
                    ("process_water", "cold"),
                    ("sprinklers",),
                ),
            ),
            FieldGroup(_("Parking"), (("parking", "parking_cars"), ("parking_lorries", "parking_bikes"))),
            FieldGroup(
                _("Rules and diagnosis"),
                (
                    ("icpe_regime", "icpe_headings"),
                    ("erp_category", "erp_types"),
                    ("dpe", "ges"),
                    ("dpe_on", "dpe_number"),
                ),
            ),
        ),
    ),
    Tab(
        "place",
        pgettext_lazy("noun", "Place"),
        (
            FieldGroup(_("Address"), (("address", "commune"), ("business_park", "precision")), part="reading"),
            FieldGroup(_("Point on the map"), (("latitude", "longitude"),), part="map"),
        ),
    ),
    Tab(
        "words",
        _("Titles and descriptions"),
        (FieldGroup("", (("title",), ("description",))),),
    ),
    Tab("media", _("Photos, plans, brochure"), (FieldGroup("", (), part="media"),)),
)

FIELDS = tuple(field for tab in TABS for field in tab.fields())
TAB_OF = {field: tab for tab in TABS for field in tab.fields()} | {
    group.part: tab for tab in TABS for group in tab.groups if group.part
}
# Help texts, for fields whose label and unit leave a question.
HELP = {
    "surface": _("In m². For land, the area of the plot."),
    "divisible_from": _("The smallest part that may be taken."),
    "state": _("Nobody sees a draft on the site; let, sold or withdrawn, it leaves the site."),
    "verified_on": _("The last day somebody who knows confirmed it."),
    "expires_on": _("From this day it leaves the site unless it is confirmed."),
    "undisclosed": _("The owner does not publish the amount: the page says so, which is not “not stated”."),
    "rent": _("For rent, sublease or transfer of lease."),
    "price": _("For sale; for a transfer of lease, the price of the lease."),
    "charges": _("Service charges and maintenance."),
    "docks": _("0 means none; empty means not stated."),
    "level_doors": _("0 means none; empty means not stated."),
    "floor_load": _("What a square metre of floor carries."),
    "clear_height": _("Free height under the beams."),
    "yard_depth": _("Room for a lorry to turn in front of the docks."),
    "icpe_headings": _("Such as “1510, 2663”."),
    "erp_types": _("Such as “M, N”."),
    "dpe_number": _("13 figures and capitals."),
    "labels": _("Such as “HQE, BREEAM”."),
    "precision": _("Unless it is the exact address, the public sees another point, drawn in the commune and kept."),
    "latitude": _("In degrees, such as 48.7875; or place the point on the map."),
    "longitude": _("In degrees, such as 2.3928."),
    "title": _("A language without a title shows that of another."),
    "description": _("A language without a description shows that of another."),
    "address": _("Number and street; the public reads as much of it as the precision shown to the public allows."),
}
