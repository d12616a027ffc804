"""Spelling suggestions for unknown words of an empty search.

Suggestions are offered, never applied: the result stays the literal query's, so that a facet count equals its list.
"""

import re
from dataclasses import replace
from functools import cache
from itertools import chain, islice, product

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override
from elasticsearch.dsl.query import MatchAll, Term

from properties.choices import Condition, Deal, Feature, Kind, Lease
from properties.models import Property
from search.analysis.text import query_words
from search.criteria import Criteria
from search.elastic.querying.asking import Asker, Order, keys_of
from search.elastic.querying.conditions import conditions, matching
from search.vocabulary import Vocabulary

# Suggestions shown, variants tried, candidates per unknown word.
_SHOWN, _TRIED, _CLOSE = 3, 9, 3
# Maximum edit distance; the first letter is fixed, and shorter words are left alone.
_EDITS = 2
_SHORTEST = 4
_PUNCTUATION = '.,;:!?()«»“”"…'
# Separators of words, to split `Le Kremlin-Bicêtre` and `l’atelier`.
_BETWEEN = re.compile(r"([\s'’‘–—-]+)")

_LABELS: tuple[type[TextChoices], ...] = (Kind, Deal, Lease, Condition, Feature)


def suggestions(ask: Asker, criteria: Criteria, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return alternative texts with results under the other criteria, nearest first."""
    typed = _BETWEEN.split(criteria.q)
    close = _close(ask, [word for text in typed for word in query_words(text)], vocabulary)
    if not close:
        return ()
    tried = ["".join(texts) for texts in islice(product(*(_instead(text, close) for text in typed)), 1, _TRIED)]
    searches = [conditions(replace(criteria, q=text), vocabulary) for text in tried]
    answers = ask.all_of([ask.count_only(matching(search)) for search in searches])
    finding = [text for text, answer in zip(tried, answers, strict=True) if answer["hits"]["total"]["value"]]
    return tuple(finding[:_SHOWN])


def _close(ask: Asker, words: list[str], vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return spelling candidates, as people write them, for each word missing from the index.

    Names and numbers are left alone.
    """
    search = ask.count_only(MatchAll())
    for word in words:
        if word.isalpha() and len(word) >= _SHORTEST:
            near = {"field": "words", "suggest_mode": "missing", "max_edits": _EDITS, "size": _CLOSE}
            search = search.suggest(word, word, term=near | {"min_word_length": _SHORTEST, "prefix_length": 1})
    (answer,) = ask.all_of([search])
    candidates = {
        word: [option["text"] for option in suggestion["options"]]
        for word, (suggestion, *_others) in answer.get("suggest", {}).items()
        if suggestion["options"]
    }
    if not candidates:
        return {}
    written = _written(ask, [word for close in candidates.values() for word in close], vocabulary)
    return {word: [written[other] for other in close if other in written] for word, close in candidates.items()}


def _instead(text: str, close: dict[str, list[str]]) -> list[str]:
    """Return the typed word followed by its candidates."""
    words = query_words(text)
    return [text, *(close.get(words[0], []) if len(words) == 1 else [])]


def _written(ask: Asker, words: list[str], vocabulary: Vocabulary) -> dict[str, str]:
    """Map stems to a written form, found in a matching property, a label or a place name."""
    first: Order = [{"key": {"order": "asc"}}]
    holders = ask.all_of([ask.hits(Term(words=word), first, first=0, size=1) for word in words])
    keys = {key for answer in holders for key in keys_of(answer)}
    texts = Property.objects.filter(pk__in=keys).values_list("title", "description")
    written_forms: dict[str, str] = {}
    shown = (text for texts_of in texts for field in texts_of for text in field.shown().values())
    for text in chain(shown, vocabulary.communes.values(), _labels()):
        for written in _BETWEEN.split(text):
            if len(read := query_words(written)) == 1:
                written_forms.setdefault(read[0], written.strip(_PUNCTUATION).lower())
    return written_forms


@cache
def _labels() -> tuple[str, ...]:
    """Return every searchable label in every site language."""
    labels = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            labels += [str(choice.label) for choices in _LABELS for choice in choices]
    return tuple(labels)
