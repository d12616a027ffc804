"""Enquiries, tables and officers for the tests of implantation."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from implantation.enquiries import notices
from implantation.enquiries.choices import CLOSED_STATES, EnquiryState, Step
from implantation.enquiries.models import Enquiry
from implantation.enquiries.submission import Answers, submit
from implantation.routing import mails
from implantation.routing.approvals import accept_residual, answer_table, ask_approval
from implantation.routing.choices import ApprovalState, TableState
from implantation.routing.facts import held
from implantation.routing.models import RoutingTable, Rule
from implantation.routing.proof.judgement import judge
from territory.choices import OfficerRole
from territory.models import Partner
from tests.territory.factories import CoordinatorFactory, OfficerFactory, PartnerFactory


class RoutingTableFactory(DjangoModelFactory):
    """A draft; `in_force()` makes one that decides."""

    class Meta:
        model = RoutingTable

    version = factory.Sequence(lambda number: number + 1)


class RuleFactory(DjangoModelFactory):
    class Meta:
        model = Rule

    table = factory.SubFactory(RoutingTableFactory)
    position = factory.Sequence(lambda number: number + 1)
    conditions = factory.Dict({})
    lead = factory.SubFactory(PartnerFactory)
    reason = {"fr": "Parce que.", "en": "Because."}


def in_force(*rules: tuple[Any, dict[str, list[str]]]) -> RoutingTable:
    """The table in force, made of (partner, conditions) in order; supersedes the one that was."""
    RoutingTable.objects.filter(state=TableState.IN_FORCE).update(state=TableState.SUPERSEDED)
    table = RoutingTableFactory(state=TableState.IN_FORCE, in_force_from=timezone.now())
    for position, (lead, conditions) in enumerate(rules, start=1):
        RuleFactory(
            table=table,
            position=position,
            lead=lead,
            conditions=conditions,
            reason={"fr": f"{lead}, règle {position}.", "en": f"{lead}, rule {position}."},
        )
    return table


def staffed(*partners: Any) -> None:
    """Give each partner the officer and the deputy that a rule asks of its lead."""
    for partner in partners:
        for role in (OfficerRole.OFFICER, OfficerRole.DEPUTY):
            if not partner.officers.filter(role=role).exists():
                OfficerFactory(partner=partner, role=role)


def committee() -> None:
    """An officer and a deputy of each partner, and the coordinator: those who make and approve the rules."""
    staffed(*Partner.objects.all())
    CoordinatorFactory(partner=Partner.objects.coordinator())


def approved(table: RoutingTable, coordinator: Any) -> RoutingTable:
    """The draft once every partner whose share changes said yes, and what it leaves to its last rule was accepted."""
    if judge(table).to_accept:
        accept_residual(table=table, actor=coordinator, reason="So be it.")
    ask_approval(table=table, actor=coordinator)
    for approval in table.approvals.filter(state=ApprovalState.ASKED).select_related("partner"):
        answer_table(table=table, actor=approval.partner.officers.first().user, approve=True)
    table.refresh_from_db()
    return table


class EnquiryFactory(DjangoModelFactory):
    """A row as it is, in any state, without decision, timeline or mail: for lists and permissions."""

    class Meta:
        model = Enquiry

    reference = factory.Sequence(lambda number: f"GO-2019-{number + 1:06d}")
    submission_digest = factory.LazyFunction(lambda: uuid.uuid4().hex * 2)
    language = "fr"
    state = EnquiryState.RECEIVED
    holder = factory.SubFactory(PartnerFactory)
    created_at = factory.LazyFunction(timezone.now)
    held_since = factory.SelfAttribute("created_at")
    last_contact_at = factory.SelfAttribute("created_at")
    closed_at = factory.LazyAttribute(lambda enquiry: timezone.now() if enquiry.state in CLOSED_STATES else None)
    first_answer_due = factory.LazyFunction(timezone.localdate)
    step = factory.LazyAttribute(lambda enquiry: Step.FIRST_ANSWER if enquiry.due_at or enquiry.time_left else "")
    due_at = factory.LazyAttribute(
        lambda enquiry: timezone.now() + timedelta(days=2) if enquiry.state == EnquiryState.RECEIVED else None
    )
    time_left = None
    name = "Dominique Exemple"
    email = factory.Sequence(lambda number: f"investor{number}@example.com")
    message = "We look for a workshop."


def answers(**given: Any) -> Answers:
    """What an investor said: nothing but the compulsory, and what is given."""
    typed = {"name": "Dominique Exemple", "email": "investor@example.com", "message": "We look for a workshop."}
    facts = {fact.key: given.pop(fact.key) for fact in held() if fact.key in given}
    return Answers(facts=facts, **typed | given)


def submitted(*, language: str = "fr", suspicion: str = "", at: Any = None, **given: Any) -> Enquiry:
    """An enquiry that came in by the real service."""
    return submit(answers=answers(**given), language=language, idempotency_key=uuid.uuid4(), suspicion=suspicion, at=at)


def set_up() -> Partner:
    """The partner that coordinates and a table in force, made where missing: less than that is not ready."""
    coordinator = Partner.objects.filter(is_coordinator=True).first() or PartnerFactory(is_coordinator=True)
    in_force((coordinator, {}))
    return coordinator


def sweep_notices(*, now: datetime | None = None) -> int:
    """Send the mails of enquiries and tables that are owed; the number sent."""
    return notices.QUEUE.sweep(now=now) + mails.QUEUE.sweep(now=now)
