"""Query of the page "who does what": a few optional facts in the address."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from implantation.fields import RadioField
from implantation.routing.facts import FACTS, PLACE, UNKNOWN
from implantation.routing.guide.matrix import NOTHING_SAID
from implantation.routing.wording import alphabetical_communes, place_choices

LONGEST_QUOTED = 40  # characters quoted of an invalid value


# Facts asked by the page, with their labels.
ASKED = {key: fact.guide for key, fact in FACTS.items() if fact.guide}


class GuideForm(forms.Form):
    """Facts asked by the page: need, kind of firm, place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in ASKED.items():
            choices = FACTS[name].values.choices
            if name == PLACE.key:
                choices = sorted(place_choices(alphabetical_communes()), key=lambda choice: choice[0] == UNKNOWN)
            self.fields[name] = RadioField(choices=choices, widget=forms.Select, label=label)
            self.initial.setdefault(name, UNKNOWN)


@dataclass(frozen=True)
class GuideQuestion:
    """Parsed address of the page.

    `facts` has a value for every fact; `asked` is true when the address names any of them; `area` is the place of the
    requested matrix, or empty; `problems` are messages about invalid values, read as unknown.
    """

    facts: dict[str, str]
    asked: bool
    area: str
    problems: list[str]


def question(data: QueryDict) -> GuideQuestion:
    """Parse an address. Foreign names are ignored; an invalid value is dropped and reported."""
    form = GuideForm()
    facts, problems = dict(NOTHING_SAID), []
    for name, field in form.fields.items():
        value, problem = _read(data, name, field)
        facts[name] = value
        problems += [f"{field.label}{_(': ')}{problem}"] if problem else []
    area, problem = _read(data, "area", form.fields[PLACE.key])
    problems += [problem] if problem else []
    has_area = bool(data.get("area")) and not problem
    return GuideQuestion(facts, any(name in data for name in form.fields), area if has_area else "", problems)


def carried(data: QueryDict) -> dict[str, str]:
    """Return the valid facts carried by an address or a form."""
    if not any(name in data for name in ASKED):
        return {}
    facts = question(data).facts
    return {name: facts[name] for name in ASKED if facts[name] != UNKNOWN}


def _read(data: QueryDict, name: str, field: forms.Field) -> tuple[str, str]:
    """Return a value and its problem; an invalid value becomes unknown."""
    values = set(data.getlist(name))
    if len(values) > 1:
        return UNKNOWN, _("there are several answers; choose one. Until then it counts as not known.")
    try:
        return str(field.clean(values.pop() if values else "")), ""
    except forms.ValidationError:
        quoted = data[name][:LONGEST_QUOTED]
        message = _("“%(value)s” is not an answer of the list; choose one. Until then it counts as not known.")
        return UNKNOWN, message % {"value": quoted}
