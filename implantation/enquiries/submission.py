"""Submission of an enquiry: reference, responsible partner and reason, at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from implantation.enquiries import clock
from implantation.enquiries.choices import Deadline, EnquiryState, EventKind, NoticeKind, Step
from implantation.enquiries.models import Enquiry, ReferenceCounter
from implantation.enquiries.timeline import investor, owe, owe_check, record
from implantation.errors import RefusedError
from implantation.officers.addresses import officers
from implantation.routing import table as decision_table
from implantation.routing.deciding import domain, standing
from implantation.routing.facts import NO_PROPERTY, PROPERTY_PARTNER, completed
from implantation.routing.models import Decision
from properties.models import Property
from territory.models import Partner


@dataclass(frozen=True)
class Answers:
    """Answers of the investor.

    `facts` maps keys of `implantation.routing.facts` to values; a missing key is unknown.
    """

    name: str
    email: str
    message: str
    facts: Mapping[str, str] = field(default_factory=dict)
    attached_property: Property | None = None
    shortlist: tuple[str, ...] = ()
    company: str = ""
    siret: str = ""
    phone: str = ""
    country: str = ""
    area_min: int | None = None
    area_max: int | None = None
    budget: int | None = None
    deadline: str = Deadline.UNKNOWN
    technical_needs: str = ""
    jobs: int | None = None


def submit(
    *,
    answers: Answers,
    language: str,
    idempotency_key: UUID,
    suspicion: str = "",
    origin_digest: str = "",
    at: datetime | None = None,
) -> Enquiry:
    """Store an enquiry, route the enquiry to a partner and owe the mails. Idempotent by key.

    With `suspicion`, the reason to hold the request, the coordinator holds the enquiry until release: no mail goes to
    the typed address, and nothing is dropped. Refused when a fact's value is not in its closed list.
    """
    digest = submission_digest(idempotency_key)
    stored_enquiry = Enquiry.objects.filter(submission_digest=digest).first()
    if stored_enquiry is not None:
        return stored_enquiry
    try:
        return _submit(answers, language, digest, suspicion, origin_digest, at or timezone.now())
    except IntegrityError:
        # The same form was posted twice concurrently, and the other transaction won.
        stored_enquiry = Enquiry.objects.filter(submission_digest=digest).first()
        if stored_enquiry is None:
            raise
        return stored_enquiry


def submission_digest(idempotency_key: UUID) -> str:
    """Return the SHA-256 of a form's idempotency key, in hexadecimal, as stored with the enquiry."""
    return hashlib.sha256(f"implantation.submission {idempotency_key}".encode()).hexdigest()


@transaction.atomic
def _submit(
    answers: Answers,
    language: str,
    digest: str,
    suspicion: str,
    origin_digest: str,
    at: datetime,
) -> Enquiry:
    coordinator = Partner.objects.coordinator()
    today = timezone.localdate(at)
    attached = answers.attached_property
    facts = facts_of(answers)
    try:
        decision_table.check_facts(facts, domain())
    except ValueError as error:
        raise RefusedError(str(error)) from None
    enquiry = Enquiry(
        **{name: answer for name, answer in vars(answers).items() if name != "facts"},
        property_reference=attached.reference if attached else "",
        reference=_next_reference(today.year),
        submission_digest=digest,
        language=language,
        state=EnquiryState.QUARANTINED if suspicion else EnquiryState.RECEIVED,
        suspicion=suspicion,
        origin_digest=origin_digest,
        holder=coordinator,
        held_since=at,
        created_at=at,
        last_contact_at=at,
    )
    enquiry.hold(facts)
    clock.start(enquiry, Step.CHECK if suspicion else Step.FIRST_ANSWER, partner=coordinator, at=at)
    enquiry.save()
    event = record(enquiry=enquiry, kind=EventKind.SUBMITTED, at=at)
    if suspicion:
        event = record(enquiry=enquiry, kind=EventKind.QUARANTINED, at=at, partner=coordinator, reason=suspicion)
        owe_check(event=event, at=at)
    else:
        route(enquiry=enquiry, at=at)
    return enquiry


def route(*, enquiry: Enquiry, at: datetime) -> Decision:
    """Route an enquiry by the table in force, store the decision and owe mails to the investor and the officers.

    Runs inside the caller's transaction, with the enquiry locked or just created. Fallbacks, recorded in the decision:
    the lead of the last rule when the rule's partner is not a member on the day; the coordinator when the last rule's
    lead is not a member either, or when no rule can decide. No enquiry is ever lost.
    """
    today = timezone.localdate(at)
    rules = standing(today)
    decision = rules.decide(facts_of(enquiry))
    decision.enquiry, decision.decided_at = enquiry, at
    decision.save()
    holder = rules.responsible(decision)
    enquiry.holder, enquiry.held_since, enquiry.state = holder, at, EnquiryState.RECEIVED
    clock.start(enquiry, Step.FIRST_ANSWER, partner=holder, at=at)
    enquiry.save()
    position = decision.rule.position if decision.rule else None
    event = record(
        enquiry=enquiry, kind=EventKind.ROUTED, at=at, partner=holder, rule=position, fallback=decision.fallback
    )
    owe(event=event, kind=NoticeKind.ACKNOWLEDGEMENT, recipients=investor(enquiry), at=at)
    owe(event=event, kind=NoticeKind.NEW_ENQUIRY, recipients=officers(holder), at=at)
    return decision


def facts_of(source: Enquiry | Answers) -> dict[str, str]:
    """Return all facts of routing, one value each."""
    attached = source.attached_property
    return completed(source.facts) | {PROPERTY_PARTNER.key: attached.partner.slug if attached else NO_PROPERTY}


def _next_reference(year: int) -> str:
    """Return the next `GO-2026-000123`; the counter's row stays locked until commit, so no number is skipped."""
    ReferenceCounter.objects.get_or_create(year=year)
    counter = ReferenceCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save()
    return f"GO-{year}-{counter.last:06d}"
