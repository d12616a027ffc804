"""Phrases: texts and addresses tokenised for comparison. Pure."""

import re
from collections.abc import Iterator

from properties.discretion.lexicon import ARTICLES, BESIDE_STREETS, BUILDING_PARTS, STREET_WORDS
from properties.discretion.spelling import plain
from properties.discretion.streets import bare, has_digit, segments, starts

# Dates within street names: `8 Mai 1945`, `11-Novembre`, `1er mai`.
DATE = re.compile(
    r"\b\d{1,2}(?:er)?[\s-](?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|"
    r"d[ée]cembre)\b(?:[\s-]\d{4}\b)?",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*|[^\sa-z0-9'-]")

Phrase = tuple[str, ...]


def tokens_of(text: str) -> list[str]:
    """Tokenise a text: words without articles, compounds split, street words expanded, punctuation kept."""
    tokens: list[str] = []
    for token in _TOKEN.findall(plain(text)):
        if not token[0].isalnum():
            # `av. de la Gare`
            if not (token == "." and tokens and tokens[-1] != STREET_WORDS.get(tokens[-1], tokens[-1])):
                tokens.append(token)
            continue
        if token in STREET_WORDS:
            tokens.append(token)
            continue
        tokens += [part for part in re.split("['-]", token) if part not in ARTICLES]
    return [STREET_WORDS.get(token, token) for token in tokens]


def phrase_of(text: str) -> Phrase:
    """Return the words named by a text, without articles and punctuation."""
    return tuple(token for token in tokens_of(text) if token[0].isalnum())


def starts_of(phrase: Phrase, tokens: list[str]) -> list[int]:
    """Return the positions of a phrase among tokens."""
    size = len(phrase)
    return (
        [position for position in range(len(tokens) - size + 1) if tuple(tokens[position : position + size]) == phrase]
        if size
        else []
    )


def streets_named(address: str) -> Iterator[str]:
    """Yield every street of an address as written there, without house number but with a date in its name."""
    for words in starts(DATE.sub(lambda date: "-".join(date[0].split()), address)):
        street_words = words[:1]
        for word in words[1:]:
            elsewhere = bare(word) in BESIDE_STREETS and bare(street_words[-1]) not in ARTICLES
            if elsewhere or (has_digit(word) and not DATE.fullmatch(word)):
                break
            street_words.append(word)
        if len(phrase_of(" ".join(street_words))) > 1:
            yield " ".join(street_words)


def places_named(address: str, business_park: str) -> Iterator[str]:
    """Yield the business park and the address's places without a street word: `ZA Les Pins`."""
    yield business_park
    for words in segments(address):
        phrase = phrase_of(named := " ".join(word for word in words if not has_digit(word)))
        inside = phrase[:1] and phrase[0] in BUILDING_PARTS
        if len(phrase) > 1 and not inside and not set(phrase) & set(STREET_WORDS.values()):
            yield named
