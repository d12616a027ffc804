"""What else a search's words may be called. Pure.

A group holds expressions of one meaning, each of one word or several (entrepôt = logistique = stockage; local
d'activité = atelier). Groups do not chain: what a word of one group means in another is not carried over.
"""

from collections.abc import Iterable, Iterator, Mapping

from search.analysis.text import query_words

Words = tuple[str, ...]
# Each is enough; the words of one must all be there.
Alternatives = tuple[Words, ...]
# By the words of an expression: every expression that means the same, itself first.
Synonyms = Mapping[Words, Alternatives]


def synonyms_of(groups: Iterable[Iterable[str]]) -> dict[Words, Alternatives]:
    """Groups of expressions as people write them, made ready to be looked up."""
    found: dict[Words, dict[Words, None]] = {}
    for group in groups:
        expressions = dict.fromkeys(words for text in group if (words := query_words(text)))
        for words in expressions:
            found.setdefault(words, {words: None}).update(expressions)
    return {words: tuple(alternatives) for words, alternatives in found.items()}


def expand(words: Words, synonyms: Synonyms) -> tuple[Alternatives, ...]:
    """What a text must hold: for each part, one of its alternatives.

    Reads the query from its first word; the longest run of words that is an expression is one part.
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
