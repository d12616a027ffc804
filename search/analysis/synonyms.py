"""Synonym expansion of a query. Pure.

A group holds expressions of one meaning, each of one or several words (entrepôt = logistique = stockage; local
d'activité = atelier). Groups are not transitive: a word shared by two groups does not join them.
"""

from collections.abc import Iterable, Iterator, Mapping

from search.analysis.text import query_words

Words = tuple[str, ...]
# Alternatives are ORed; the words of one alternative are ANDed.
Alternatives = tuple[Words, ...]
# Maps an expression to all its synonyms, the expression itself first.
Synonyms = Mapping[Words, Alternatives]


def synonyms_of(groups: Iterable[Iterable[str]]) -> dict[Words, Alternatives]:
    """Build the lookup table from groups of expressions as typed by staff."""
    alternatives_by_words: dict[Words, dict[Words, None]] = {}
    for group in groups:
        expressions = dict.fromkeys(words for text in group if (words := query_words(text)))
        for words in expressions:
            alternatives_by_words.setdefault(words, {words: None}).update(expressions)
    return {words: tuple(alternatives) for words, alternatives in alternatives_by_words.items()}


def expand(words: Words, synonyms: Synonyms) -> tuple[Alternatives, ...]:
    """Split a query into parts, each with its alternatives.

    Greedy longest match from the first word: the longest run of words in the table is one part.
    """
    return tuple(_parts(words, synonyms, max(map(len, synonyms), default=1)))


def _parts(words: Words, synonyms: Synonyms, longest: int) -> Iterator[Alternatives]:
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + longest), start, -1):
            if alternatives := synonyms.get(words[start:end]):
                yield alternatives
                break
        else:
            end = start + 1
            yield (words[start:end],)
        start = end
