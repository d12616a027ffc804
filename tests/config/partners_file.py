"""Files of partners, and what `manage.py setup` writes."""

from typing import Any

from django.contrib.auth import get_user_model

from implantation.routing.models import RoutingTable
from pages.models import ContentPage, HomePage
from territory.models import Axis, Commune, Officer, Partner
from tests.databases import ROOT

EXAMPLE = ROOT / "docs" / "partners.example.toml"
REAL = EXAMPLE.read_text().replace("example.org", "partners.test")
ONE = """
[administrator]
email = "admin@partners.test"

[[partners]]
coordinator = true
short_name = "EPT"
acronym = "EPT"
kind = "territorial_authority"
communes = "all"
email = "desk@partners.test"
officer = { email = "officer@partners.test" }
deputy = { email = "deputy@partners.test" }
"""
OTHER = """
[[partners]]
short_name = "CCI Essonne"
acronym = "CCI 91"
kind = "chamber_of_commerce"
communes = ["91", "94081"]
email = "cci@partners.test"
officer = { email = "cci.officer@partners.test" }
deputy = { email = "cci.deputy@partners.test" }
"""


def state() -> list[list[dict[str, Any]]]:
    models = (Commune, Axis, Partner, get_user_model(), Officer, RoutingTable, HomePage, ContentPage)
    return [list(model.objects.order_by("pk").values()) for model in models]
