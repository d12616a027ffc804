"""One treatment of words for both languages, done in Python."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.text import index_words, query_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("local", "locaux"),
        ("bureau", "bureaux"),
        ("entrepôt", "ENTREPOTS"),
        ("bail commercial", "baux commerciaux"),
        ("travail", "travaux"),
        ("rue", "rues"),
        ("nouvel", "nouvelle"),
        ("équipé", "équipées"),
        ("warehouse", "warehouses"),
        ("factory", "factories"),
        ("industrie", "industries"),
        ("œuvre", "oeuvres"),
        ("l’atelier", "atelier"),
        ("d'activité", "activités"),
        ("L’Haÿ-les-Roses", "hay les roses"),
    ],
)
def test_forms_of_a_word_are_one_word(one, other):
    assert query_words(one) == query_words(other)


@pytest.mark.parametrize(("one", "other"), [("quai", "quartier"), ("loft", "lot"), ("bureau", "bourg"), ("M14", "M7")])
def test_different_words_stay_different(one, other):
    assert query_words(one) != query_words(other)


def test_a_reference_is_found_whole_glued_or_in_parts():
    words = set(index_words("GO-0042"))
    for query in ("GO-0042", "go-0042", "GO0042", "go 0042", "0042"):
        assert set(query_words(query)) <= words
    assert not set(query_words("GO-0043")) <= words


@pytest.mark.parametrize("query", ["", " ", "de la", "the of and", "!?%*", "\0", "«»"])
def test_a_query_may_hold_no_word(query):
    assert query_words(query) == ()


@given(st.text(max_size=300))
def test_words_are_short_plain_and_without_repeats(text):
    for words in (index_words(text), query_words(text)):
        assert len(set(words)) == len(words)
        assert all(word.isascii() and word.isalnum() and 0 < len(word) <= 40 for word in words)


@given(st.text(max_size=80))
def test_a_text_is_found_by_all_of_its_words(text):
    assert set(query_words(text)) <= set(index_words(text))
