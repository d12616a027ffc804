"""Closed lists of enquiries: states, steps, lines of the timeline, transfers, mails."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Deadline(TextChoices):
    """Time by which the firm wants to be settled; never a fact of routing."""

    SOON = "soon", _("As soon as possible")
    SIX_MONTHS = "six_months", _("Within six months")
    ONE_YEAR = "one_year", _("Within a year")
    LATER = "later", pgettext_lazy("when", "Later")
    UNKNOWN = "unknown", _("I do not know yet")


class EnquiryState(TextChoices):
    QUARANTINED = "quarantined", _("To be checked")
    RECEIVED = "received", _("To take in charge")
    IN_PROGRESS = "in_progress", _("In progress")
    AWAITING_INVESTOR = "awaiting_investor", _("Awaiting the investor")
    SETTLED = "settled", _("Settled")
    UNSUCCESSFUL = "unsuccessful", _("Closed without settlement")
    WITHDRAWN = "withdrawn", _("Withdrawn by the investor")
    UNWANTED = "unwanted", _("Unwanted")


OPEN_STATES = (EnquiryState.RECEIVED, EnquiryState.IN_PROGRESS, EnquiryState.AWAITING_INVESTOR)
CLOSED_STATES = (EnquiryState.SETTLED, EnquiryState.UNSUCCESSFUL, EnquiryState.WITHDRAWN, EnquiryState.UNWANTED)
# Unchecked or refused: visible to the coordinator only, and no mail goes to the typed address.
HELD_STATES = (EnquiryState.QUARANTINED, EnquiryState.UNWANTED)
# Transitions open to an officer, by present state; closed enquiries may be reopened.
NEXT_STATES: dict[str, tuple[EnquiryState, ...]] = {
    EnquiryState.RECEIVED: (),
    EnquiryState.IN_PROGRESS: (EnquiryState.AWAITING_INVESTOR, EnquiryState.SETTLED, EnquiryState.UNSUCCESSFUL),
    EnquiryState.AWAITING_INVESTOR: (EnquiryState.IN_PROGRESS, EnquiryState.SETTLED, EnquiryState.UNSUCCESSFUL),
    EnquiryState.SETTLED: (EnquiryState.IN_PROGRESS,),
    EnquiryState.UNSUCCESSFUL: (EnquiryState.IN_PROGRESS,),
}


class Step(TextChoices):
    """Next duty of the holder; empty when nothing is owed."""

    CHECK = "check", _("To be checked")
    FIRST_ANSWER = "first_answer", _("First answer")
    TAILORED_ANSWER = "tailored_answer", _("Tailored answer")
    REPLY = "reply", _("Answer to a message")


class EventKind(TextChoices):
    SUBMITTED = "submitted", _("Enquiry received")
    QUARANTINED = "quarantined", _("Kept to be checked")
    RELEASED = "released", _("Checked and released")
    UNWANTED = "unwanted", _("Ended as unwanted")
    BROUGHT_BACK = "brought_back", _("Brought back to be checked")
    ROUTED = "routed", _("Given to a partner")
    TAKEN = "taken", _("Taken in charge")
    MESSAGE_OUT = "message_out", _("The partner wrote")
    MESSAGE_IN = "message_in", _("The investor wrote")
    NO_ANSWER = "no_answer", _("No answer needed")
    NOTE = "note", _("Internal note")
    STATE = "state", _("State changed")
    FACTS_CORRECTED = "facts_corrected", _("Facts corrected")
    TRANSFER_PROPOSED = "transfer_proposed", _("Transfer proposed")
    TRANSFER_ACCEPTED = "transfer_accepted", _("Transfer accepted")
    TRANSFER_DECLINED = "transfer_declined", _("Transfer declined")
    TRANSFER_RETURNED = "transfer_returned", _("Transfer returned, no answer in time")
    TRANSFER_LAPSED = "transfer_lapsed", _("Transfer lapsed, the enquiry was closed")
    WITHDRAWN = "withdrawn", _("Withdrawn by the investor")
    LINK_REPLACED = "link_replaced", _("Tracking link replaced")
    ANONYMISED = "anonymised", _("Personal data erased")


# Events shown to the investor; of their texts, only messages.
PUBLIC_EVENTS = (
    EventKind.SUBMITTED,
    EventKind.ROUTED,
    EventKind.TAKEN,
    EventKind.MESSAGE_OUT,
    EventKind.MESSAGE_IN,
    EventKind.STATE,
    EventKind.TRANSFER_ACCEPTED,
    EventKind.WITHDRAWN,
    EventKind.LINK_REPLACED,
    EventKind.ANONYMISED,
)


PUBLIC_TEXTS = (EventKind.MESSAGE_OUT, EventKind.MESSAGE_IN)


class TransferState(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    RETURNED = "returned", _("Returned, no answer in time")
    LAPSED = "lapsed", _("Lapsed, the enquiry was closed")


class Suspicion(TextChoices):
    """Reason to hold a request until the coordinator has read the request."""

    TRAP = "trap", _("An invisible field was filled")
    TOO_FAST = "too_fast", _("Sent faster than people type")
    MANY_FROM_ADDRESS = "many_from_address", _("Many requests from one network")
    MANY_FOR_EMAIL = "many_for_email", _("Many requests for one e-mail")
    MANY_OVERALL = "many_overall", _("Many requests at once")


def suspicion_label(reason: str) -> str:
    """Return the label of a suspicion's code; a reason noted as free text stays unchanged."""
    return str(Suspicion(reason).label) if reason in Suspicion.values else reason


class NoticeKind(TextChoices):
    """Mails of enquiries, each with a template in templates/implantation/mail/."""

    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    NEW_ENQUIRY = "new_enquiry", _("New enquiry")
    TO_CHECK = "to_check", _("Enquiry to check")
    MESSAGE = "message", _("Message of the partner")
    REPLY = "reply", _("Reply of the investor")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    NEW_HOLDER = "new_holder", _("New partner in charge")
    NEW_LINK = "new_link", _("New tracking link")
    TRANSFER_PROPOSED = "transfer_proposed", _("Transfer proposed")
    TRANSFER_ANSWERED = "transfer_answered", _("Transfer answered")
    DIGEST = "digest", _("What is late or due today")
