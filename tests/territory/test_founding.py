"""Reading a file of partners: whatever it holds, it is refused with its keys, or can be written."""

import copy
import tomllib
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territory.founding.document import PARTNER_KEYS, PERSON_KEYS, BadFileError
from territory.founding.reading import read
from territory.founding.services import found
from territory.models import Partner
from territory.services import load_places
from tests.config.partners_file import ONE, OTHER

pytestmark = pytest.mark.django_db

DOCUMENT: dict[str, Any] = tomllib.loads(ONE + OTHER)
# Values that TOML can hold, those that a key may expect among them.
SIMPLE = st.one_of(
    st.text(max_size=200),
    st.sampled_from(
        ["all", "91", "94081", "fr", "la", "l'", "ept", "x" * 151 + "@partners.test", "a\x00b", "é@partners.test"]
    ),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
)
VALUES = st.recursive(SIMPLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
KEYS = st.sampled_from(["administrator", "partners", *PARTNER_KEYS, *PERSON_KEYS]) | st.text(max_size=8)


def tables(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every table of a document, the document first."""
    partners = document["partners"]
    return [
        document,
        document["administrator"],
        *partners,
        *(one[role] for one in partners for role in ("officer", "deputy")),
    ]


@pytest.fixture
def places(db: None) -> None:
    load_places()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 7), KEYS, VALUES), max_size=3))
def test_any_document_is_refused_with_its_keys_or_can_be_written(
    places: None, changes: list[tuple[int, str, Any]]
) -> None:
    document = copy.deepcopy(DOCUMENT)
    given_tables = tables(document)
    for place, key, value in changes:
        given_tables[place][key] = value
    problems: list[str] = []
    with transaction.atomic():
        try:
            found(read(document))
        except BadFileError as error:
            problems = error.problems
        assert all(": " in problem for problem in problems)
        assert Partner.objects.filter(is_coordinator=True).exists() != bool(problems)
        transaction.set_rollback(True)
