"""The accessibility rules of the site: one list, held by the editors' panel and by the browser tests alike."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

# Tags of axe-core: WCAG 2.0, 2.1 and 2.2, levels A and AA.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Rules that those tags leave out, or that axe leaves off: what editors write breaks them first.
RULES = ["heading-order", "empty-heading", "label-content-name-mismatch", "target-size"]
# What axe.run takes.
AXE_OPTIONS: dict[str, Any] = {"runOnly": TAGS, "rules": {rule: {"enabled": True} for rule in RULES}}


class SiteChecks(ContentCheckerItem):
    """The checks of the user bar and of the page editor's panel, by the site's rules instead of Wagtail's own."""

    axe_run_only = TAGS
    axe_rules = AXE_OPTIONS["rules"]
    # Wagtail's two are no accessibility rules of axe: the tests could not hold pages to them.
    axe_custom_rules: list[dict[str, Any]] = []
    axe_custom_checks: list[dict[str, Any]] = []
    # Those that an editor may break; axe says the others, in English.
    axe_messages = ContentCheckerItem.axe_messages | {
        "image-alt": {
            "error_name": _("Picture without alternative text"),
            "help_text": _("Say in its alternative text what the picture shows"),
        },
        "link-in-text-block": {
            "error_name": _("Link that only its colour shows"),
            "help_text": _("Links of a text are underlined"),
        },
        "color-contrast": {
            "error_name": _("Too little contrast"),
            "help_text": _("Text stands out from its background by 4.5 to 1"),
        },
        "label-content-name-mismatch": {
            "error_name": _("Name that leaves out the words shown"),
            "help_text": _("A control’s accessible name contains what it shows"),
        },
        "target-size": {
            "error_name": _("Control too small or too near another"),
            "help_text": _("A control measures 24 pixels or has room around it"),
        },
        "html-lang-valid": {
            "error_name": _("Language that does not exist"),
            "help_text": _("The page says which language it is in"),
        },
        "valid-lang": {
            "error_name": _("Language that does not exist"),
            "help_text": _("Words of another language say which"),
        },
        "list": {"error_name": _("List with other things than items"), "help_text": _("A list holds items alone")},
        "td-headers-attr": {
            "error_name": _("Table cell that names a wrong heading"),
            "help_text": _("Cells name headings of their own table"),
        },
    }


def use_site_checks(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Put the site's checks in the place of Wagtail's, for the hook `construct_wagtail_userbar`."""
    items[:] = [
        SiteChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]
