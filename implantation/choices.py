"""Closed lists of implantation: the facts routing reads (TERRITORY.md), states, and what happens to an enquiry."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

UNKNOWN = "unknown"


class Project(TextChoices):
    CREATE = "create", _("Create a firm")
    TAKE_OVER = "take_over", _("Take over a firm")
    SETTLE = "settle", _("Open a new site of an existing firm")
    MOVE = "move", _("Move within the territory")
    EXTEND = "extend", _("Extend premises")
    DEVELOP_LAND = "develop_land", _("Develop land")
    UNKNOWN = "unknown", _("I do not know yet")


class Activity(TextChoices):
    CRAFT = "craft", _("Craft")
    TRADE_OR_SERVICES = "trade_or_services", _("Trade or services")
    CRAFT_AND_TRADE = "craft_and_trade", _("Craft and trade together")
    INDUSTRY_OR_LOGISTICS = "industry_or_logistics", _("Industry or logistics")
    LIBERAL = "liberal", _("Liberal profession")
    SOCIAL_OR_PUBLIC = "social_or_public", _("Association, social economy or public body")
    UNKNOWN = "unknown", _("I do not know yet")


class Headcount(TextChoices):
    ALONE = "0", _("I am alone")
    TO_9 = "1-9", _("1 to 9 people")
    TO_19 = "10-19", _("10 to 19 people")
    TO_49 = "20-49", _("20 to 49 people")
    TO_249 = "50-249", _("50 to 249 people")
    FROM_250 = "250+", _("250 people or more")
    UNKNOWN = "unknown", _("I do not know yet")


class Premises(TextChoices):
    OFFICE = "office", _("Offices")
    ACTIVITY = "activity", _("Activity unit, workshop")
    WAREHOUSE = "warehouse", _("Warehouse, logistics")
    RETAIL = "retail", _("Shop, retail")
    LAND = "land", _("Land")
    LABORATORY = "laboratory", _("Laboratory")
    COWORKING = "coworking", _("Shared office")
    NONE_NEEDED = "none_needed", _("No premises to look for")
    UNKNOWN = "unknown", _("I do not know yet")


class Origin(TextChoices):
    NEW_FIRM = "new_firm", _("The firm is new")
    TERRITORY = "territory", _("From the territory")
    REGION = "region", _("From elsewhere in Île-de-France")
    FRANCE = "france", _("From elsewhere in France")
    ABROAD = "abroad", _("From abroad")
    UNKNOWN = "unknown", _("I do not know yet")


class WiderPlace(TextChoices):
    """Places that are not one commune; a commune is named by its INSEE code."""

    SEVERAL_94 = "several_94", _("Several communes of Val-de-Marne")
    SEVERAL_91 = "several_91", _("Several communes of Essonne")
    BOTH_DEPARTMENTS = "both_departments", _("Both departments")
    OUTSIDE = "outside", _("Elsewhere, outside the 24 communes")
    UNKNOWN = "unknown", _("I do not know yet")


class Fact(TextChoices):
    """What routing may read; every fact has exactly one value."""

    PROJECT = "project", _("Project")
    ACTIVITY = "activity", _("Activity")
    PLACE = "place", pgettext_lazy("noun", "Place")
    HEADCOUNT = "headcount", _("People planned")
    PREMISES = "premises", _("Premises")
    ORIGIN = "origin", _("Origin of the firm")
    PROPERTY_PARTNER = "property_partner", _("Partner in charge of the attached premises")


NO_PROPERTY = "none"


class Deadline(TextChoices):
    """When the firm wants to be settled; never a fact of routing."""

    SOON = "soon", _("As soon as possible")
    SIX_MONTHS = "six_months", _("Within six months")
    ONE_YEAR = "one_year", _("Within a year")
    LATER = "later", pgettext_lazy("when", "Later")
    UNKNOWN = "unknown", _("I do not know yet")


class State(TextChoices):
    QUARANTINED = "quarantined", _("To be checked")
    RECEIVED = "received", _("To take in charge")
    IN_PROGRESS = "in_progress", _("In progress")
    AWAITING_INVESTOR = "awaiting_investor", _("Awaiting the investor")
    SETTLED = "settled", _("Settled")
    UNSUCCESSFUL = "unsuccessful", _("Closed without settlement")
    WITHDRAWN = "withdrawn", _("Withdrawn by the investor")
    UNWANTED = "unwanted", _("Unwanted")


OPEN_STATES = (State.RECEIVED, State.IN_PROGRESS, State.AWAITING_INVESTOR)
CLOSED_STATES = (State.SETTLED, State.UNSUCCESSFUL, State.WITHDRAWN, State.UNWANTED)
# Never looked at, or looked at and refused: the coordinator's alone, and no mail goes to the address that was typed.
HELD_STATES = (State.QUARANTINED, State.UNWANTED)
# What an officer may turn an enquiry into, from where it stands; a closed one may be opened again.
NEXT_STATES: dict[str, tuple[State, ...]] = {
    State.RECEIVED: (),
    State.IN_PROGRESS: (State.AWAITING_INVESTOR, State.SETTLED, State.UNSUCCESSFUL),
    State.AWAITING_INVESTOR: (State.IN_PROGRESS, State.SETTLED, State.UNSUCCESSFUL),
    State.SETTLED: (State.IN_PROGRESS,),
    State.UNSUCCESSFUL: (State.IN_PROGRESS,),
}


class Step(TextChoices):
    """What the holder owes next; nothing when empty."""

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


# What the investor sees of the timeline; of its texts, only the messages.
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
    """Why a request is kept apart until the coordinator has read it."""

    TRAP = "trap", _("An invisible field was filled")
    TOO_FAST = "too_fast", _("Sent faster than people type")
    MANY_FROM_ADDRESS = "many_from_address", _("Many requests from one network")
    MANY_FOR_EMAIL = "many_for_email", _("Many requests for one e-mail")
    MANY_OVERALL = "many_overall", _("Many requests at once")


def suspicion_label(reason: str) -> str:
    """The words of a suspicion's code; a reason noted in other words stays as it was noted."""
    return str(Suspicion(reason).label) if reason in Suspicion.values else reason


class Fallback(TextChoices):
    """Why an enquiry is not held by the partner of its rule; the label is told to people."""

    NOT_A_MEMBER = (
        "not_a_member",
        _("The partner that the rule names is not a member today; the last rule, which holds for all, applies."),
    )
    NO_TABLE = "no_table", _("No routing table is in force; the coordinator takes over.")
    UNUSABLE_TABLE = "unusable_table", _("The routing table in force cannot decide; the coordinator takes over.")


class TableState(TextChoices):
    DRAFT = "draft", _("Draft")
    PROVED = "proved", _("Proved, awaiting the partners")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Takes over later")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")
    DISCARDED = "discarded", _("Set aside")


class ProofState(TextChoices):
    """What is known of the table in force; `stale` when something that its proof depends on changed since."""

    PROVED = "proved"
    REFUTED = "refuted"
    STALE = "stale"


# The next table, still to be changed or approved; and the states of a table that was put in force for some instant.
PREPARING_STATES = (TableState.DRAFT, TableState.PROVED, TableState.APPROVED)
DATED_STATES = (TableState.SCHEDULED, TableState.IN_FORCE, TableState.SUPERSEDED)


class ContributionPart(TextChoices):
    """What a partner brings to the enquiries of a rule that another partner leads."""

    RECRUITMENT = "recruitment", _("helps with recruitment and training, where jobs are planned")
    SERVICE = "service", _("gives the service that is asked")
    OTHER = "other", _("takes part")


class ApprovalState(TextChoices):
    ASKED = "asked", _("No answer yet")
    GIVEN = "given", _("Yes")
    REFUSED = "refused", _("No")
    OVERRIDDEN = "overridden", _("Overridden by the coordinator")


class TableEventKind(TextChoices):
    STARTED = "started", _("Draft started")
    EDITED = "edited", _("Draft changed")
    UNDONE = "undone", _("Last change undone")
    REOPENED = "reopened", _("Back to draft, the answers given no longer count")
    PROVED = "proved", _("Proved")
    ASKED = "asked", _("A partner is asked")
    ANSWERED = "answered", _("A partner answered")
    OVERRIDDEN = "overridden", _("An answer that did not come was overridden")
    RESIDUAL_ACCEPTED = "residual_accepted", _("What is left to the last rule was accepted")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Date of force set")
    UNSCHEDULED = "unscheduled", _("Date of force taken back")
    IN_FORCE = "in_force", _("Put in force")
    SUPERSEDED = "superseded", _("Superseded")
    DISCARDED = "discarded", _("Set aside")


class NoticeKind(TextChoices):
    """One mail template each, in templates/implantation/mail/."""

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
    TABLE_TO_APPROVE = "table_to_approve", _("Rules to approve")
    TABLE_ANSWERED = "table_answered", _("Rules answered by a partner")
    TABLE_DATED = "table_dated", _("New rules")
    DIGEST = "digest", _("What is late or due today")
