"""manage.py routing prove · routing explain REFERENCE · routing simulate DRAFT"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from implantation.enquiries.models import Enquiry
from implantation.routing.admin.proof import proof_of, simulated_words
from implantation.routing.deciding import table_in_force
from implantation.routing.models import Decision, RoutingTable
from implantation.routing.proof.keeping import keep_proof
from implantation.routing.simulation import simulate


class Command(BaseCommand):
    help = "What the routing rules leave undecided, why an enquiry went where it went, what a draft would change."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        explain = verbs.add_parser("explain", help="the stored decision of one enquiry")
        explain.add_argument("reference", help="such as GO-2026-000123")
        verbs.add_parser("prove", help="the proof of the table in force; exit 1 when it is not proved")
        simulate = verbs.add_parser("simulate", help="a version replayed on past enquiries")
        simulate.add_argument("version", type=int, help="the number of the version, such as 2")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        if verb == "explain":
            self.explain(options["reference"])
        elif verb == "prove":
            self.prove()
        else:
            self.simulate(options["version"])

    def prove(self) -> None:
        table = table_in_force()
        if table is None:
            raise CommandError("No routing table is in force.")
        keep_proof(table=table)
        proof = proof_of(table)
        for share in proof.shares:
            self.stdout.write(f"{share.partner}: {share.after}")
        self.stdout.write(f"left to the last rule: {proof.left_share}")
        for region in proof.left:
            self.stdout.write(f"  {region}")
        if proof.left_more:
            self.stdout.write(f"  and {proof.left_more} other combinations")
        if proof.judgement.problems:
            raise CommandError("\n".join([f"Table {table} is not proved:", *proof.judgement.problems]))
        self.stdout.write(f"table {table} is proved")

    def simulate(self, version: int) -> None:
        table = RoutingTable.objects.filter(version=version).first()
        if table is None:
            raise CommandError(f"There is no version {version}.")
        simulation = simulate(table)
        if simulation is None:
            raise CommandError("One of the two tables cannot decide.")
        for move in simulation.moved:
            before, after = move.before.rule, move.after.rule
            self.stdout.write(
                f"{move.decision.enquiry}: {before.lead} (rule {before.position}) → "
                f"{after.lead} (rule {after.position})"
            )
        self.stdout.write(simulated_words(simulation))

    def explain(self, reference: str) -> None:
        enquiry = Enquiry.objects.select_related("holder").filter(reference=reference.strip().upper()).first()
        if enquiry is None:
            raise CommandError(f"There is no enquiry {reference}.")
        decision = Decision.objects.select_related("table", "rule__lead").filter(enquiry=enquiry).first()
        if decision is None:
            raise CommandError(f"{enquiry} was not routed yet: it is kept by {enquiry.holder} to be checked.")
        for fact, value in decision.facts.items():
            self.stdout.write(f"{fact:<18}{value}")
        for earlier in decision.earlier:
            for miss in earlier["misses"]:
                expected = ", ".join(miss["expected"])
                self.stdout.write(f"not rule {earlier['position']}: {miss['fact']} is {miss['value']}, not {expected}")
        if decision.rule:
            self.stdout.write(f"rule {decision.rule.position} of {decision.table}: {decision.rule.lead}")
        self.stdout.write(str(decision.reason))
        self.stdout.write(f"held by {enquiry.holder} since {enquiry.held_since:%Y-%m-%d %H:%M}")
