"""Proof of a draft as text: problems, residual of the last rule, shares, moves."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.wording import number
from implantation.routing.deciding import domain
from implantation.routing.facts import FACTS
from implantation.routing.models import RoutingTable
from implantation.routing.proof.comparing import Region
from implantation.routing.proof.judgement import Judgement, PartnerChange, Share, judge
from implantation.routing.simulation import Simulation, simulate
from implantation.routing.wording import RuleWording
from territory.models import Partner

MOST_SHOWN = 12


@dataclass(frozen=True)
class ShareRead:
    partner: Partner
    before: str
    after: str
    changes: bool


@dataclass
class ProofReport:
    """Proof as shown on the page of a draft, at most twelve regions or moves a list.

    `left_more` and `enlarged_more` count the combinations of facts outside the regions shown, `moves_more` the moves
    not shown.
    """

    judgement: Judgement
    simulation: Simulation | None
    left: list[str] = field(default_factory=list)
    left_more: int = 0
    left_share: str = ""
    enlarged: list[str] = field(default_factory=list)
    enlarged_more: int = 0
    shares: list[ShareRead] = field(default_factory=list)
    moves: list[str] = field(default_factory=list)
    moves_more: int = 0
    simulated: str = ""
    notes: list[str] = field(default_factory=list)


def proof_of(table: RoutingTable) -> ProofReport:
    """Return the proof of a table against the table in force."""
    judgement, simulation = judge(table), simulate(table)
    read = _ProofFormatter()
    proof = ProofReport(judgement, simulation)
    if not judgement.decides:
        return proof
    proof.left, proof.left_more = [read.region(region) for region in judgement.left.regions], judgement.left.rest
    proof.enlarged, proof.enlarged_more = (
        [read.region(region) for region in judgement.enlarged.regions],
        judgement.enlarged.rest,
    )
    first, proof.moves_more = _first(judgement.moves)
    proof.moves = [read.move(move) for move in first]
    proof.shares = [read.share(share) for share in judgement.shares]
    proof.left_share = read.left(judgement.left_share, simulation)
    proof.simulated = read.simulated(simulation)
    proof.notes = [
        _(
            "%(partner)s answers for premises, and these rules may give an enquiry about them to another partner; a "
            "rule on the partner in charge of the attached premises, before the others, would keep it."
        )
        % {"partner": partner}
        for partner in judgement.not_their_own
    ]
    return proof


def changes_for(partner: Partner, judgement: Judgement) -> dict[str, object]:
    """Return a table's changes for one partner, as text: regions gained and lost."""
    read = _ProofFormatter()
    gains, gains_more = _first([move for move in judgement.moves if move.after == partner.slug])
    losses, losses_more = _first([move for move in judgement.moves if move.before == partner.slug])
    share = next((share for share in judgement.shares if share.partner == partner), None)
    return {
        "share": read.share(share) if share else None,
        "gains": [read.region(move.region) for move in gains],
        "gains_more": gains_more,
        "losses": [read.region(move.region) for move in losses],
        "losses_more": losses_more,
    }


def percent(share: float) -> str:
    """Format a share from 0 to 1: `4.2%`; `less than 0.1%` when rounded to zero."""
    hundredths = round(share * 100, 1)
    if share and not hundredths:
        return _("less than %(share)s%%") % {"share": number(0.1)}
    return _("%(share)s%%") % {"share": number(hundredths)}


def simulated_words(simulation: Simulation | None) -> str:
    """Return `14 of 40 past enquiries would change partner: CCI 94 −9, CMA 94 +9.`"""
    return _ProofFormatter().simulated(simulation)


class _ProofFormatter:
    """Formatter of a proof, loading the lists of values once for all regions."""

    def __init__(self) -> None:
        self.words = RuleWording()
        self.domain = domain()

    def region(self, region: Region) -> str:
        """Return `Activity: Liberal profession · Project: any but Develop land`; unconstrained facts are omitted."""
        conditions, exceptions = [], []
        for key, fact in FACTS.items():
            values, everything = region[key], self.domain[key]
            missing = everything - values
            if not missing:
                continue
            if len(missing) < len(values) and len(missing) <= 3:
                words = _("any but %(values)s") % {"values": self.words.values(key, missing)}
                exceptions.append(_("%(fact)s: %(values)s") % {"fact": fact.label, "values": words})
            else:
                words = self.words.values(key, values)
                conditions.append(_("%(fact)s: %(values)s") % {"fact": fact.label, "values": words})
        return " · ".join([*conditions, *exceptions]) or _("Every enquiry")

    def partner(self, slug: str) -> str:
        partner = self.words.partners.get(slug)
        return partner.short_name if partner else slug

    def move(self, move: PartnerChange) -> str:
        return _("%(region)s: from %(before)s to %(after)s (%(share)s of all)") % {
            "region": self.region(move.region),
            "before": self.partner(move.before),
            "after": self.partner(move.after),
            "share": percent(move.share),
        }

    def share(self, share: Share) -> ShareRead:
        return ShareRead(share.partner, percent(share.before), percent(share.after), share.changes)

    def left(self, share: float, simulation: Simulation | None) -> str:
        share_text = _("%(share)s of all possible enquiries") % {"share": percent(share)}
        if simulation is None or not simulation.replayed:
            return f"{share_text}."
        past = percent(simulation.left / simulation.replayed)
        return _("%(said)s, and %(past)s of past ones (%(left)s of %(replayed)s).") % {
            "said": share_text,
            "past": past,
            "left": simulation.left,
            "replayed": simulation.replayed,
        }

    def simulated(self, simulation: Simulation | None) -> str:
        if simulation is None:
            return _("No table is in force: there is nothing to compare with.")
        moved = len(simulation.moved)
        if not moved:
            return ngettext(
                "Of %(number)s past enquiry, none would change partner.",
                "Of %(number)s past enquiries, none would change partner.",
                simulation.replayed,
            ) % {"number": simulation.replayed}
        gains = sorted(simulation.gains.items(), key=lambda item: (item[1], item[0]))
        partners = ", ".join(f"{self._acronym(slug)} {_signed(gain)}" for slug, gain in gains if gain)
        summary = ngettext(
            "%(moved)s of %(number)s past enquiries would change partner",
            "%(moved)s of %(number)s past enquiries would change partner",
            moved,
        ) % {"moved": moved, "number": simulation.replayed}
        return _("%(said)s: %(partners)s.") % {"said": summary, "partners": partners} if partners else f"{summary}."

    def _acronym(self, slug: str) -> str:
        partner = self.words.partners.get(slug)
        return partner.acronym if partner else slug


def _signed(gain: int) -> str:
    return f"+{gain}" if gain > 0 else f"\N{MINUS SIGN}{-gain}"


def _first(moves: list[PartnerChange]) -> tuple[list[PartnerChange], int]:
    return moves[:MOST_SHOWN], max(len(moves) - MOST_SHOWN, 0)
