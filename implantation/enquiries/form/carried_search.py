"""Prefilling of the form from a search of premises with too few results; the answers stay editable."""

from dataclasses import dataclass

from django.http import QueryDict

from implantation.routing.facts import Premises, WiderPlace
from properties.choices import Kind
from search.criteria import Criteria
from search.loading import load_vocabulary
from search.page.chips import chips
from search.parsing import parse
from territory.choices import Department

# Characters of an address; the longest search, with every choice of one facet, is shorter.
LONGEST = 2_000
# Characters of the search's summary within the technical needs.
_LONGEST_TOLD = 1_000
PREMISES_OF_KIND = {Kind.INCUBATOR.value: Premises.COWORKING.value}


@dataclass(frozen=True, slots=True)
class CarriedSearch:
    """Search carried to the form: canonical `query` string, criteria as `labels`, `answers` of the step "place"."""

    query: str
    labels: tuple[str, ...]
    answers: dict[str, str]


def carried_search(query: str) -> CarriedSearch | None:
    """Parse a search into answers, in the active language; None without a readable criterion."""
    vocabulary = load_vocabulary()
    criteria, _problems = parse(QueryDict(query[:LONGEST]), vocabulary)
    labels = tuple(chip.label for chip in chips(criteria, vocabulary))
    if not labels:
        return None
    return CarriedSearch(criteria.at(1).query_string, labels, _answers(criteria, labels))


def _answers(criteria: Criteria, labels: tuple[str, ...]) -> dict[str, str]:
    answers = {"technical_needs": " · ".join(labels)[:_LONGEST_TOLD]}
    if criteria.commune:
        answers["place"] = _place(criteria.commune)
    if len(criteria.type) == 1:
        answers["premises"] = PREMISES_OF_KIND.get(criteria.type[0], criteria.type[0])
    for name in ("area_min", "area_max"):
        if (value := getattr(criteria, name)) is not None and value >= 1:
            answers[name] = str(int(value))
    return answers


def _place(communes: tuple[str, ...]) -> str:
    """Return the commune, or the wider place containing all communes."""
    if len(communes) == 1:
        return communes[0]
    departments = {insee[:2] for insee in communes}
    if len(departments) > 1:
        return WiderPlace.BOTH_DEPARTMENTS
    return WiderPlace.SEVERAL_91 if departments == {Department.ESSONNE.value} else WiderPlace.SEVERAL_94
