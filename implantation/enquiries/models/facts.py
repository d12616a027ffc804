"""How an enquiry holds the facts that routing reads: a column each, built from the registry."""

from django.db import models

from implantation.routing.facts import UNKNOWN, Fact, held


class HeldFacts(models.Model):
    """A column for each fact of the registry that the form asks; `makemigrations` finds a new one."""

    class Meta:
        abstract = True

    @property
    def facts(self) -> dict[str, str]:
        """The value of each fact held here."""
        return {fact.key: getattr(self, fact.key) for fact in held()}

    def hold(self, facts: dict[str, str]) -> None:
        """Take the values of these facts, those held here; nothing is saved."""
        for fact in held():
            if fact.key in facts:
                setattr(self, fact.key, facts[fact.key])


def _column(fact: Fact) -> "models.CharField[str, str]":
    # Rows come and go: their codes are checked when they are written, and are no choices of the column.
    choices = None if fact.rows else fact.values.choices
    return models.CharField(fact.label, max_length=fact.longest, choices=choices, default=UNKNOWN)


def known_values() -> list[models.CheckConstraint]:
    """A constraint for each held fact whose values are a closed list."""
    return [closed_list(fact.key, fact.values.values) for fact in held() if not fact.rows]


def closed_list(column: str, values: list[str]) -> models.CheckConstraint:
    """A constraint: the column of an enquiry has one of these values."""
    return models.CheckConstraint(name=f"enquiry_{column}_known", condition=models.Q(**{f"{column}__in": values}))


for _fact in held():
    HeldFacts.add_to_class(_fact.key, _column(_fact))
