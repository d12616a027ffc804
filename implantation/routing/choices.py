"""Closed lists of routing tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Fallback(TextChoices):
    """Reason for not following the rule's partner; the label is shown to people."""

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
    """State of the proof of the table in force; `stale` after a change of its dependencies."""

    PROVED = "proved"
    REFUTED = "refuted"
    STALE = "stale"


# States of the next table, still open to change or approval; then states of a table with a date of force.
PREPARING_STATES = (TableState.DRAFT, TableState.PROVED, TableState.APPROVED)


DATED_STATES = (TableState.SCHEDULED, TableState.IN_FORCE, TableState.SUPERSEDED)


class ContributionPart(TextChoices):
    """Contribution of a partner to the enquiries of a rule led by another partner."""

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


class TableMailKind(TextChoices):
    """Mails about routing tables, each with a template in templates/implantation/mail/."""

    TO_APPROVE = "table_to_approve", _("Rules to approve")
    ANSWERED = "table_answered", _("Rules answered by a partner")
    DATED = "table_dated", _("New rules")
