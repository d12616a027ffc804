"""Draft of a request, kept as typed in the visitor's session, valid or not."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from implantation.enquiries.form.carried_search import PREMISES_OF_KIND, CarriedSearch
from implantation.enquiries.models import Enquiry
from implantation.routing.facts import PLACE, PREMISES, asked
from properties.models import Property

KEPT_FOR = timedelta(days=7)
LONGEST_TYPED = 20_000  # characters of one answer; more is cut, and refused anyway
_SESSION_KEY = "implantation_request"
_SENT_KEY = "implantation_sent"
_MOST_SENT = 20  # requests remembered by one session


@dataclass
class Draft:
    """Draft of a request.

    `typed` maps a step to its answers; `checked` lists the completed steps, whose errors are shown.
    """

    key: str
    started: str
    kept_until: str
    property_reference: str = ""
    shortlist: list[str] = field(default_factory=list)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    checked: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, session: SessionBase) -> "Draft":
        """Return the session's draft, or a new draft, stored only by `save`."""
        stored_draft = session.get(_SESSION_KEY)
        today = timezone.localdate()
        if stored_draft and date.fromisoformat(stored_draft["kept_until"]) >= today:
            return cls(**stored_draft)
        return cls(str(uuid.uuid4()), timezone.now().isoformat(), (today + KEPT_FOR).isoformat())

    def save(self, request: HttpRequest) -> None:
        """Save the draft for seven more days. The session of a signed-in account keeps its own expiry."""
        self.kept_until = (timezone.localdate() + KEPT_FOR).isoformat()
        request.session[_SESSION_KEY] = asdict(self)
        if not request.user.is_authenticated:
            request.session.set_expiry(KEPT_FOR)

    def sent_as(self, enquiry: Enquiry, session: SessionBase) -> None:
        """Drop the typed answers, and remember the enquiry of this form with the version of its link."""
        session.pop(_SESSION_KEY, None)
        sent = session.get(_SENT_KEY, {}) | {self.key: [enquiry.pk, enquiry.token_version]}
        session[_SENT_KEY] = dict([*sent.items()][-_MOST_SENT:])

    @property
    def until(self) -> date:
        return date.fromisoformat(self.kept_until)

    @property
    def age(self) -> timedelta:
        """Time since the first answer was saved."""
        return timezone.now() - datetime.fromisoformat(self.started)

    def take(self, step: str, names: list[str], data: Mapping[str, Any], *, check: bool) -> None:
        """Store the typed answers of a step; `check` shows its errors from now on."""
        self.typed[step] = {name: str(data.get(name, ""))[:LONGEST_TYPED] for name in names}
        if check and step not in self.checked:
            self.checked.append(step)

    def attach(self, premises: Property) -> None:
        """Attach premises to the request; their commune and type become answers."""
        self.property_reference = premises.reference
        self.typed["place"] = self.typed.get("place", {}) | _presets(premises)

    def carry(self, facts: Mapping[str, str]) -> None:
        """Prefill facts chosen elsewhere into their steps, overwriting; other answers stay."""
        for fact, question in asked():
            if fact.key in facts:
                self.typed[question.step] = self.typed.get(question.step, {}) | {fact.key: facts[fact.key]}

    def carry_search(self, search: CarriedSearch) -> None:
        """Prefill unanswered questions from a search."""
        answered = {name: text for name, text in self.typed.get("place", {}).items() if text}
        self.typed["place"] = search.answers | answered

    def detach(self) -> None:
        """Detach the premises; the commune and the type stay as editable answers."""
        self.property_reference = ""


def sent_before(key: str, session: SessionBase) -> Enquiry | None:
    """Return the enquiry already submitted from this session under `key`: a double click, or a reload.

    None for a key of another session, or for an enquiry with its link revoked since.
    """
    pk, version = session.get(_SENT_KEY, {}).get(key, (None, None))
    return Enquiry.objects.filter(pk=pk, token_version=version, anonymised_at__isnull=True).first()


def _presets(premises: Property) -> dict[str, str]:
    """Return the answers implied by premises."""
    return {
        PLACE.key: premises.commune_id,
        PREMISES.key: PREMISES_OF_KIND.get(premises.kind, premises.kind),
    }


def public_property(reference: str) -> Property | None:
    """Return the premises on the market with this reference, or None."""
    if not reference or "\x00" in reference:
        return None
    return Property.objects.public().for_display().filter(reference=reference[:20].upper()).first()
