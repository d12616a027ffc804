"""Every page that the public may see, in each state in which it looks different: the list that the checks go through.

A state is a function that brings the browser there, from nothing. A page added to the site is added here: a public
address without a state fails `test_every_public_address_has_a_state`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

# Public addresses that are no pages: files, data, probes, redirections.
NOT_PAGES = frozenset(
    {
        "healthz",
        "readyz",
        "pages:sitemap",
        "pages:robots",
        "search:communes",
        "properties:sheet",
        "properties:card",
        "api:list",
        "api:geojson",
        "api:csv",
        "api:property",
        "api:openapi",
        "wagtaildocs_serve",
        # Wagtail's own pages for a page behind a password; the site has none.
        "wagtaildocs_authenticate_with_password",
        "wagtailcore_authenticate_with_password",
        "wagtailcore_login",
    }
)


@dataclass
class Visit:
    """A browser page in one language, and what `preparation.tell` said of the site.

    `narrow` is true on a phone's screen.
    """

    page: Page
    language: str
    narrow: bool
    known: Mapping[str, Any]

    def address(self, route: str, query: str = "", **arguments: str) -> str:
        with translation.override(self.language):
            return reverse(route, kwargs=arguments) + query

    def go(self, route: str, query: str = "", **arguments: str) -> None:
        self.page.goto(self.address(route, query, **arguments))

    def send(self, name: str = "") -> None:
        """Press the button that sends the form: the last one of the page, or the one of this name."""
        button = f"main form button[name={name}]" if name else "main form button.btn:not(.alt)"
        with self.page.expect_navigation():
            self.page.locator(button).last.click()

    def show(self, status: int, html: str) -> None:
        """Show what the site would answer with this status."""
        address = f"**/{self.language}/answered-{status}/"
        self.page.route(address, lambda route: route.fulfill(status=status, content_type="text/html", body=html))
        self.page.goto(f"/{self.language}/answered-{status}/")


@dataclass(frozen=True)
class State:
    """A look of a page. `route` names its address; `phone` says that it exists on a phone's screen only."""

    route: str
    name: str
    open: Callable[[Visit], None] = field(repr=False)
    phone: bool = False

    def __str__(self) -> str:
        return f"{self.route}, {self.name}"


STATES: list[State] = []


def state(
    route: str, name: str, *, phone: bool = False
) -> Callable[[Callable[[Visit], None]], Callable[[Visit], None]]:
    """Register the function that opens a state."""

    def register(open_: Callable[[Visit], None]) -> Callable[[Visit], None]:
        STATES.append(State(route, name, open_, phone))
        return open_

    return register


def at(route: str, name: str, query: str = "", **arguments: Callable[[Mapping[str, Any]], str] | str) -> None:
    """Register a state that its address alone opens; an argument may be a function of what is known of the site."""

    def open_(visit: Visit) -> None:
        given = {key: value(visit.known) if callable(value) else value for key, value in arguments.items()}
        visit.go(route, query, **given)

    STATES.append(State(route, name, open_))


# --- pages of the tree: one of each type, and every page of words (their blocks differ)


def content_states(page_types: Mapping[str, Mapping[str, list[str]]]) -> list[State]:
    """The published pages, a state each; of assets and projects, which differ by their words alone, the first two."""
    most = {"pages.AssetPage": 2, "pages.ProjectPage": 2}

    def opening(kind: str, place: int) -> Callable[[Visit], None]:
        return lambda visit: visit.page.goto(visit.known["pages"][kind][visit.language][place]) and None

    return [
        State("wagtail_serve", f"{kind} {place}", opening(kind, place))
        for kind, paths in page_types.items()
        for place in range(min(len(paths["fr"]), most.get(kind, 99)))
    ]


@state("wagtail_serve", "home, menu open", phone=True)
def _(visit: Visit) -> None:
    visit.page.goto(f"/{visit.language}/")
    visit.page.locator(".menu > summary").click()


@state("wagtail_serve", "not found")
def _(visit: Visit) -> None:
    visit.page.goto(f"/{visit.language}/nulle-part/")


@state("wagtail_serve", "address too long")
def _(visit: Visit) -> None:
    visit.page.goto(f"/{visit.language}/?" + "&".join(f"p{number}=1" for number in range(1_100)))


@state("wagtail_serve", "access refused")
def _(visit: Visit) -> None:
    visit.show(403, visit.known["errors"]["403"][visit.language])


@state("wagtail_serve", "broken")
def _(visit: Visit) -> None:
    visit.show(500, visit.known["errors"]["500"][visit.language])


# --- the search

at("search:results", "all")
at(
    "search:results",
    "chosen",
    "?type=activity&type=warehouse&deal=rent&area_min=300&walk_max=15&feature=fibre:unknown&feature=fibre:yes",
)
at("search:results", "words, second page", "?type=office&sort=surface&page=2")
at("search:results", "misread", "?area_max=12ooo&deal=rent&rent_min=9&rent_max=abc")
at("search:results", "nothing", "?type=activity&commune=94081&area_min=90000")
at("search:results", "unknown word", "?q=zzzzzz")


@state("search:results", "changed in place")
def _(visit: Visit) -> None:
    visit.go("search:results")
    page = visit.page
    expect(page.locator("#live-map.on")).to_be_attached()
    if visit.narrow:
        page.locator(".dock a[href='#filtres']").click()
    for choice in ("#type-office", "#deal-rent"):
        before = page.url
        page.locator(choice).focus()
        page.keyboard.press("Space")
        page.wait_for_url(lambda url, before=before: url != before)
        expect(page.locator("#work")).not_to_have_attribute("aria-busy", "true")
        expect(page.locator(choice)).to_be_checked()
    # Enter in a field is a change and a submission at once.
    page.fill("#area_min", "20")
    page.locator("#area_min").press("Enter")
    page.wait_for_url(re.compile("area_min=20"))
    expect(page.locator("#work")).not_to_have_attribute("aria-busy", "true")


@state("search:results", "filters on a phone", phone=True)
def _(visit: Visit) -> None:
    visit.go("search:results", "?type=office#filtres")


@state("search:results", "map on a phone", phone=True)
def _(visit: Visit) -> None:
    visit.go("search:results", "#carte")
    expect(visit.page.locator("#live-map.on")).to_be_visible()


# --- one property

for face in ("rent", "sale", "lease-transfer", "services", "land", "lots", "hidden address", "under offer", "photos"):
    at("properties:detail", face, reference=lambda known, face=face: known["premises"][face])
at("properties:detail", "gone", reference=lambda known: known["premises"]["gone"])
at("properties:detail", "unknown", reference="NULLE-PART")


@state("properties:detail", "kept")
def _(visit: Visit) -> None:
    visit.go("properties:detail", reference=visit.known["premises"]["rent"])
    with visit.page.expect_navigation():
        visit.page.locator("button.keep").click()


# --- the shortlist

at("properties:shortlist", "empty")


def _shared(known: Mapping[str, Any], *faces: str) -> str:
    return "?" + "&".join(f"ref={known['premises'][face]}" for face in faces)


@state("properties:shortlist", "one")
def _(visit: Visit) -> None:
    visit.go("properties:shortlist", _shared(visit.known, "rent"))
    visit.send("take")


@state("properties:shortlist", "three side by side")
def _(visit: Visit) -> None:
    visit.go("properties:shortlist", _shared(visit.known, "rent", "sale", "land"))
    visit.send("take")


@state("properties:shortlist", "shared, one gone, undone")
def _(visit: Visit) -> None:
    visit.go("properties:shortlist", _shared(visit.known, "rent", "gone") + "&removed=NULLE-PART")


@state("properties:shortlist", "full")
def _(visit: Visit) -> None:
    visit.go("properties:shortlist", _shared(visit.known, "rent"))
    visit.page.evaluate("""
      const field = document.querySelector("main form input[name=ref]");
      for (let number = 0; number < 12; number++) {
        const other = field.cloneNode();
        other.value = `A-${number}`;
        field.after(other);
      }
    """)
    visit.send("take")
    visit.page.evaluate("document.querySelectorAll('main form input[name=ref]').forEach((field) => field.remove())")


# --- a partner confirms a listing

at("properties:confirm", "asked", token=lambda known: known["question"])
at("properties:confirm", "unknown", token="nothing")


@state("properties:confirm", "answered")
def _(visit: Visit) -> None:
    visit.go("properties:confirm", token=visit.known["question"])
    if visit.page.locator("main form button").count():
        with visit.page.expect_navigation():
            visit.page.locator("main form button").first.click()


# --- the request, step by step


@state("implantation:request", "from a property")
def _(visit: Visit) -> None:
    visit.go("implantation:request", f"?property={visit.known['premises']['lots']}")


at("implantation:request", "empty")
at("implantation:request", "from a search", "?search=type%3Doffice%26commune%3D94081%26area_min%3D100")
at("implantation:request", "from who does what", "?project=settle&activity=craft&place=91027")
at("implantation:request", "property gone", "?property=NULLE-PART")


@state("implantation:request", "from a shortlist")
def _(visit: Visit) -> None:
    visit.go("properties:shortlist", _shared(visit.known, "rent", "sale"))
    visit.send("take")
    visit.go("implantation:request", "?shortlist=1")


@state("implantation:request", "errors")
def _(visit: Visit) -> None:
    visit.go("implantation:request")
    visit.send()


at("implantation:place", "empty")


@state("implantation:place", "errors")
def _(visit: Visit) -> None:
    visit.go("implantation:place")
    visit.page.fill("[name=area_min]", "600")
    visit.page.fill("[name=area_max]", "60")
    visit.page.locator(".more-opt > summary").click()
    visit.page.fill("[name=budget]", "beaucoup")
    visit.send()


at("implantation:firm", "empty")


@state("implantation:firm", "errors")
def _(visit: Visit) -> None:
    visit.go("implantation:firm")
    visit.page.fill("[name=siret]", "123")
    visit.page.fill("[name=jobs]", "beaucoup")
    visit.send()


at("implantation:contact", "empty")


@state("implantation:contact", "errors")
def _(visit: Visit) -> None:
    visit.go("implantation:contact")
    visit.page.fill("[name=email]", "pas une adresse")
    visit.page.fill("[name=phone]", "123")
    visit.send()


@state("implantation:contact", "form too old")
def _(visit: Visit) -> None:
    visit.go("implantation:contact")
    visit.page.context.clear_cookies()
    visit.send()


def _answer(visit: Visit) -> None:
    """Answer what is needed, up to the page that reads it again."""
    visit.go("implantation:request", f"?property={visit.known['premises']['rent']}&activity=craft")
    visit.page.fill("[name=message]", "Un atelier de découpe laser, neuf salariés.")
    for _step in range(3):
        visit.send()
    visit.page.fill("[name=name]", "Dominique Exemple")
    visit.page.fill("[name=email]", "dominique@example.com")
    visit.send()


@state("implantation:review", "complete")
def _(visit: Visit) -> None:
    _answer(visit)


@state("implantation:review", "incomplete")
def _(visit: Visit) -> None:
    visit.go("implantation:request")
    visit.page.fill("[name=message]", "Un atelier.")
    visit.send()
    visit.go("implantation:review")


@state("implantation:confirmation", "sent faster than a person writes")
def _(visit: Visit) -> None:
    _answer(visit)
    visit.send()


for stage in ("received", "quarantined"):
    at("implantation:confirmation", stage, token=lambda known, stage=stage: known["enquiries"][stage])
at("implantation:confirmation", "unknown", token="nothing")
for stage in ("quarantined", "received", "in_progress", "awaiting_investor", "settled", "unsuccessful", "withdrawn"):
    at("implantation:track", stage, token=lambda known, stage=stage: known["enquiries"][stage])
at("implantation:track", "unknown", token="nothing")


@state("implantation:track", "errors")
def _(visit: Visit) -> None:
    visit.go("implantation:track", token=visit.known["enquiries"]["in_progress"])
    with visit.page.expect_navigation():
        visit.page.locator("form:has(textarea) button").click()


@state("implantation:withdraw", "errors")
def _(visit: Visit) -> None:
    visit.go("implantation:track", token=visit.known["enquiries"]["in_progress"])
    visit.page.locator("#out-t ~ .a summary").click()
    with visit.page.expect_navigation():
        visit.page.locator("form[action*='#errors'] button.alt").click()


at("implantation:guide", "nothing asked")
at("implantation:guide", "answered", "?project=settle&activity=craft&place=91027")
at("implantation:guide", "misread", "?project=rien&place=00000")


@state("api:docs", "whole")
def _(visit: Visit) -> None:
    visit.go("api:docs", f"?lang={visit.language}")
