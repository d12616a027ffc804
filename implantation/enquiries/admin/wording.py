"""Texts of timeline events."""

from django.utils.translation import gettext as _

from implantation.enquiries.choices import EnquiryState, EventKind, suspicion_label
from implantation.enquiries.models import Event
from implantation.routing.wording import RuleWording


def line(event: Event) -> str:
    """Return the text beside an event's title; empty when the title is enough."""
    data = event.data
    if event.kind == EventKind.STATE:
        before, after = EnquiryState(data["before"]).label, EnquiryState(data["after"]).label
        return _("From “%(before)s” to “%(after)s”") % {"before": before, "after": after}
    if event.kind == EventKind.FACTS_CORRECTED:
        words = RuleWording()
        return " · ".join(
            f"{words.fact(fact, before)} → {words.value(fact, after)}"
            for fact, (before, after) in data["changed"].items()
        )
    if event.kind == EventKind.ROUTED:
        if data.get("rule"):
            return _("%(partner)s, by rule %(rule)s") % {"partner": event.partner, "rule": data["rule"]}
        return str(event.partner or "")
    if "to" in data:
        return _("To %(partner)s") % {"partner": data["to"]}
    if event.kind == EventKind.QUARANTINED:
        return suspicion_label(str(data.get("reason", "")))
    return ""
