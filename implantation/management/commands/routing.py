"""manage.py routing explain REFERENCE"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from implantation.models import Decision, Enquiry


class Command(BaseCommand):
    help = "Why an enquiry went where it went: its facts, the rule, and why each earlier rule did not match."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        explain = verbs.add_parser("explain", help="the stored decision of one enquiry")
        explain.add_argument("reference", help="such as GO-2026-000123")

    def handle(self, *args: Any, verb: str, reference: str, **options: Any) -> None:
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
        self.stdout.write(decision.reason)
        self.stdout.write(f"held by {enquiry.holder} since {enquiry.held_since:%Y-%m-%d %H:%M}")
