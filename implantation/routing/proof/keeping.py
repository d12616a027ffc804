"""Stored proof of the table in force, invalidated by fingerprint.

A fingerprint of all inputs of the proof is stored with the proof and compared at each reading, so that no change goes
unseen, be it an `update()`, a `bulk_create()` or a new day: an outdated proof is reported as stale, never as true. A
new proof is made by the services activating tables, by `routing prove`, and by the worker, enqueued when partners,
officers or communes are saved and when a reader finds the proof stale.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils import timezone, translation
from django_tasks import task

from foundation.waking import come_back
from implantation.routing.choices import ProofState, TableState
from implantation.routing.deciding import closed_lists, table_in_force
from implantation.routing.models import Contribution, Proof, RoutingTable, Rule
from implantation.routing.proof.judgement import problems_by_language
from territory.models import Commune, Officer, Partner

# To raise when a release finds other problems, or words them otherwise: stored proofs then turn stale.
_EDITION = 1


@dataclass(frozen=True)
class ProofRead:
    """Present state of the proof; `problems` are messages in the active language, for `refuted` only."""

    table: RoutingTable
    state: ProofState
    problems: list[str]
    made_at: datetime | None


def read_proof() -> ProofRead | None:
    """Read the stored proof of the table in force, without proving; None when no table is in force.

    Enqueues a new proof when stale.
    """
    table = table_in_force()
    if table is None:
        return None
    proof = Proof.objects.filter(table=table).first()
    made_at = proof.made_at if proof else None
    if proof is None or proof.fingerprint != fingerprint(table, on=timezone.localdate()):
        come_back(prove_in_force, timezone.now())
        return ProofRead(table, ProofState.STALE, [], made_at)
    language = translation.get_language() or ""
    problems = proof.problems[language if language in proof.problems else settings.LANGUAGE_CODE]
    return ProofRead(table, ProofState.REFUTED if problems else ProofState.PROVED, problems, made_at)


def table_is_proved() -> bool:
    """Return True when a table is in force with a valid proof without problems."""
    proof = read_proof()
    return proof is not None and proof.state == ProofState.PROVED


def keep_proof(*, table: RoutingTable, on: date | None = None) -> Proof | None:
    """Prove a table as of a day (default today) and store the result.

    Returns None, storing nothing, when an input changed meanwhile: every such change enqueues a new proof.
    """
    on = on or timezone.localdate()
    before = fingerprint(table, on=on)
    # Outside the transaction: on SQLite a transaction would block every writer.
    problems = problems_by_language(table, on=on)
    with transaction.atomic():
        if fingerprint(table, on=on) != before:
            return None
        proof_fields = {"fingerprint": before, "problems": problems, "made_at": timezone.now()}
        return Proof.objects.update_or_create(table=table, defaults=proof_fields)[0]


def prove_current() -> Proof | None:
    """Prove the table in force and store the result; None when no table is in force."""
    table = table_in_force()
    return keep_proof(table=table) if table is not None else None


@task()
def prove_in_force() -> None:
    """Prove the table in force if its proof is stale, and reschedule for the next date able to change the result.

    A worker killed meanwhile leaves a stale proof: the next reader enqueues another run.
    """
    table, now = table_in_force(), timezone.now()
    if table is not None:
        current_proofs = Proof.objects.filter(table=table, fingerprint=fingerprint(table, on=timezone.localdate(now)))
        if not current_proofs.exists() and keep_proof(table=table) is None:
            come_back(prove_in_force, now)
    if (later := next_change(now)) is not None:
        come_back(prove_in_force, later)


def fingerprint(table: RoutingTable, *, on: date) -> str:
    """Return the hexadecimal SHA-256 of all inputs of a table's proof on a day, in six queries."""
    rules = list(Rule.objects.filter(table=table).order_by("position").values_list("position", "conditions", "lead_id"))
    helpers = list(
        Contribution.objects.filter(rule__table=table)
        .order_by("rule__position", "position")
        .values_list("rule__position", "partner_id")
    )
    named = {lead for _position, _conditions, lead in rules} | {partner for _position, partner in helpers}
    partners = [
        (partner.pk, partner.slug, partner.short_name, partner.is_member(on))
        for partner in Partner.objects.order_by("pk").only("slug", "short_name", "member_since", "member_until")
    ]
    communes = sorted(Commune.objects.values_list("insee", "name"))
    lists = closed_lists(
        communes=[insee for insee, _name in communes], partners=[slug for _pk, slug, _name, _member in partners]
    )
    areas = Partner.communes.through.objects.filter(partner__in={partner for _position, partner in helpers})
    read: dict[str, Any] = {
        "edition": _EDITION,
        "languages": [code for code, _name in settings.LANGUAGES],
        "lists": {fact: sorted(values) for fact, values in lists.items()},
        "rules": rules,
        "helpers": helpers,
        "partners": partners,
        "communes": communes,
        "areas": sorted(areas.values_list("partner_id", "commune_id")),
        "officers": sorted(
            Officer.objects.filter(user__is_active=True).order_by().values_list("partner_id", "role").distinct()
        ),
        # The day is part of the message about a partner out of membership; otherwise a new day changes nothing.
        "day": None if all(member for pk, _slug, _name, member in partners if pk in named) else on.isoformat(),
    }
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


def next_change(now: datetime) -> datetime | None:
    """Return the next instant when time alone may change the proof: a membership's start or end, or a takeover."""
    today = timezone.localdate(now)
    days = [
        day
        for since, until in Partner.objects.values_list("member_since", "member_until")
        for day in (since, until + timedelta(days=1) if until else None)
        if day is not None and day > today
    ]
    moments = [timezone.make_aware(datetime.combine(day, time.min)) for day in days]
    moments += [
        at
        for at in RoutingTable.objects.filter(state=TableState.SCHEDULED).values_list("in_force_from", flat=True)
        if at is not None and at > now
    ]
    return min(moments, default=None)


def wake_prover(*, sender: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """Enqueue a check of the proof after commit; a receiver of changes to its inputs."""
    # Each sign-in saves an account, without changing an input.
    if sender is User and update_fields is not None and "is_active" not in update_fields:
        return
    transaction.on_commit(lambda: come_back(prove_in_force, timezone.now()), robust=True)


def connect_receivers() -> None:
    """Connect the receivers for inputs of a proof; rules in force never change, and activation proves its table."""
    for sender in (Partner, Officer, Commune, User):
        for signal in (post_save, post_delete):
            signal.connect(wake_prover, sender=sender, dispatch_uid="implantation.proof")
    m2m_changed.connect(wake_prover, sender=Partner.communes.through, dispatch_uid="implantation.proof")
