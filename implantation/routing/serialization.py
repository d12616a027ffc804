"""Serialisation of a table's rules as plain data: export, import, and the snapshot for undo.

A row is `{"position": int, "conditions": {fact: [values]}, "lead": slug, "axis": number or null, "reason_fr": str,
"reason_en": str, "contributors": [{"partner": slug, "part": str}]}`, with a reason a language of the site.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from foundation.by_language import gathered, language_codes, text_name
from implantation.errors import RefusedError
from implantation.routing.choices import ContributionPart
from implantation.routing.deciding import domain
from implantation.routing.facts import FACTS
from implantation.routing.models import Contribution, RoutingTable, Rule
from implantation.routing.table import Domain
from territory.models import Axis, Partner

FORMAT = "grand-orly-routing-table/1"
LONGEST_FILE = 1_000_000  # characters
MOST_RULES = 999
LONGEST_REASON = 240
_KEYS = frozenset({"position", "conditions", "lead", "axis", "contributors"})

Row = dict[str, Any]


class TableFileError(RefusedError):
    """Refusal of an invalid file; `problems` lists every fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def _reasons() -> list[str]:
    """The keys of the reason in each language of the site."""
    return [text_name("reason", code) for code in language_codes()]


def rows_of(table: RoutingTable) -> list[Row]:
    """Return the rules of a table as rows, in order."""
    rules = table.rules.select_related("lead").prefetch_related("contributions__partner")
    return [
        {
            "position": rule.position,
            "conditions": rule.conditions,
            "lead": rule.lead.slug,
            "axis": rule.axis_id,
            **{text_name("reason", code): text for code, text in rule.reason.items()},
            "contributors": [
                {"partner": contribution.partner.slug, "part": contribution.part}
                for contribution in rule.contributions.all()
            ],
        }
        for rule in rules
    ]


def write_rows(table: RoutingTable, rows: Iterable[Row]) -> None:
    """Replace the rules of a draft by valid rows, from `load` or `rows_of`."""
    partners = {partner.slug: partner for partner in Partner.objects.all()}
    table.rules.all().delete()
    for position, row in enumerate(rows, start=1):
        rule = Rule.objects.create(
            table=table,
            position=position,
            conditions=row["conditions"],
            lead=partners[row["lead"]],
            axis_id=row["axis"],
            reason=gathered(Rule, row)["reason"],
        )
        write_contributions(
            rule, [(partners[contributor["partner"]], contributor["part"]) for contributor in row["contributors"]]
        )


def write_contributions(rule: Rule, contributors: Iterable[tuple[Partner, str]]) -> None:
    """Replace the contributors of a rule, in order."""
    rule.contributions.all().delete()
    Contribution.objects.bulk_create(
        Contribution(rule=rule, position=position, partner=partner, part=part)
        for position, (partner, part) in enumerate(contributors, start=1)
    )


def dump(table: RoutingTable) -> str:
    """Serialise a table as a JSON file for `load`."""
    file_keys = {*_KEYS, *_reasons()}
    rules = [{key: value for key, value in row.items() if key in file_keys} for row in rows_of(table)]
    document = {"format": FORMAT, "version": table.version, "note": table.note, "rules": rules}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def load(text: str) -> list[Row]:
    """Parse a JSON file, exported or handwritten. Raises `TableFileError` with every fault."""
    if len(text) > LONGEST_FILE:
        raise TableFileError([_("This file is too long to be a table of rules.")])
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise TableFileError([_("This is not a JSON file: export a table to see what one looks like.")]) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise TableFileError([_("“format” must be “%(format)s”: export a table to see one.") % {"format": FORMAT}])
    rules = document.get("rules")
    if not isinstance(rules, list) or not 0 < len(rules) <= MOST_RULES:
        raise TableFileError([_("“rules” must be a list of 1 to %(most)s rules.") % {"most": MOST_RULES}])
    reader = _RowReader(rules)
    rows = [reader.row(place, rule) for place, rule in enumerate(rules, start=1)]
    reader.places(rows)
    if reader.problems:
        raise TableFileError(reader.problems)
    return sorted(rows, key=lambda row: int(row["position"]))


def problems_of_conditions(conditions: Mapping[str, Any], lists: Domain) -> list[str]:
    """Validate the conditions of a rule; return the problems, each with its remedy."""
    problems = []
    for fact, values in conditions.items():
        if fact not in lists:
            problems.append(_("“%(fact)s” is not a fact; they are: %(facts)s.") % _named(fact, lists))
            continue
        label = FACTS[fact].label
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            problems.append(_("The condition on “%(fact)s” must be a list of values.") % {"fact": label})
        elif not values:
            problems.append(
                _("The condition on “%(fact)s” has no value: give it one, or take it away.") % {"fact": label}
            )
        elif strange := sorted(set(values) - lists[fact]):
            problems.append(
                _("“%(value)s” is not a value of “%(fact)s”: take it away.") % {"value": strange[0], "fact": label}
            )
    return problems


def _named(fact: str, lists: Domain) -> dict[str, str]:
    return {"fact": fact, "facts": ", ".join(lists)}


class _RowReader:
    """Reader of rows, collecting the faults of all rows."""

    def __init__(self, rules: list[Any]) -> None:
        self.problems: list[str] = []
        default = text_name("reason", settings.LANGUAGE_CODE)
        # A file made before the site had a language speaks it nowhere: its reasons are read in the others.
        spoken = {key for rule in rules if isinstance(rule, dict) for key in rule}
        self.reasons = [key for key in _reasons() if key in spoken or key == default]
        self.lists = domain()
        self.partners = set(Partner.objects.values_list("slug", flat=True))
        self.axes = set(Axis.objects.values_list("number", flat=True))

    def wrong(self, place: int, what: str) -> None:
        self.problems.append(_("Rule %(place)s of the file: %(what)s") % {"place": place, "what": what})

    def row(self, place: int, rule: Any) -> Row:
        if not isinstance(rule, dict):
            self.wrong(place, _("it must be an object."))
            return {"position": place}
        for key in sorted(set(rule) - _KEYS - set(_reasons())):
            self.wrong(place, _("“%(key)s” is not part of a rule: take it away.") % {"key": key})
        return {
            "position": self.position(place, rule.get("position", place)),
            "conditions": self.conditions(place, rule.get("conditions", {})),
            "lead": self.partner(place, rule.get("lead")),
            "axis": self.axis(place, rule.get("axis")),
            **{key: self.reason(place, key, rule.get(key)) for key in self.reasons},
            "contributors": self.contributors(place, rule.get("contributors", []), rule.get("lead")),
        }

    def places(self, rows: list[Row]) -> None:
        """Report duplicate positions: neither rule would be the first."""
        seen: set[int] = set()
        for row in rows:
            if row["position"] in seen:
                self.problems.append(
                    _("Two rules have the position %(position)s: give each its own.") % {"position": row["position"]}
                )
            seen.add(row["position"])

    def position(self, place: int, value: Any) -> int:
        if type(value) is not int or not 1 <= value <= MOST_RULES:
            self.wrong(place, _("its position must be a number from 1 to %(most)s.") % {"most": MOST_RULES})
            return -place
        return value

    def conditions(self, place: int, value: Any) -> dict[str, list[str]]:
        if not isinstance(value, dict):
            self.wrong(place, _("its conditions must be an object, of facts and lists of values."))
            return {}
        for problem in problems_of_conditions(value, self.lists):
            self.wrong(place, problem)
        return value

    def partner(self, place: int, value: Any) -> str:
        if not isinstance(value, str) or value not in self.partners:
            message_values = {"partner": value, "partners": ", ".join(sorted(self.partners))}
            self.wrong(place, _("“%(partner)s” is not a partner; they are: %(partners)s.") % message_values)
        return str(value)

    def axis(self, place: int, value: Any) -> int | None:
        if value is not None and (type(value) is not int or value not in self.axes):
            self.wrong(place, _("“%(axis)s” is not the number of an axis.") % {"axis": value})
            return None
        return value

    def reason(self, place: int, key: str, value: Any) -> str:
        if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_REASON or "\x00" in value:
            words = {"key": key, "most": LONGEST_REASON}
            self.wrong(place, _("“%(key)s” must be a sentence of at most %(most)s characters.") % words)
            return ""
        return value.strip()

    def contributors(self, place: int, value: Any, lead: Any) -> list[dict[str, str]]:
        if not isinstance(value, list):
            self.wrong(place, _("its contributors must be a list."))
            return []
        contributors = []
        for entry in value:
            if not isinstance(entry, dict) or entry.get("part") not in ContributionPart.values:
                parts = {"parts": ", ".join(ContributionPart.values)}
                self.wrong(place, _("each contributor has a partner and a part, one of: %(parts)s.") % parts)
                continue
            slug = self.partner(place, entry.get("partner"))
            if slug == lead:
                self.wrong(place, _("its lead cannot also be a contributor."))
            elif {"partner": slug, "part": entry["part"]} in contributors:
                self.wrong(place, _("the same contributor is named twice for the same part."))
            contributors.append({"partner": slug, "part": entry["part"]})
        return contributors
