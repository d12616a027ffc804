"""The proof of the table in force, kept with it: made when what it depends on changes, and read everywhere else.

A fingerprint of all that the proof depends on is stored with it. Reading compares it with that of today, so that no
change goes unseen, be it an `update()`, a `bulk_create()` or a new day: a proof that no longer holds is said to be
stale, never true. It is made anew by the services that put tables in force, by `routing prove`, and by the worker, who
is woken when partners, officers or communes are saved, and by a reader that finds the proof stale.
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

# Raised when a release finds other problems than the one before, or words them otherwise.
_EDITION = 1


@dataclass(frozen=True)
class ProofRead:
    """What is known now of the table in force; `problems`, in the active language, are those of `refuted`."""

    table: RoutingTable
    state: ProofState
    problems: list[str]
    made_at: datetime | None


def read_proof() -> ProofRead | None:
    """Read the kept proof of the table in force, without proving; None when no table is in force.

    Wakes the worker when the proof is stale.
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
    """Whether a table is in force whose kept proof holds today and found nothing."""
    proof = read_proof()
    return proof is not None and proof.state == ProofState.PROVED


def keep_proof(*, table: RoutingTable, on: date | None = None) -> Proof | None:
    """Prove a table as things stand on a day (today), and keep what is found.

    Nothing is kept, and None returned, when what it depends on changed meanwhile: whoever changes it wakes the worker.
    """
    on = on or timezone.localdate()
    before = fingerprint(table, on=on)
    # Outside the transaction, which on SQLite would keep every writer waiting.
    problems = problems_by_language(table, on=on)
    with transaction.atomic():
        if fingerprint(table, on=on) != before:
            return None
        kept = {"fingerprint": before, "problems": problems, "made_at": timezone.now()}
        return Proof.objects.update_or_create(table=table, defaults=kept)[0]


def prove_current() -> Proof | None:
    """Prove the table in force and keep what is found; None when there is none."""
    table = table_in_force()
    return keep_proof(table=table) if table is not None else None


@task()
def prove_in_force() -> None:
    """Prove the table in force anew if its proof is stale, and come back when a date may change it.

    A worker that is killed meanwhile leaves a stale proof: the next reader wakes another.
    """
    table, now = table_in_force(), timezone.now()
    if table is not None:
        kept = Proof.objects.filter(table=table, fingerprint=fingerprint(table, on=timezone.localdate(now)))
        if not kept.exists() and keep_proof(table=table) is None:
            come_back(prove_in_force, now)
    if (later := next_change(now)) is not None:
        come_back(prove_in_force, later)


def fingerprint(table: RoutingTable, *, on: date) -> str:
    """Digest of all that a proof of this table on this day depends on, in six queries (hexadecimal SHA-256)."""
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
        # The day is in the words of a partner that is no member; otherwise its passing changes nothing.
        "day": None if all(member for pk, _slug, _name, member in partners if pk in named) else on.isoformat(),
    }
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


def next_change(now: datetime) -> datetime | None:
    """When, after now, time alone may next change the proof: a membership starts or is over, a table takes over."""
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
    """Have the proof looked at once this change is committed; a receiver of what it depends on."""
    # Each sign-in saves an account.
    if sender is User and update_fields is not None and "is_active" not in update_fields:
        return
    transaction.on_commit(lambda: come_back(prove_in_force, timezone.now()), robust=True)


def connect_receivers() -> None:
    """Listen to what a proof depends on. Rules in force do not change, and putting a table in force proves it."""
    for sender in (Partner, Officer, Commune, User):
        for signal in (post_save, post_delete):
            signal.connect(wake_prover, sender=sender, dispatch_uid="implantation.proof")
    m2m_changed.connect(wake_prover, sender=Partner.communes.through, dispatch_uid="implantation.proof")
