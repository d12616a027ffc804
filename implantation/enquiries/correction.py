"""Correction of an enquiry's facts by an officer. The decision stays; a new partner is only proposed."""

import logging
from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation.by_language import language_codes
from implantation.enquiries.choices import EnquiryState, EventKind, TransferState
from implantation.enquiries.custody import MOVES_BEFORE_COORDINATOR, propose_transfer
from implantation.enquiries.handling import acting_for
from implantation.enquiries.models import Enquiry, Transfer
from implantation.enquiries.submission import facts_of
from implantation.enquiries.timeline import locked, record
from implantation.errors import RefusedError, required
from implantation.routing import table as decision_table
from implantation.routing.deciding import domain, pure, table_in_force
from implantation.routing.facts import PROPERTY_PARTNER
from implantation.routing.models import Rule
from territory.models import Partner

logger = logging.getLogger(__name__)


@transaction.atomic
def correct_facts(
    *, enquiry: Enquiry, actor: User, facts: Mapping[str, str], reason: str, at: datetime | None = None
) -> Transfer | None:
    """Correct facts of an open enquiry; `facts` maps fact keys to values of their closed lists.

    The holder keeps the enquiry. When the table in force decides for another partner on the corrected facts than on the
    former facts, a transfer to the new partner is proposed with the rule as its reason, and returned; except when a
    transfer is already open, or when the enquiry changed partner so often that only the coordinator may propose. The
    decision is left unchanged.
    """
    at = at or timezone.now()
    enquiry = locked(enquiry)
    partner = acting_for(actor, enquiry)
    reason = required(reason, _("Say how you know it, for your colleagues."))
    if enquiry.state == EnquiryState.QUARANTINED:
        raise RefusedError(_("Check this enquiry and release it first."))
    if not enquiry.is_open:
        raise RefusedError(_("This enquiry is closed; reopen it to correct its facts."))
    before = facts_of(enquiry)
    after = before | dict(facts)
    if after[PROPERTY_PARTNER.key] != before[PROPERTY_PARTNER.key]:
        raise RefusedError(
            _("The partner in charge of the premises follows from the premises; correct the other facts.")
        )
    try:
        decision_table.check_facts(after, domain())
    except ValueError as error:
        raise RefusedError(str(error)) from None
    changed = {fact: [before[fact], after[fact]] for fact in before if before[fact] != after[fact]}
    if not changed:
        raise RefusedError(_("These are the facts already known: nothing to correct."))
    enquiry.hold(after)
    enquiry.save()
    record(
        enquiry=enquiry,
        kind=EventKind.FACTS_CORRECTED,
        at=at,
        actor=actor,
        partner=partner,
        body=reason,
        changed=changed,
    )
    rule = _named_anew(before, after)
    if rule is None or not _may_propose(enquiry, partner, rule.lead, at):
        return None
    return propose_transfer(enquiry=enquiry, actor=actor, to_partner=rule.lead, reason=_explained(rule), at=at)


def _named_anew(before: Mapping[str, str], after: Mapping[str, str]) -> Rule | None:
    """Return the rule for the corrected facts, or None when its partner is the same as before."""
    stored = table_in_force()
    if stored is None:
        return None
    try:
        table = pure(stored)
        was, would = table.decide(before).rule, table.decide(after).rule
    except ValueError as error:  # a partner or a commune named by a rule was removed
        logger.error("routing table %s cannot decide on corrected facts: %s", stored, error)
        return None
    if was.lead == would.lead:
        return None
    return stored.rules.select_related("lead", "table").get(position=would.position)


def _may_propose(enquiry: Enquiry, partner: Partner, lead: Partner, at: datetime) -> bool:
    return (
        lead.pk != enquiry.holder_id
        and lead.is_member(timezone.localdate(at))
        and not enquiry.transfers.filter(state=TransferState.PROPOSED).exists()
        and (enquiry.moves < MOVES_BEFORE_COORDINATOR or partner.is_coordinator)
    )


def _explained(rule: Rule) -> str:
    """Return the reason in every language of the site: the reader's language is unknown here."""
    reasons = []
    for language in language_codes():
        with translation.override(language):
            reasons.append(
                _("Its facts were corrected. On these, rule %(rule)s of table %(table)s names %(partner)s: %(reason)s")
                % {
                    "rule": rule.position,
                    "table": rule.table.version,
                    "partner": rule.lead.short_name,
                    "reason": rule.reason,
                }
            )
    return "\n".join(reasons)
