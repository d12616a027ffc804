"""SQL conditions and row sources."""

from collections.abc import Iterable
from typing import Any, NamedTuple

# A condition in SQL and its arguments.
Condition = tuple[str, list[Any]]
NOTHING: Condition = ("1 = 0", [])


class SelectedRows(NamedTuple):
    """Selected rows of the index: source, condition and arguments."""

    source: str
    sql: str
    arguments: list[Any]

    @property
    def clause(self) -> str:
        """The FROM and WHERE clauses."""
        return f"FROM {self.source} WHERE {self.sql}"


def both(conditions: Iterable[Condition]) -> Condition:
    """AND the conditions; true for none."""
    conditions = list(conditions)
    sql = " AND ".join(f"({sql})" for sql, _ in conditions)
    return sql or "1 = 1", [argument for _, arguments in conditions for argument in arguments]


def either(conditions: Iterable[Condition]) -> Condition:
    """OR the conditions; false for none."""
    conditions = list(conditions)
    sql = " OR ".join(f"({sql})" for sql, _ in conditions)
    return (sql, [argument for _, arguments in conditions for argument in arguments]) if sql else NOTHING
