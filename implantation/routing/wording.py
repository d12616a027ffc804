"""Texts of facts, values and conditions."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.text import fold
from implantation.routing.facts import FACTS, UNKNOWN, FactRows, WiderPlace
from territory.choices import Department
from territory.models import Commune, Partner

_WHOLE = {"94": WiderPlace.SEVERAL_94, "91": WiderPlace.SEVERAL_91}


@dataclass
class RuleWording:
    """Text formatter, loading communes and partners once for all rules and facts."""

    longest_list: int = field(default=6)

    @cached_property
    def communes(self) -> dict[str, Commune]:
        return {commune.insee: commune for commune in Commune.objects.defer("boundary")}

    @cached_property
    def partners(self) -> dict[str, Partner]:
        return {partner.slug: partner for partner in Partner.objects.all()}

    def value(self, fact: str, code: str) -> str:
        """Return the label of a value; the bare code once its commune or partner is removed."""
        if code == UNKNOWN:
            return _("not known")
        if fact not in FACTS:
            return code
        values, rows = FACTS[fact].values, FACTS[fact].rows
        if code in values.values:
            return str(values(code).label)
        if rows is FactRows.COMMUNES and code in self.communes:
            return self.communes[code].name
        if rows is FactRows.PARTNERS and code in self.partners:
            return self.partners[code].short_name
        return code

    def ordered(self, fact: str, codes: Iterable[str]) -> list[str]:
        """Sort values for display: communes and partners by name, then the order of the closed list."""
        last = {code: place for place, code in enumerate(FACTS[fact].values.values)}
        return sorted(codes, key=lambda code: (last.get(code, -1), self.value(fact, code)))

    def values(self, fact: str, codes: Iterable[str]) -> str:
        """Join values with "or"; a whole department is named instead of its communes."""
        left = self.ordered(fact, codes)
        phrases: list[str] = []
        if FACTS[fact].rows is FactRows.COMMUNES:
            for department, label in Department.choices:
                whole = {commune.insee for commune in self.communes.values() if commune.department == department}
                whole.add(_WHOLE[department])
                if len(whole) > 1 and whole <= set(left):
                    phrases.append(_("anywhere in %(department)s") % {"department": label})
                    left = [code for code in left if code not in whole]
        phrases += [self.value(fact, code) for code in left]
        if len(phrases) > self.longest_list:
            more = len(phrases) - self.longest_list + 1
            others = ngettext("%(count)s other", "%(count)s others", more) % {"count": more}
            phrases = [*phrases[: self.longest_list - 1], others]
        if len(phrases) < 2:
            return "".join(phrases)
        return _("%(values)s or %(last)s") % {"values": ", ".join(phrases[:-1]), "last": phrases[-1]}

    def conditions(self, conditions: dict[str, list[str]]) -> list[str]:
        """Return each condition of a rule: `Activity: Craft or Craft and trade together`."""
        return [
            _("%(fact)s: %(values)s") % {"fact": fact.label, "values": self.values(key, conditions[key])}
            for key, fact in FACTS.items()
            if key in conditions
        ]

    def fact(self, fact: str, value: str) -> str:
        """Return a fact with its value: `Activity: Craft`."""
        return _("%(fact)s: %(values)s") % {"fact": label_of(fact), "values": self.value(fact, value)}

    def miss(self, fact: str, value: str, expected: Iterable[str]) -> str:
        """Return the text of a mismatch: `Activity: “Trade or services”; the rule wants “Craft”`."""
        return _("%(fact)s: “%(value)s”; the rule wants “%(expected)s”") % {
            "fact": label_of(fact),
            "value": self.value(fact, value),
            "expected": self.values(fact, expected),
        }


def label_of(fact: str) -> str:
    """Return the label of a fact; the bare key once the fact is removed."""
    return str(FACTS[fact].label) if fact in FACTS else fact


# Display order of wider places: unknown comes first.
_WIDER = (
    WiderPlace.UNKNOWN,
    WiderPlace.SEVERAL_91,
    WiderPlace.SEVERAL_94,
    WiderPlace.BOTH_DEPARTMENTS,
    WiderPlace.OUTSIDE,
)


def alphabetical_communes() -> list[Commune]:
    """Return the communes by name, accents ignored, with code, name and department only."""
    return sorted(Commune.objects.only("insee", "name", "department"), key=lambda commune: fold(commune.name))


def place_choices(communes: Iterable[Commune]) -> list[tuple[str, str]]:
    """Return the choices of a place for a form: these communes, then the wider places."""
    return [
        *((commune.insee, commune.name) for commune in communes),
        *((place.value, str(place.label)) for place in _WIDER),
    ]
