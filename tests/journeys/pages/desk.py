"""Every view of the admin that is ours, and who opens it: its own part of the page is judged, not Wagtail's frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

OURS = ("config", "foundation", "territory", "properties", "search", "implantation", "pages")


@dataclass(frozen=True)
class DeskView:
    """A view by the name of its route; `key` names what it shows in `facts["keys"]`, `more` are further arguments."""

    route: str
    account: str = "coordination"
    key: str = ""
    more: tuple[str, ...] = ()
    within: str = "main"

    def address(self, facts: Mapping[str, Any]) -> str:
        return reverse(self.route, args=[*([facts["keys"][self.key]] if self.key else []), *self.more])


VIEWS = [
    DeskView("wagtailadmin_home"),
    DeskView("access_log"),
    DeskView("enquiry:index"),
    DeskView("enquiry:detail", key="enquiry"),
    DeskView("enquiry:absences"),
    DeskView("enquiry:unwanted"),
    DeskView("enquiry:unsent"),
    DeskView("rules:index"),
    DeskView("rules:version", key="version"),
    DeskView("rules:draft"),
    DeskView("rules:rule_add"),
    DeskView("rules:simulation"),
    DeskView("rules:import"),
    DeskView("synonyms:add", "redaction", within="main form"),
    DeskView("synonyms:edit", "redaction", key="synonym", within="main form"),
    DeskView("synonyms:delete", "redaction", key="synonym", within="main form"),
    DeskView("figures:index", "redaction", within="#listing-results"),
    DeskView("figures:edit", "redaction", key="figure", within="main form"),
    DeskView("projects:index", "redaction", within="#listing-results"),
    DeskView("projects:edit", "redaction", key="project", within="main form"),
    DeskView("people:index", "redaction", within="#listing-results"),
    DeskView("people:edit", "redaction", key="person", within="main form"),
    DeskView("premises:index"),
    DeskView("premises:add"),
    DeskView("premises:edit", key="property"),
    DeskView("premises:stale"),
    DeskView("premises:log", key="property"),
    DeskView("premises:preview", key="property"),
    DeskView("premises:media", key="property"),
    DeskView("premises:state", key="property", more=("withdrawn",)),
    DeskView("imports:index"),
    DeskView("partners:index"),
    DeskView("stations:index"),
    DeskView("wagtailadmin_password_reset", account=""),
]

# Ours, without a page of its own, each with its reason.
NO_PAGE = {
    "wagtailadmin_password_reset_confirm": "Wagtail's page: ours only counts and logs",
    "GuardedUpdateView": "Wagtail's page: ours only guards it",
    "GuardedSubmitView": "Wagtail's page: ours only guards it",
    "refuse_alias": "a refusal",
    "try_index_again": "an action, answered by a redirection",
    "enquiry:index_results": "the rows of the index",
    "enquiry:act": "an action, answered by a redirection or the enquiry's page",
    "rules:rule_edit": "the same form as of a new rule",
    "rules:export": "a file",
    "rules:answer": "an action, answered by a redirection or the version's page",
    "premises:index_results": "the rows of the index",
    "premises:reading": "JSON",
    "imports:run": "what a file gave: `journeys/test_imports.py` reads it in each of its states",
    "imports:rejected": "a file",
    "figures:index_results": "the rows of the index",
    "figures:delete": "Wagtail's page: ours only says why a row stays",
    "projects:delete": "Wagtail's page: ours only says why a row stays",
    "partners:index_results": "the rows of the index",
    "stations:index_results": "the rows of the index",
    "officers:delete": "a refusal: nobody deletes an officer's account",
}
