"""Texts of the tracking page: journal and next step."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from foundation.wording import within
from implantation.enquiries.choices import CLOSED_STATES, PUBLIC_EVENTS, EnquiryState, EventKind, Step
from implantation.enquiries.models import Enquiry, Event

PARTNER, YOU, SYSTEM = "partner", "you", "system"


@dataclass(frozen=True)
class JournalEntry:
    """Line of the journal: author (`partner`, `you`, `sys`), instant, title, and optional message or remark."""

    who: str
    at: datetime
    title: str
    message: str = ""
    remark: str = ""
    routed: bool = False


@dataclass(frozen=True)
class Next:
    """Next step on the tracking page: whose turn, the promised day if any, and lateness."""

    title: str
    text: str
    due: date | None = None
    late: bool = False
    yours: bool = False


def entries(enquiry: Enquiry) -> list[JournalEntry]:
    """Return the timeline visible to the investor, newest first. Notes and internal reasons never show."""
    events = enquiry.events.filter(kind__in=PUBLIC_EVENTS).select_related("partner", "text")
    return [_entry(enquiry, event) for event in events.order_by("-sequence")]


def _entry(enquiry: Enquiry, event: Event) -> JournalEntry:
    partner = event.partner.named if event.partner else ""
    words = {"partner": partner}
    match event.kind:
        case EventKind.SUBMITTED:
            return JournalEntry(YOU, event.at, _("You sent your request"), message=enquiry.message)
        case EventKind.ROUTED:
            return JournalEntry(SYSTEM, event.at, _("Given to %(partner)s") % words, routed=True)
        case EventKind.TAKEN:
            return JournalEntry(SYSTEM, event.at, capfirst(_("%(partner)s takes your request in charge") % words))
        case EventKind.MESSAGE_OUT:
            return JournalEntry(
                PARTNER, event.at, capfirst(_("%(partner)s wrote to you") % words), message=event.public_body
            )
        case EventKind.MESSAGE_IN:
            return JournalEntry(YOU, event.at, _("You wrote"), message=event.public_body)
        case EventKind.TRANSFER_ACCEPTED:
            return JournalEntry(
                SYSTEM,
                event.at,
                capfirst(_("%(partner)s now holds your request") % words),
                remark=_("The partner that held it handed it over. You have nothing to send again."),
            )
        case EventKind.WITHDRAWN:
            return JournalEntry(YOU, event.at, _("You withdrew your request"))
        case EventKind.STATE:
            return JournalEntry(SYSTEM, event.at, _state_words(str(event.data.get("after", "")), partner))
    return JournalEntry(SYSTEM, event.at, str(EventKind(event.kind).label))


def _state_words(after: str, partner: str) -> str:
    words = {"partner": partner}
    match after:
        case EnquiryState.AWAITING_INVESTOR:
            return capfirst(_("%(partner)s awaits your answer") % words)
        case EnquiryState.IN_PROGRESS:
            return capfirst(_("%(partner)s works on your request") % words)
        case EnquiryState.SETTLED:
            return _("Closed: your settlement succeeded")
        case EnquiryState.UNSUCCESSFUL:
            return _("Closed by %(partner)s, without settlement") % words
    return _("State changed")


def next_step(enquiry: Enquiry) -> Next:
    """Return the single next step of the enquiry's state."""
    words = {"partner": enquiry.holder.named}
    due = timezone.localdate(enquiry.due_at) if enquiry.due_at else None
    if enquiry.step == Step.REPLY and enquiry.state != EnquiryState.AWAITING_INVESTOR:
        text = _("Your message reached %(partner)s at once.")
        return _owed(enquiry, _("Answer of %(partner)s to your message"), text, due)
    if enquiry.state in CLOSED_STATES:
        return _after_the_end(enquiry, words)
    if enquiry.state == EnquiryState.QUARANTINED:
        return Next(
            _("A person reads your request"),
            _("Then it goes to the partner that answers you, and your link stays the same."),
            due=due,
            late=enquiry.is_late,
        )
    if enquiry.state == EnquiryState.AWAITING_INVESTOR:
        return Next(
            _("Your answer to %(partner)s") % words,
            capfirst(
                _("%(partner)s has written to you and waits for your answer. Nothing is lost if you take your time.")
                % words
            ),
            yours=True,
        )
    if enquiry.step == Step.FIRST_ANSWER:
        text = _("A person at %(partner)s writes to you at the address you gave.")
        return _owed(enquiry, _("First answer of %(partner)s"), text, due)
    if enquiry.step == Step.TAILORED_ANSWER:
        text = _("Premises, contacts or a plan that fit what you asked; %(partner)s works on it.")
        return _owed(enquiry, _("Tailored answer of %(partner)s"), text, due)
    return Next(
        capfirst(_("%(partner)s works on your request") % words),
        _("You have its answer. To go on, write below: it answers %(delay)s.")
        % {"delay": within(enquiry.holder.first_answer_days)},
    )


def _owed(enquiry: Enquiry, title: str, text: str, due: date | None) -> Next:
    """Return the partner's next step, with its due day or its lateness."""
    words = {"partner": enquiry.holder.named}
    if enquiry.is_late:
        text = _(
            "%(partner)s promised an answer by this day and is late. Write below: your message reaches it at once."
        )
    return Next(title % words, capfirst(text % words), due=due, late=enquiry.is_late)


def _after_the_end(enquiry: Enquiry, words: dict[str, str]) -> Next:
    if enquiry.state == EnquiryState.UNWANTED:
        return Next(
            _("Nothing: this request is closed"),
            _(
                "It was taken for an unwanted message and no partner received it. "
                "If that is a mistake, write to %(email)s."
            )
            % {"email": enquiry.holder.email},
        )
    if enquiry.state == EnquiryState.WITHDRAWN:
        return Next(
            _("Nothing: you withdrew this request"),
            capfirst(_("%(partner)s has stopped. You may send a new request whenever you like.") % words),
        )
    return Next(
        _("Nothing: this request is closed"),
        _("You may still write to %(partner)s below, or send a new request.") % words,
    )
