"""The value of a text by language: an immutable mapping of language codes to texts."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override


def language_codes() -> list[str]:
    """The codes of the site's languages, in the order of the setting."""
    return [code for code, _name in settings.LANGUAGES]


def language_choices() -> list[tuple[str, Any]]:
    """The choices of a field that holds the code of a language: a function, so that no migration lists them."""
    return list(settings.LANGUAGES)


def language_name(code: str, *, in_sentence: bool = False) -> str:
    """The name of a language in the active one; the code of a language that the site does not have."""
    name = str(dict(settings.LANGUAGES).get(code, code))
    # Of the languages that Django speaks, English and German write it with a capital anywhere.
    return name if not in_sentence or (get_language() or "")[:2] in ("en", "de") else name.lower()


def fallback_order(language: str | None = None) -> list[str]:
    """The site's languages in the order in which a text is looked for: `language` or the active one, then the others.

    A variant (`fr-ca`) that the site does not have stands for its base language.
    """
    codes = language_codes()
    wanted = language or get_language() or settings.LANGUAGE_CODE
    if wanted not in codes:
        wanted = wanted.partition("-")[0]
    if wanted not in codes:
        wanted = settings.LANGUAGE_CODE
    return sorted(codes, key=lambda code: code != wanted)


def in_every_language(message: Any) -> dict[str, str]:
    """A translated message (`gettext_lazy`) by language."""
    texts = {}
    for code in language_codes():
        with override(code):
            texts[code] = str(message)
    return texts


class TextByLanguage(Mapping[str, str]):
    """Texts by language code, such as `{"fr": "Atelier", "en": "Workshop"}`; an empty text is none.

    `str()` gives the text of the active language, or else of the first language that has one. Immutable and hashable:
    instances may share it. `text | {"en": ""}` is a copy with that change; `text["en"]` is "" where there is none.
    A language that the site no longer has keeps its text, which nothing shows.
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None, /) -> None:
        sorted_texts = dict(sorted({}.items() if texts is None else texts.items()))
        for code, text in sorted_texts.items():
            if not isinstance(code, str) or not isinstance(text, str):
                raise TypeError(f"a text by language maps codes to texts, not {code!r} to {text!r}")
        self._texts = {code: text for code, text in sorted_texts.items() if text}

    def __getitem__(self, code: str) -> str:
        return self._texts.get(code, "")

    def get(self, code: str, default: Any = "") -> Any:
        return self._texts.get(code, default)

    def __contains__(self, code: object) -> bool:
        return code in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        return self._texts == {code: text for code, text in other.items() if text != ""}

    def __bool__(self) -> bool:
        """Whether the site has a text to show."""
        return bool(self.shown_language())

    def __str__(self) -> str:
        return self[self.shown_language()]

    def __repr__(self) -> str:
        return f"TextByLanguage({self._texts!r})"

    def __or__(self, texts: Mapping[str, str]) -> "TextByLanguage":
        return TextByLanguage({**self._texts, **texts})

    def __copy__(self) -> "TextByLanguage":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "TextByLanguage":
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return TextByLanguage, (self._texts,)

    def shown_language(self, language: str | None = None) -> str:
        """The language of the text shown to a reader of `language` or of the active one; "" without any text."""
        return next((code for code in fallback_order(language) if code in self._texts), "")

    def shown(self) -> dict[str, str]:
        """The texts of the site's languages, in their order."""
        return {code: self._texts[code] for code in language_codes() if code in self._texts}

    def stored(self) -> dict[str, str]:
        """The texts as they are stored, those of a language that was switched off included."""
        return dict(self._texts)
