"""In-memory evaluation of a model's check constraints, with SQL's three-valued logic and without a query. Pure.

Django's own `CheckConstraint.validate` queries the database for each constraint of each row.
"""

import operator
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.db.models import CheckConstraint, F, Model, Q

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, choices: value in choices,
    "written_in": lambda texts, language: bool(texts[language]),
}


def broken(instance: Model) -> Iterator[CheckConstraint]:
    """Yield the check constraints an instance violates, in the model's order."""
    for constraint, check in _asked(type(instance)):
        if check(instance) is False:
            yield constraint


# True, False, or None for SQL's NULL; a check constraint passes on NULL.
Question = Callable[[Model], bool | None]


@cache
def _asked(model: type[Model]) -> list[tuple[CheckConstraint, Question]]:
    checks = [constraint for constraint in model._meta.constraints if isinstance(constraint, CheckConstraint)]
    return [(constraint, truth_of(constraint.condition)) for constraint in checks]


def truth_of(condition: Any) -> Question:
    """Compile a condition into a predicate on instances: True, False, or None for SQL's NULL."""
    if not isinstance(condition, Q):
        return _comparison(*condition)
    questions = [truth_of(child) for child in condition.children]
    decisive, negated = condition.connector == Q.OR, condition.negated

    def ask(instance: Model) -> bool | None:
        unknown = False
        for question in questions:
            answer = question(instance)
            if answer is decisive:
                return decisive is not negated
            unknown = unknown or answer is None
        return None if unknown else decisive is negated

    return ask


def _comparison(lookup: str, wanted: Any) -> Question:
    name, _, operation = lookup.partition("__")
    read = operator.attrgetter(name)
    if operation == "isnull":
        return lambda instance: (read(instance) is None) is wanted
    compare = _COMPARE[operation or "exact"]
    other = operator.attrgetter(str(wanted.deconstruct()[1][0])) if isinstance(wanted, F) else lambda _instance: wanted

    def ask(instance: Model) -> bool | None:
        value, against = read(instance), other(instance)
        return None if value is None or against is None else compare(value, against)

    return ask
