"""Conditions in SQL and the rows that satisfy them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

# A condition in SQL and its arguments.
Condition = tuple[str, list[Any]]
NOTHING: Condition = ("1 = 0", [])


class Rows(NamedTuple):
    """Rows of the index: what they are read from, the condition that they satisfy, and its arguments."""

    source: str
    sql: str
    arguments: list[Any]

    @property
    def clause(self) -> str:
        """What comes after the columns of a statement."""
        return f"FROM {self.source} WHERE {self.sql}"


def both(conditions: Iterable[Condition]) -> Condition:
    """All of these conditions; the true one when there is none."""
    conditions = list(conditions)
    sql = " AND ".join(f"({sql})" for sql, _ in conditions)
    return sql or "1 = 1", [argument for _, arguments in conditions for argument in arguments]


def either(conditions: Iterable[Condition]) -> Condition:
    """One of these conditions; the false one when there is none."""
    conditions = list(conditions)
    sql = " OR ".join(f"({sql})" for sql, _ in conditions)
    return (sql, [argument for _, arguments in conditions for argument in arguments]) if sql else NOTHING
