"""A check constraint asked in memory answers as the database does, missing values and negations included."""

from types import SimpleNamespace

import pytest
from django.db.models import F, IntegerField, Q, Value
from hypothesis import example, given
from hypothesis import strategies as st

from properties.importing.constraints import truth_of

NAMES = ["low", "high", "kind"]
values = st.none() | st.integers(0, 3)
comparisons = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(["", "__gt", "__gte", "__lt", "__lte"]), st.integers(0, 3)),
    st.tuples(st.sampled_from(NAMES), st.sampled_from(["__gte", "__lt"]), st.sampled_from(NAMES).map(F)),
    st.tuples(st.sampled_from(NAMES), st.just("__in"), st.lists(st.integers(0, 3), min_size=1, max_size=3)),
    st.tuples(st.sampled_from(NAMES), st.just("__isnull"), st.booleans()),
).map(lambda told: Q(**{told[0] + told[1]: told[2]}))
conditions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        inner.map(lambda one: ~one),
        st.tuples(inner, inner).map(lambda two: two[0] & two[1]),
        st.tuples(inner, inner).map(lambda two: two[0] | two[1]),
    ),
    max_leaves=6,
)


@pytest.mark.django_db
@given(conditions, st.fixed_dictionaries(dict.fromkeys(NAMES, values)))
@example(Q(low__gt=1), {"low": None, "high": None, "kind": None})
@example(~Q(low__gt=1), {"low": None, "high": None, "kind": None})
@example(~(Q(low=1) | Q(high=1)), {"low": 0, "high": None, "kind": None})
@example(~(Q(low=1) & Q(high=1)), {"low": 0, "high": 0, "kind": None})
def test_a_condition_refuses_in_memory_what_the_database_refuses(condition, row):
    columns = {name: Value(value, output_field=IntegerField()) for name, value in row.items()}
    assert (truth_of(condition)(SimpleNamespace(**row)) is not False) is condition.check(columns)
