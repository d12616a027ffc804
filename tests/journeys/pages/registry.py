"""Every public page of the site in each of its states, and how a visitor comes to it.

An address that is not here fails `test_registry.py`: it takes a line in `STATES`. A page type is visited by itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page
from wagtail.models import get_page_models

Go = Callable[["Visit"], None]
PHONE, DESKTOP = 390, 1440


@dataclass(frozen=True)
class Visit:
    """A visitor at work: `facts` is what `preparing.py` printed, `troubled` starts the site in trouble."""

    page: Page
    language: str
    facts: Mapping[str, Any]
    troubled: Callable[[], str]

    def address(self, route: str, *arguments: str, query: str = "") -> str:
        with override(self.language):
            return reverse(route, args=arguments) + query

    def open(self, route: str, *arguments: str, query: str = "") -> None:
        self.page.goto(self.address(route, *arguments, query=query))


@dataclass(frozen=True)
class State:
    """A page in one of its states. `route` is the name of its address, or the class of a Wagtail page.

    `within` leaves out a frame that is not ours; `scripts` are needed to come to it; `width` is the only one it has;
    a `twin` is another case of a page that is used in full beside it: only `make check-pages` uses it too.
    """

    name: str
    route: str
    go: Go
    status: int = 200
    within: str | None = None
    scripts: bool = False
    width: int = 0
    twin: bool = False
    languages: tuple[str, ...] = field(default=("fr", "en"))


def at(route: str, *arguments: str, query: str = "") -> Go:
    return lambda visit: visit.open(route, *arguments, query=query)


def published(kind: str, place: int = 0) -> Go:
    """The page of a class at that place of the tree."""
    return lambda visit: visit.page.goto(visit.facts["pages"][kind][visit.language][place]) and None


def of_property(name: str, query: str = "") -> Go:
    return lambda visit: visit.open("properties:detail", visit.facts["properties"][name], query=query)


def of_request(name: str) -> Go:
    """The request, from the page of a property."""
    return lambda visit: visit.open("implantation:request", query=f"?property={visit.facts['properties'][name]}")


def by_token(route: str, name: str) -> Go:
    return lambda visit: visit.open(route, visit.facts["tokens"][name])


def by_check(name: str) -> Go:
    return lambda visit: visit.open("properties:confirm", visit.facts["checks"][name])


def in_trouble(path: str) -> Go:
    return lambda visit: visit.page.goto(f"{visit.troubled()}/{visit.language}/{path}") and None


def _search_without_engine(visit: Visit) -> None:
    visit.page.goto(visit.troubled() + visit.address("search:results", query="?q=atelier"))


def _after_a_change(visit: Visit) -> None:
    visit.open("search:results")
    visit.page.locator("#type-office").focus()
    visit.page.keyboard.press("Space")
    visit.page.wait_for_url("**?type=office")
    visit.page.wait_for_function("!document.querySelector('[aria-busy]')")


def _keep(visit: Visit, number: int) -> None:
    """Put that many listings into the shortlist."""
    for place in range(number):
        visit.open("search:results")
        visit.page.locator("button.keep-button").nth(place).click()
        visit.page.wait_for_load_state()


def _three_kept(visit: Visit) -> None:
    _keep(visit, 3)
    visit.open("properties:shortlist")


def _one_removed(visit: Visit) -> None:
    _keep(visit, 1)
    visit.open("properties:shortlist")
    visit.page.locator("button[name=remove]").first.click()
    visit.page.wait_for_url("**removed=**")


def _shared(visit: Visit) -> None:
    references = [visit.facts["properties"][name] for name in ("exact", "lots", "gone")]
    visit.open("properties:shortlist", query="?" + "&".join(f"ref={reference}" for reference in references))


def _not_kept_in_shortlist(visit: Visit) -> None:
    """A listing that left the market between the page and the button."""
    visit.open("search:results")
    button = visit.page.locator("button.keep-button").first
    button.evaluate("button => { button.value = 'NONE-1' }")
    button.click()
    visit.page.wait_for_url("**" + visit.address("properties:shortlist"))


def _check_answered(visit: Visit) -> None:
    by_check(f"answered-{visit.language}")(visit)
    visit.page.locator("main button[name=answer]").first.click()
    visit.page.wait_for_load_state()


def _choose(page: Page, **answers: str) -> None:
    for question, code in answers.items():
        choice = page.locator(f'input[name="{question}"][value="{code}"]').first
        choice.evaluate("input => { input.checked = true }")


def _send_step(page: Page) -> None:
    page.locator("form button.button:not(.button--secondary)").last.click()
    page.wait_for_load_state()


def _ask(visit: Visit, *, upto: str, email: str = "dominique@example.com") -> None:
    """Fill the steps of the request until that one, which stays open."""
    page = visit.page
    visit.open("implantation:request", query=f"?property={visit.facts['properties']['exact']}")
    page.fill("textarea[name=message]", "Atelier de découpe laser : deux machines, un quai, de la place pour grandir.")
    _choose(page, project="settle", activity="craft")
    _send_step(page)
    if upto == "place":
        return
    _choose(page, place="94081", premises="activity")
    page.fill("input[name=area_min]", "300")
    _send_step(page)
    if upto == "firm":
        return
    _choose(page, headcount="1-9", origin="territory")
    _send_step(page)
    if upto == "contact":
        return
    page.fill("input[name=name]", "Dominique Exemple")
    page.fill("input[name=email]", email)
    _send_step(page)


def step(name: str) -> Go:
    return lambda visit: _ask(visit, upto=name)


def _wrong_project(visit: Visit) -> None:
    visit.open("implantation:request")
    _choose(visit.page, project="settle")
    visit.page.locator('input[name="project"]:checked').evaluate("input => { input.value = 'elsewhere' }")
    _send_step(visit.page)


def _wrong_place(visit: Visit) -> None:
    _ask(visit, upto="place")
    visit.page.fill("input[name=area_min]", "600")
    visit.page.fill("input[name=area_max]", "60")
    _send_step(visit.page)


def _wrong_firm(visit: Visit) -> None:
    _ask(visit, upto="firm")
    _choose(visit.page, headcount="1-9")
    visit.page.locator('input[name="headcount"]:checked').evaluate("input => { input.value = 'many' }")
    _send_step(visit.page)


def _wrong_contact(visit: Visit) -> None:
    _ask(visit, upto="review", email="pas une adresse")


def _session_over(visit: Visit) -> None:
    _ask(visit, upto="review")
    visit.page.context.clear_cookies(name="sessionid")
    _send_step(visit.page)


def _lost_cookies(visit: Visit) -> None:
    """A form sent without the cookie that protects it."""
    visit.open("implantation:request")
    visit.page.context.clear_cookies()
    _send_step(visit.page)


def _not_kept(visit: Visit) -> None:
    """A step that the site cannot keep."""
    page = visit.page
    page.goto(visit.troubled() + visit.address("implantation:request"))
    page.fill("textarea[name=message]", "Un bureau pour trois personnes.")
    page.locator("form:has(textarea)").evaluate(
        "(form, path) => { form.action = path }", f"/{visit.language}/trouble/broken/"
    )
    _send_step(page)


def _empty_reply(visit: Visit) -> None:
    by_token("implantation:track", "in_progress")(visit)
    visit.page.fill("textarea[name=message]", " ")
    visit.page.locator("form:has(textarea[name=message])").evaluate("form => { form.noValidate = true }")
    visit.page.locator("form:has(textarea[name=message]) button").last.click()
    visit.page.wait_for_load_state()


def _unsure_withdrawal(visit: Visit) -> None:
    by_token("implantation:track", "in_progress")(visit)
    form = visit.page.locator("form[action*='/withdraw/'], form[action*='/retirer/']")
    with visit.page.expect_navigation():
        form.evaluate("form => { form.noValidate = true; form.requestSubmit() }")


STATES = [
    State("home", "HomePage", published("HomePage")),
    State("assets", "AssetIndexPage", published("AssetIndexPage")),
    State("asset", "AssetPage", published("AssetPage")),
    State("asset: transport", "AssetPage", published("AssetPage", 1), twin=True),
    State("projects", "ProjectIndexPage", published("ProjectIndexPage")),
    State("project", "ProjectPage", published("ProjectPage")),
    State("project: another", "ProjectPage", published("ProjectPage", 4), twin=True),
    State("partnership", "ContentPage", published("ContentPage")),
    State("figures", "ContentPage", published("ContentPage", 1)),
    State("privacy", "ContentPage", published("ContentPage", 2), twin=True),
    State("accessibility", "ContentPage", published("ContentPage", 3), twin=True),
    State("legal notice", "ContentPage", published("ContentPage", 4), twin=True),
    State("search", "search:results", at("search:results")),
    State(
        "search: chosen",
        "search:results",
        at(
            "search:results",
            query="?type=activity&type=warehouse&deal=rent&area_min=300&walk_max=15&feature=fibre:unknown&feature=fibre:yes",
        ),
    ),
    State("search: words", "search:results", at("search:results", query="?q=atelier&sort=relevance")),
    State("search: misread", "search:results", at("search:results", query="?area_max=12ooo&deal=rent&rent_min=x")),
    State(
        "search: nothing", "search:results", at("search:results", query="?type=activity&commune=94081&area_min=90000")
    ),
    State("search: unknown word", "search:results", at("search:results", query="?q=zzzzzz")),
    State("search: second page", "search:results", at("search:results", query="?page=2"), twin=True),
    State("search: without its engine", "search:results", _search_without_engine),
    State("search: after a change", "search:results", _after_a_change, scripts=True, width=DESKTOP),
    State("search: filters on a phone", "search:results", at("search:results", query="#filters"), width=PHONE),
    State("search: map on a phone", "search:results", at("search:results", query="#map"), width=PHONE),
    State("property", "properties:detail", of_property("exact")),
    State("property: place drawn at random", "properties:detail", of_property("drawn")),
    State("property: in parts", "properties:detail", of_property("lots")),
    State("property: under offer", "properties:detail", of_property("under offer"), twin=True),
    State("property: to be confirmed", "properties:detail", of_property("to be confirmed"), twin=True),
    State("property: gone", "properties:detail", of_property("gone"), status=410),
    State("shortlist: empty", "properties:shortlist", at("properties:shortlist")),
    State("shortlist: three", "properties:shortlist", _three_kept),
    State("shortlist: one removed", "properties:shortlist", _one_removed),
    State("shortlist: shared", "properties:shortlist", _shared),
    State("shortlist: refused", "properties:shortlist", _not_kept_in_shortlist, status=422),
    State("check of a listing", "properties:confirm", by_check("live")),
    State("check of a listing: answered", "properties:confirm", _check_answered),
    State("check of a listing: spent", "properties:confirm", by_check("spent"), twin=True),
    State("check of a listing: unknown", "properties:confirm", at("properties:confirm", "unknown"), status=404),
    State("request", "implantation:request", at("implantation:request")),
    State("request: with a property", "implantation:request", of_request("exact")),
    State("request: with one that is gone", "implantation:request", of_request("gone"), twin=True),
    State(
        "request: with a search",
        "implantation:request",
        at("implantation:request", query="?search=type%3Doffice%26area_min%3D300"),
    ),
    State(
        "request: with facts",
        "implantation:request",
        at("implantation:request", query="?project=settle&activity=craft&place=94081"),
        twin=True,
    ),
    State("request: refused", "implantation:request", _wrong_project),
    State("request: place", "implantation:place", step("place")),
    State("request: place refused", "implantation:place", _wrong_place),
    State("request: firm", "implantation:firm", step("firm")),
    State("request: firm refused", "implantation:firm", _wrong_firm),
    State("request: contact", "implantation:contact", step("contact")),
    State("request: contact refused", "implantation:contact", _wrong_contact),
    State("request: review", "implantation:review", step("review")),
    State("request: review of nothing", "implantation:review", at("implantation:review")),
    State("request: session over", "implantation:review", _session_over, status=409),
    State("request: not kept", "implantation:request", _not_kept, status=503),
    State("who does what", "implantation:guide", at("implantation:guide")),
    State(
        "who does what: answered",
        "implantation:guide",
        at("implantation:guide", query="?project=settle&activity=craft&place=94081&origin=abroad"),
    ),
    State("who does what: matrix", "implantation:guide", at("implantation:guide", query="?area=91027"), twin=True),
    State(
        "who does what: misread",
        "implantation:guide",
        at("implantation:guide", query="?project=nothing&area=1"),
        twin=True,
    ),
    State("confirmation", "implantation:confirmation", by_token("implantation:confirmation", "received")),
    State(
        "confirmation: to be checked",
        "implantation:confirmation",
        by_token("implantation:confirmation", "quarantined"),
        twin=True,
    ),
    State("tracking: received", "implantation:track", by_token("implantation:track", "received")),
    State("tracking: to be checked", "implantation:track", by_token("implantation:track", "quarantined"), twin=True),
    State("tracking: in progress", "implantation:track", by_token("implantation:track", "in_progress")),
    State("tracking: awaiting", "implantation:track", by_token("implantation:track", "awaiting_investor"), twin=True),
    State("tracking: handed over", "implantation:track", by_token("implantation:track", "proposed")),
    State("tracking: settled", "implantation:track", by_token("implantation:track", "settled"), twin=True),
    State(
        "tracking: without settlement", "implantation:track", by_token("implantation:track", "unsuccessful"), twin=True
    ),
    State("tracking: withdrawn", "implantation:track", by_token("implantation:track", "withdrawn"), twin=True),
    State("tracking: empty message", "implantation:track", _empty_reply),
    State("tracking: unsure withdrawal", "implantation:withdraw", _unsure_withdrawal),
    State("tracking: unknown link", "implantation:track", at("implantation:track", "unknown"), status=404),
    State("API", "api:docs", lambda visit: visit.open("api:docs", query=f"?lang={visit.language}")),
    State("not found", "wagtail_serve", at("wagtail_serve", "nowhere/"), status=404),
    State("address too long", "HomePage", in_trouble("?" + "&".join(["a"] * 1_001)), status=400),
    State("forbidden", "403", in_trouble("trouble/forbidden/"), status=403),
    State("form without its cookie", "403_csrf", _lost_cookies, status=403),
    State("broken", "500", in_trouble("trouble/broken/"), status=500, languages=("fr",)),
    State("sign-in: too many attempts", "wait", in_trouble("trouble/wait/"), status=429, within="main"),
]

# A page type that no line names is visited as it is published first.
STATES += [
    State(kind, kind, published(kind))
    for kind in (model.__name__ for model in get_page_models() if model._meta.app_label == "pages")
    if kind not in {state.route for state in STATES}
]

# Public addresses that show no page of ours, each with its reason.
NO_PAGE = {
    "healthz": "for probes: text",
    "readyz": "for probes: JSON",
    "wagtaildocs_serve": "a file",
    "wagtaildocs_authenticate_with_password": "Wagtail's page for a collection closed by a password: there is none",
    "wagtailcore_authenticate_with_password": "Wagtail's page for a page closed by a password: there is none",
    "wagtailcore_login": "Wagtail's page for a page closed to visitors: there is none",
    "api:properties": "JSON",
    "api:geojson": "GeoJSON",
    "api:csv": "a file",
    "api:property": "JSON",
    "api:openapi": "JSON",
    "api:root": "redirects to the API's page",
    "api:elsewhere": "JSON",
    "pages:sitemap": "XML",
    "pages:robots": "text",
    "search:communes": "GeoJSON",
    "properties:sheet": "PDF",
    "properties:card": "a picture",
    "en/implantation/": "redirects to the request's address",
    "en/implantation/<path:rest>": "redirects to the request's address",
    "other_language": "redirects a private link to the page of its language; an unknown one is a tracking state",
}
