"""Editing of the next routing table: a draft is a copy of the rules in force, edited by the coordinator.

Every change raises the draft's edition and keeps the former rules for undo. `edition` is the optimistic lock: a caller
passing the edition read is refused (`OutdatedError`) when the draft changed meanwhile.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from implantation.errors import OutdatedError, RefusedError
from implantation.routing.choices import PREPARING_STATES, TableEventKind, TableState
from implantation.routing.deciding import domain, table_in_force
from implantation.routing.history import coordinator_only, locked_table, note
from implantation.routing.models import RoutingTable, Rule, TableEvent
from implantation.routing.serialization import load, problems_of_conditions, rows_of, write_contributions, write_rows
from territory.models import Axis, Partner

_ASIDE = 10_000  # added to positions while rules are renumbered, since positions are unique


@dataclass(frozen=True)
class RuleText:
    """Rule as entered by the coordinator.

    `conditions` maps facts to lists of accepted values; `contributors` are (partner, part), in order; `reason` is a
    sentence by language.
    """

    conditions: dict[str, list[str]]
    lead: Partner
    axis: Axis | None
    reason: Mapping[str, str]
    contributors: list[tuple[Partner, str]] = field(default_factory=list)


def draft_table() -> RoutingTable | None:
    """Return the table in preparation (draft, proved or approved), or None."""
    return RoutingTable.objects.filter(state__in=PREPARING_STATES).first()


@transaction.atomic
def start_draft(*, actor: User) -> RoutingTable:
    """Return the table in preparation, or a new draft with the rules in force."""
    coordinator_only(actor)
    versions = list(RoutingTable.objects.select_for_update().order_by("-version"))
    draft = draft_table()
    if draft is not None:
        return draft
    draft = RoutingTable.objects.create(version=versions[0].version + 1 if versions else 1)
    current = table_in_force()
    if current is not None:
        write_rows(draft, rows_of(current))
    note(table=draft, kind=TableEventKind.STARTED, at=timezone.now(), actor=actor)
    return draft


def keep_rule(
    *,
    table: RoutingTable,
    actor: User,
    position: int,
    text: RuleText,
    rule: Rule | None = None,
    edition: int | None = None,
) -> Rule:
    """Save a rule of a draft at a position (1 is the first), moving the others.

    Refused with the faults of its conditions.
    """
    with _changing(table, actor, edition) as draft:
        if problems := problems_of_conditions(text.conditions, domain()):
            raise RefusedError(" ".join(problems))
        if text.lead in [partner for partner, _part in text.contributors]:
            raise RefusedError(
                _("%(partner)s leads this rule: it cannot also contribute to it.") % {"partner": text.lead}
            )
        if len(set(text.contributors)) < len(text.contributors):
            raise RefusedError(_("The same contributor is named twice for the same part: keep one."))
        saved_rule = _rule_of(draft, rule) if rule else Rule(table=draft, position=_ASIDE - 1)
        saved_rule.conditions, saved_rule.lead, saved_rule.axis = text.conditions, text.lead, text.axis
        saved_rule.reason |= text.reason
        saved_rule.save()
        write_contributions(saved_rule, text.contributors)
        _place(draft, saved_rule, position)
    saved_rule.refresh_from_db()
    return saved_rule


def move_rule(*, rule: Rule, actor: User, position: int, edition: int | None = None) -> None:
    """Move a rule of a draft to a position (1 is the first); beyond the end is the last position."""
    with _changing(rule.table, actor, edition) as draft:
        _place(draft, _rule_of(draft, rule), position)


def drop_rule(*, rule: Rule, actor: User, edition: int | None = None) -> None:
    """Remove a rule from a draft."""
    with _changing(rule.table, actor, edition) as draft:
        _rule_of(draft, rule).delete()
        _renumber(draft, list(draft.rules.all()))


def import_rules(*, table: RoutingTable, actor: User, text: str, edition: int | None = None) -> None:
    """Replace the rules of a draft by those of a file. Raises `serialization.BadTable` with all problems."""
    with _changing(table, actor, edition) as draft:
        write_rows(draft, load(text))


def undo_change(*, table: RoutingTable, actor: User, edition: int | None = None) -> None:
    """Restore the rules as before the last change not yet undone. Refused without any."""
    with _changing(table, actor, edition, kind=TableEventKind.UNDONE) as draft:
        last = last_change(draft)
        if last is None:
            raise RefusedError(_("There is no change to undo."))
        write_rows(draft, last.data["rules"])


def last_change(table: RoutingTable) -> TableEvent | None:
    """Return the next change to undo, or None."""
    undone = 0
    changes = table.events.filter(kind__in=[TableEventKind.EDITED, TableEventKind.UNDONE]).defer("data")
    for event in changes.order_by("-pk"):
        if event.kind == TableEventKind.UNDONE:
            undone += 1
        elif undone:
            undone -= 1
        else:
            return event
    return None


@transaction.atomic
def discard_draft(*, table: RoutingTable, actor: User) -> None:
    """Discard a draft; the table in force is untouched, and the draft stays readable."""
    coordinator_only(actor)
    draft = _open(table, None)
    draft.state = TableState.DISCARDED
    draft.save()
    note(table=draft, kind=TableEventKind.DISCARDED, at=timezone.now(), actor=actor)


@transaction.atomic
def reopen_draft(*, table: RoutingTable, actor: User) -> None:
    """Return a proved or approved table to draft; its partners will be asked again."""
    coordinator_only(actor)
    draft = _open(table, None)
    _reopen(draft, actor, timezone.now())
    draft.save()


def _reopen(table: RoutingTable, actor: User, at: datetime) -> None:
    """Return a locked table to draft: its proof and answers were about other rules."""
    if table.state != TableState.DRAFT:
        table.state, table.compared_with = TableState.DRAFT, None
        note(table=table, kind=TableEventKind.REOPENED, at=at, actor=actor)


def _open(table: RoutingTable, edition: int | None) -> RoutingTable:
    """Lock and reload the draft. Refused when no longer in preparation; `OutdatedError` for another edition."""
    draft = locked_table(table)
    if draft.state not in PREPARING_STATES:
        raise RefusedError(
            _("The rules %(table)s are not a draft (%(state)s): start a new draft to change them.")
            % {"table": draft, "state": draft.get_state_display()}
        )
    if edition is not None and edition != draft.edition:
        last = draft.events.filter(kind__in=[TableEventKind.EDITED, TableEventKind.UNDONE]).last()
        who = last.actor.get_full_name() or last.actor.get_username() if last and last.actor else _("Somebody")
        raise OutdatedError(
            _("%(who)s changed this draft while you were at it: look at it as it is now, then do it again.")
            % {"who": who}
        )
    return draft


@contextmanager
def _changing(
    table: RoutingTable, actor: User, edition: int | None, kind: TableEventKind = TableEventKind.EDITED
) -> Iterator[RoutingTable]:
    with transaction.atomic():
        coordinator_only(actor)
        draft = _open(table, edition)
        before, at = rows_of(draft), timezone.now()
        yield draft
        _reopen(draft, actor, at)
        draft.edition += 1
        draft.save()
        note(table=draft, kind=kind, at=at, actor=actor, rules=before)


def _rule_of(draft: RoutingTable, rule: Rule) -> Rule:
    current_rule = draft.rules.filter(pk=rule.pk).first()
    if current_rule is None:
        raise OutdatedError(_("This rule is no longer in the draft: look at it as it is now."))
    return current_rule


def _place(draft: RoutingTable, rule: Rule, position: int) -> None:
    others = list(draft.rules.exclude(pk=rule.pk))
    others.insert(max(position, 1) - 1, rule)
    _renumber(draft, others)


def _renumber(table: RoutingTable, rules: list[Rule]) -> None:
    for offset in (_ASIDE, 0):
        for position, rule in enumerate(rules, start=1):
            Rule.objects.filter(pk=rule.pk, table=table).update(position=position + offset)
