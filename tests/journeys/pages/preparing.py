"""What the registry of pages needs of a demonstration site, printed as JSON by a process of that site.

Besides reading, it makes what the demonstration has not: a listing that left the market, one to be confirmed, links
that ask about listings.
"""

import json

from django.utils import timezone
from wagtail.models import Page

from implantation.enquiries.choices import TransferState
from implantation.enquiries.models import Enquiry
from implantation.enquiries.tracking import token_for
from implantation.routing.models import RoutingTable
from properties.choices import Precision, PropertyState
from properties.freshness.links import CheckLink, address
from properties.models import Confirmation, Property
from search.models import SynonymSet
from territory.models import Figure, MajorProject, Person

COMMAND = ("shell", "--verbosity=0", "--command=from tests.journeys.pages.preparing import show; show()")
_LINKS = ("live", "spent", "answered-fr", "answered-en")


def show() -> None:
    print(json.dumps({"pages": _pages(), "tokens": _tokens(), **_listings(), "keys": _keys()}))  # noqa: T201


def _keys() -> dict[str, int]:
    """What views of the admin show."""
    return {
        "enquiry": Enquiry.objects.filter(state="in_progress")[0].pk,
        "version": RoutingTable.objects.order_by("version")[0].version,
        "synonym": SynonymSet.objects.all()[0].pk,
        "property": Property.objects.public()[20].pk,
        "figure": Figure.objects.all()[0].pk,
        "project": MajorProject.objects.all()[0].pk,
        "person": Person.objects.all()[0].pk,
    }


def _pages() -> dict[str, dict[str, list[str]]]:
    """Addresses of the pages online, by class and language, in the order of the tree."""
    found: dict[str, dict[str, list[str]]] = {}
    for page in Page.objects.live().filter(depth__gt=1).order_by("path").specific():
        found.setdefault(type(page).__name__, {"fr": [], "en": []})[page.locale.language_code].append(page.url)
    return found


def _tokens() -> dict[str, str]:
    """The link of an enquiry of each state, and of one that a partner proposes to hand over."""
    tokens = {enquiry.state: token_for(enquiry) for enquiry in Enquiry.objects.exclude(name="").order_by("pk")}
    proposed = Enquiry.objects.filter(transfers__state=TransferState.PROPOSED)
    return tokens | {"proposed": token_for(proposed[0])}


def _listings() -> dict[str, dict[str, str]]:
    """References of listings by what is special of each, and the links that ask about some."""
    public = Property.objects.public().order_by("reference")
    # Not the first ones: other journeys name them.
    whole = public.filter(precision=Precision.EXACT, state=PropertyState.ON_MARKET, lots=None, confirmations=None)
    exact, gone, unsure, *asked = whole[10 : 13 + len(_LINKS)]
    Property.objects.filter(pk=gone.pk).update(state=PropertyState.WITHDRAWN)
    Property.objects.filter(pk=unsure.pk).update(to_confirm=True)
    special = {
        "exact": exact,
        "drawn": public.filter(precision=Precision.COMMUNE)[0],
        "lots": public.filter(lots__isnull=False)[0],
        "under offer": public.filter(state=PropertyState.UNDER_OFFER)[0],
        "to be confirmed": unsure,
        "gone": gone,
    }
    return {
        "properties": {name: listing.reference for name, listing in special.items()},
        "checks": {name: _question(listing, name) for name, listing in zip(_LINKS, asked, strict=True)},
    }


def _question(listing: Property, name: str) -> str:
    """The token of a link that asks about a listing."""
    now = timezone.now()
    times = {"asked_at": now, "sent_at": now, "closed_at": now if name == "spent" else None}
    question = Confirmation.objects.create(property=listing, **times)
    last_change = listing.changes.order_by("-pk").values_list("pk", flat=True).first() or 0
    return address(CheckLink(question, last_change)).rstrip("/").rpartition("/")[2]
