"""The question of the page "who does what": a few facts in the address, each of them optional."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from implantation.fields import Choice
from implantation.routing.facts import FACTS, PLACE, UNKNOWN
from implantation.routing.guide.matrix import NOTHING_SAID
from implantation.routing.wording import alphabetical_communes, place_choices

LONGEST_QUOTED = 40  # characters of a value that is not understood


# The facts that the page asks, with the label of each.
ASKED = {key: fact.guide for key, fact in FACTS.items() if fact.guide}


class GuideForm(forms.Form):
    """Need, kind of firm, place: the facts that the page asks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in ASKED.items():
            choices = FACTS[name].values.choices
            if name == PLACE.key:
                choices = sorted(place_choices(alphabetical_communes()), key=lambda choice: choice[0] == UNKNOWN)
            self.fields[name] = Choice(choices=choices, widget=forms.Select, label=label)
            self.initial.setdefault(name, UNKNOWN)


@dataclass(frozen=True)
class Question:
    """What the address asks.

    `facts` has a value for every fact; `asked` is whether anything is said about one; `area` is the place whose matrix
    is wanted, empty when none is; `problems` are worded, and what they are about counts as unknown.
    """

    facts: dict[str, str]
    asked: bool
    area: str
    problems: list[str]


def question(data: QueryDict) -> Question:
    """Read an address. Names that are not ours are ignored, a value that is not understood is left out and told."""
    form = GuideForm()
    facts, problems = dict(NOTHING_SAID), []
    for name, field in form.fields.items():
        value, problem = _read(data, name, field)
        facts[name] = value
        problems += [f"{field.label}{_(': ')}{problem}"] if problem else []
    area, problem = _read(data, "area", form.fields[PLACE.key])
    problems += [problem] if problem else []
    known = bool(data.get("area")) and not problem
    return Question(facts, any(name in data for name in form.fields), area if known else "", problems)


def carried(data: QueryDict) -> dict[str, str]:
    """The facts that an address or a form brings along, those that are understood."""
    if not any(name in data for name in ASKED):
        return {}
    facts = question(data).facts
    return {name: facts[name] for name in ASKED if facts[name] != UNKNOWN}


def _read(data: QueryDict, name: str, field: forms.Field) -> tuple[str, str]:
    """A value and what is wrong with it; an unknown one when something is."""
    values = set(data.getlist(name))
    if len(values) > 1:
        return UNKNOWN, _("there are several answers; choose one. Until then it counts as not known.")
    try:
        return str(field.clean(values.pop() if values else "")), ""
    except forms.ValidationError:
        quoted = data[name][:LONGEST_QUOTED]
        said = _("“%(value)s” is not an answer of the list; choose one. Until then it counts as not known.")
        return UNKNOWN, said % {"value": quoted}
