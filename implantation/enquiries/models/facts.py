"""Columns of an enquiry for the facts of routing, built from the registry."""

from django.db import models

from implantation.routing.facts import UNKNOWN, Fact, held


class HeldFacts(models.Model):
    """Abstract model with a column for each fact asked by the form; `makemigrations` detects a new fact."""

    class Meta:
        abstract = True

    @property
    def facts(self) -> dict[str, str]:
        """Values of all held facts, by key."""
        return {fact.key: getattr(self, fact.key) for fact in held()}

    def hold(self, facts: dict[str, str]) -> None:
        """Set the held facts among `facts`, without saving."""
        for fact in held():
            if fact.key in facts:
                setattr(self, fact.key, facts[fact.key])


def _column(fact: Fact) -> "models.CharField[str, str]":
    # Codes of rows (communes, partners) come and go: checked on writing, not by choices of the column.
    choices = None if fact.rows else fact.values.choices
    return models.CharField(fact.label, max_length=fact.longest, choices=choices, default=UNKNOWN)


def known_values() -> list[models.CheckConstraint]:
    """Return a check constraint for each held fact with a closed list."""
    return [closed_list(fact.key, fact.values.values) for fact in held() if not fact.rows]


def closed_list(column: str, values: list[str]) -> models.CheckConstraint:
    """Return a constraint limiting a column of the enquiry to `values`."""
    return models.CheckConstraint(name=f"enquiry_{column}_known", condition=models.Q(**{f"{column}__in": values}))


for _fact in held():
    HeldFacts.add_to_class(_fact.key, _column(_fact))
