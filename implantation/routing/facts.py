"""Facts read by routing: the registry, in order.

A new fact is one object here, `makemigrations`, and translations: rules, proof, simulation, the form, the enquiry's
column, the summary, the desk and "who does what" all read this registry.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Literal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

UNKNOWN = "unknown"
NO_PROPERTY = "none"
# Steps of the public form with facts among their questions.
FormStep = Literal["project", "place", "firm"]


class Project(TextChoices):
    CREATE = "create", _("Create a firm")
    TAKE_OVER = "take_over", _("Take over a firm")
    SETTLE = "settle", _("Open a new site of an existing firm")
    MOVE = "move", _("Move within the territory")
    EXTEND = "extend", _("Extend premises")
    DEVELOP_LAND = "develop_land", _("Develop land")
    UNKNOWN = "unknown", _("I do not know yet")


class Activity(TextChoices):
    CRAFT = "craft", _("Craft")
    TRADE_OR_SERVICES = "trade_or_services", _("Trade or services")
    CRAFT_AND_TRADE = "craft_and_trade", _("Craft and trade together")
    INDUSTRY_OR_LOGISTICS = "industry_or_logistics", _("Industry or logistics")
    LIBERAL = "liberal", _("Liberal profession")
    SOCIAL_OR_PUBLIC = "social_or_public", _("Association, social economy or public body")
    UNKNOWN = "unknown", _("I do not know yet")


class Headcount(TextChoices):
    ALONE = "0", _("I am alone")
    TO_9 = "1-9", _("1 to 9 people")
    TO_19 = "10-19", _("10 to 19 people")
    TO_49 = "20-49", _("20 to 49 people")
    TO_249 = "50-249", _("50 to 249 people")
    FROM_250 = "250+", _("250 people or more")
    UNKNOWN = "unknown", _("I do not know yet")


class Premises(TextChoices):
    OFFICE = "office", _("Offices")
    ACTIVITY = "activity", _("Activity unit, workshop")
    WAREHOUSE = "warehouse", _("Warehouse, logistics")
    RETAIL = "retail", _("Shop, retail")
    LAND = "land", _("Land")
    LABORATORY = "laboratory", _("Laboratory")
    COWORKING = "coworking", _("Shared office")
    NONE_NEEDED = "none_needed", _("No premises to look for")
    UNKNOWN = "unknown", _("I do not know yet")


class Origin(TextChoices):
    NEW_FIRM = "new_firm", _("The firm is new")
    TERRITORY = "territory", _("From the territory")
    REGION = "region", _("From elsewhere in Île-de-France")
    FRANCE = "france", _("From elsewhere in France")
    ABROAD = "abroad", _("From abroad")
    UNKNOWN = "unknown", _("I do not know yet")


class WiderPlace(TextChoices):
    """Places wider than a commune; a commune is named by its INSEE code."""

    SEVERAL_94 = "several_94", _("Several communes of Val-de-Marne")
    SEVERAL_91 = "several_91", _("Several communes of Essonne")
    BOTH_DEPARTMENTS = "both_departments", _("Both departments")
    OUTSIDE = "outside", _("Elsewhere, outside the 24 communes")
    UNKNOWN = "unknown", _("I do not know yet")


class NoPartner(TextChoices):
    """Value without attached premises; with premises, the value is the slug of the partner in charge."""

    NONE = NO_PROPERTY, _("no premises attached")


class FactRows(Enum):
    """Tables whose rows are values of a fact, beside the fact's own list."""

    COMMUNES = "communes"  # by INSEE code
    PARTNERS = "partners"  # by slug


@dataclass(frozen=True, kw_only=True)
class Question:
    """Question of the public form about a fact.

    `hints` explain some values; `told_as` labels the answer in the review, by default the fact's label.
    """

    step: FormStep
    label: "_StrPromise | str"
    help: "_StrPromise | str" = ""
    hints: Mapping[str, "_StrPromise | str"] = field(default_factory=dict)
    told_as: "_StrPromise | str" = ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Fact readable by routing; every enquiry has exactly one value of each fact.

    - `key`: name everywhere, in rules, decisions, files, forms, addresses and as the enquiry's column.
    - `label`: name in the wording of a rule, before the labels of its values.
    - `values` and `rows`: the closed list, from own values and from today's rows.
    - `unsaid`: value of an unanswered fact.
    - `question`: question of the form; without a question the fact is derived, and has no column.
    - `guide`: label on "who does what", empty when not asked there.
    - `exported`: include in the desk's exports.
    - `longest`: width of the column, in characters.
    """

    key: str
    label: "_StrPromise | str"
    values: type[TextChoices]
    rows: FactRows | None = None
    unsaid: str = UNKNOWN
    question: Question | None = None
    guide: "_StrPromise | str" = ""
    exported: bool = False
    longest: int = 20

    def closed_list(self, *, communes: Iterable[str], partners: Iterable[str]) -> frozenset[str]:
        """Return all values, with these communes (INSEE codes) and partners (slugs)."""
        rows = {FactRows.COMMUNES: communes, FactRows.PARTNERS: partners}
        return frozenset([*self.values.values, *(rows[self.rows] if self.rows else ())])


PROJECT = Fact(
    key="project",
    label=_("Project"),
    values=Project,
    question=Question(step="project", label=_("What do you want to do?"), told_as=_("Your project")),
    guide=_("Your need"),
    exported=True,
)
ACTIVITY = Fact(
    key="activity",
    label=_("Activity"),
    values=Activity,
    question=Question(
        step="project", label=_("What is your activity?"), help=_("It decides which partner answers you.")
    ),
    guide=_("Your activity"),
    exported=True,
    longest=24,
)
PLACE = Fact(
    key="place",
    label=pgettext_lazy("noun", "Place"),
    values=WiderPlace,
    rows=FactRows.COMMUNES,
    question=Question(step="place", label=_("Where do you want to settle?")),
    guide=_("Commune"),
    exported=True,
)
HEADCOUNT = Fact(
    key="headcount",
    label=_("People planned"),
    values=Headcount,
    question=Question(
        step="firm", label=_("How many people will work there?"), help=_("On this site, once you are settled.")
    ),
    longest=8,
)
PREMISES = Fact(
    key="premises",
    label=_("Premises"),
    values=Premises,
    question=Question(
        step="place",
        label=_("What premises do you need?"),
        help=_("One choice, the main one. You will tell the rest to the person who answers you."),
        hints={
            Premises.ACTIVITY.value: _("to make, repair, store a little"),
            Premises.WAREHOUSE.value: _("to store and ship"),
            Premises.RETAIL.value: _("to receive the public"),
            Premises.LAND.value: _("to build"),
            Premises.COWORKING.value: _("by the desk"),
        },
    ),
    exported=True,
    longest=12,
)
ORIGIN = Fact(
    key="origin",
    label=_("Origin of the firm"),
    values=Origin,
    question=Question(step="firm", label=_("Where does your firm come from?"), told_as=_("Your firm")),
    guide=_("Your firm comes from"),
    longest=10,
)
PROPERTY_PARTNER = Fact(
    key="property_partner",
    label=_("Partner in charge of the attached premises"),
    values=NoPartner,
    rows=FactRows.PARTNERS,
    unsaid=NO_PROPERTY,
)

FACTS: dict[str, Fact] = {
    fact.key: fact for fact in (PROJECT, ACTIVITY, PLACE, HEADCOUNT, PREMISES, ORIGIN, PROPERTY_PARTNER)
}


def asked(step: FormStep | None = None) -> list[tuple[Fact, Question]]:
    """Return the facts asked by the public form, or by one step, with their questions."""
    return [
        (fact, fact.question)
        for fact in FACTS.values()
        if fact.question is not None and step in (None, fact.question.step)
    ]


def held() -> list[Fact]:
    """Return the facts with a column in the enquiry: those asked by the form."""
    return [fact for fact in FACTS.values() if fact.question is not None]


def completed(facts: Mapping[str, str]) -> dict[str, str]:
    """Fill in unanswered facts, and facts newer than the stored decision."""
    return {key: fact.unsaid for key, fact in FACTS.items()} | dict(facts)
