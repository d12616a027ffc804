"""Building blocks of the record: three-valued columns, amounts, and constraints bound to a field."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.by_language import required_text
from properties.choices import Deal, Stated

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Field of each check constraint, beside which a form or a report shows the message.
FIELD_OF: dict[str, str] = {}
CONTRADICTION = _("This number and the yes or no of the same equipment contradict each other: change one of the two.")


def stated(label: "StrOrPromise") -> "models.CharField[str, str]":
    """Build a three-valued column: yes, no or not stated."""
    return models.CharField(label, max_length=7, choices=Stated.choices, default=Stated.UNKNOWN)


def amount(label: "StrOrPromise", digits: int = 9) -> "models.DecimalField[Decimal | None, Decimal | None]":
    """Build a column for a quantity of zero or more; None is "not stated"."""
    return models.DecimalField(
        label,
        max_digits=digits,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )


def count(label: "StrOrPromise") -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """Build a column for a number of things; 0 is none, None is "not stated"."""
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def check(name: str, field: str, condition: models.Q, message: "StrOrPromise") -> models.CheckConstraint:
    """Build a check constraint with its message, and register its field in `FIELD_OF`."""
    FIELD_OF[name] = field
    return models.CheckConstraint(name=name, condition=condition, violation_error_message=message)


def spoken(name: str, field: str) -> models.CheckConstraint:
    """A text in the default language of the site."""
    FIELD_OF[name] = field
    return required_text(field, name)


def not_negative(model: str, fields: Iterable[str]) -> list[models.CheckConstraint]:
    return [
        check(
            f"{model}_{field}_not_negative",
            field,
            models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__gte": 0}),
            _("This cannot be negative."),
        )
        for field in fields
    ]


def only_for(field: str, deals: tuple[Deal, ...]) -> models.CheckConstraint:
    """Build the constraint limiting an amount to some deals."""
    return check(
        f"property_{field}_fits_deal",
        field,
        models.Q(**{f"{field}__isnull": True}) | models.Q(deal__in=[deal.value for deal in deals]),
        _("This deal does not carry that kind of money."),
    )


def at_most_total(field: str) -> models.CheckConstraint:
    """Build the constraint of a part no larger than the total surface."""
    return check(
        f"property_{field}_within_total",
        field,
        models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__lte": models.F("surface")}),
        _("A part cannot be larger than the total surface."),
    )


def agrees(feature: str, measure: str) -> models.CheckConstraint:
    """Build the constraint keeping a feature and its measure consistent: above 0 requires yes, 0 excludes yes."""
    yes = models.Q(**{feature: Stated.YES.value})
    return check(
        f"property_{measure}_agrees",
        measure,
        models.Q(**{f"{measure}__isnull": True})
        | (models.Q(**{f"{measure}__gt": 0}) & yes)
        | (models.Q(**{measure: 0}) & ~yes),
        CONTRADICTION,
    )
