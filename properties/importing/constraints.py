"""The database's check constraints asked of an instance in memory, as SQL would answer, without a query. Pure.

Django's own `CheckConstraint.validate` asks the database for each constraint of each row.
"""

import operator
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import CheckConstraint, F, Model, Q

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, choices: value in choices,
}


def broken(instance: Model) -> Iterator[CheckConstraint]:
    """The check constraints that the database would refuse this instance for, in the model's order."""
    for constraint in instance._meta.constraints:
        if isinstance(constraint, CheckConstraint) and _answer(constraint.condition, instance) is False:
            yield constraint


def _answer(condition: Any, instance: Model) -> bool | None:
    """True, False, or None where SQL says NULL, which a check constraint lets pass."""
    if not isinstance(condition, Q):
        lookup, wanted = condition
        return _compare(lookup, wanted, instance)
    answers = [_answer(child, instance) for child in condition.children]
    decisive = condition.connector == Q.OR
    answer = decisive if decisive in answers else None if None in answers else not decisive
    return answer if answer is None or not condition.negated else not answer


def _compare(lookup: str, wanted: Any, instance: Model) -> bool | None:
    name, _, operation = lookup.partition("__")
    value = getattr(instance, name)
    if operation == "isnull":
        return (value is None) is wanted
    if isinstance(wanted, F):
        wanted = getattr(instance, str(wanted.deconstruct()[1][0]))
    if value is None or wanted is None:
        return None
    return _COMPARE[operation or "exact"](value, wanted)
